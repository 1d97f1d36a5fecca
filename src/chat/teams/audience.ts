import { z } from 'zod';
import type { Tlp } from '../../domain/tlp.ts';
import type { Clock } from '../../support/clock.ts';
import { sleep } from '../../support/sleep.ts';

/** Who reads a Teams conversation, as far as a marking's ceiling is concerned. */
export interface Audience {
  /** CLEAR when anyone in it is external or it cannot be told; else `internal`'s ceiling. */
  ceilingFor(conversation: ConversationFacts, roster: RosterReader): Promise<Tlp>;
  /** Who is in a conversation, or in its team, changed: it is asked anew. */
  forget(conversation: Pick<ConversationFacts, 'id' | 'teamId'>): void;
}

export interface ConversationFacts {
  readonly id: string;
  readonly tenantId: string | undefined;
  /** `channelData.channel.type`: "shared" and "private" channels are external for us. */
  readonly channelType: string | undefined;
  readonly teamId?: string | undefined;
}

export interface RosterPage {
  readonly members: readonly unknown[];
  readonly continuationToken?: string | undefined;
}

/** Reads one page of a conversation's members; rejects when Teams does not tell. */
export type RosterReader = (continuationToken: string | undefined) => Promise<RosterPage>;

const memberSchema = z.looseObject({
  tenantId: z.string().min(1),
  userRole: z.string().min(1),
  userPrincipalName: z.string().nullish(),
});

/** Answers are kept this long: a guest who joins is seen after it at the latest. */
const cacheMs = 5 * 60 * 1000;
const maxCached = 5_000;
const maxPages = 20;
/** A roster that takes longer is not waited for: an answer to a person is worth more than its last facts. */
const maxWaitMs = 3_000;
/** An outage ends soon. */
const unknownCacheMs = 15_000;

/**
 * Checks the whole roster: a member of another tenant, of a role other than `user`, or with `#EXT#` in the
 * principal name makes the conversation external, and so does anything that cannot be read.
 */
export function createAudience(internalCeiling: Tlp, clock: Clock): Audience {
  const known = new Map<string, Kept>();
  const asking = new Map<string, Promise<Tlp>>();

  async function ask(conversation: ConversationFacts, roster: RosterReader, nowMs: number): Promise<Tlp> {
    const { id, teamId } = conversation;
    const isInternal = await tellSoon(conversation, roster);
    const ceiling = isInternal === true ? internalCeiling : 'clear';
    // What changed meanwhile has made the answer old.
    if (asking.has(id)) {
      if (known.size >= maxCached) known.clear();
      const lifeMs = isInternal === undefined ? unknownCacheMs : cacheMs;
      known.set(id, { ceiling, teamId, until: nowMs + lifeMs });
    }
    return ceiling;
  }

  return {
    async ceilingFor(conversation, roster) {
      const { id } = conversation;
      if (id === '') return 'clear';
      const nowMs = clock.now().getTime();
      const cached = known.get(id);
      if (cached !== undefined && cached.until > nowMs) return cached.ceiling;
      // Many may ask at once.
      const underWay = asking.get(id) ?? ask(conversation, roster, nowMs);
      asking.set(id, underWay);
      try {
        return await underWay;
      } finally {
        if (asking.get(id) === underWay) asking.delete(id);
      }
    },
    forget({ id, teamId }) {
      known.delete(id);
      asking.delete(id);
      if (teamId === undefined) return;
      for (const [key, kept] of known) if (kept.teamId === teamId) known.delete(key);
    },
  };
}

interface Kept {
  readonly ceiling: Tlp;
  readonly teamId: string | undefined;
  readonly until: number;
}

/** Undefined where the roster does not tell, or not soon. */
async function tellSoon(conversation: ConversationFacts, roster: RosterReader): Promise<boolean | undefined> {
  const over = new AbortController();
  const told = isInternalRoster(conversation, roster).catch(() => undefined);
  const late = sleep(maxWaitMs, over.signal).then(() => undefined);
  try {
    return await Promise.race([told, late]);
  } finally {
    over.abort();
  }
}

/** The same check without a memory; rejects when the roster does. */
export async function isInternalRoster(
  { tenantId, channelType }: ConversationFacts,
  roster: RosterReader,
): Promise<boolean> {
  if (tenantId === undefined) return false;
  if (channelType !== undefined && channelType !== 'standard') return false;
  let token: string | undefined;
  let seen = 0;
  for (let page = 0; page < maxPages; page += 1) {
    const { members, continuationToken } = await roster(token);
    if (!members.every((member) => isInternalMember(member, tenantId))) return false;
    seen += members.length;
    token = continuationToken;
    if (token === undefined || token === '') return seen > 0;
  }
  return false;
}

function isInternalMember(member: unknown, tenantId: string): boolean {
  const parsed = memberSchema.safeParse(member);
  if (!parsed.success) return false;
  const { tenantId: memberTenant, userRole, userPrincipalName } = parsed.data;
  return (
    memberTenant.toLowerCase() === tenantId.toLowerCase() &&
    userRole === 'user' &&
    !(userPrincipalName ?? '').toUpperCase().includes('#EXT#')
  );
}
