import { z } from 'zod';
import type { Tlp } from '../../domain/tlp.ts';
import type { Clock } from '../../support/clock.ts';

/** Who reads a Teams conversation, as far as a marking's ceiling is concerned. */
export interface Audience {
  /** CLEAR when anyone in it is external or it cannot be told; else `internal`'s ceiling. */
  ceilingFor(conversation: ConversationFacts, roster: RosterReader): Promise<Tlp>;
}

export interface ConversationFacts {
  readonly id: string;
  readonly tenantId: string | undefined;
  /** `channelData.channel.type`: "shared" and "private" channels are external for us. */
  readonly channelType: string | undefined;
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

/**
 * Checks the whole roster: a member of another tenant, of a role other than `user`, or with `#EXT#` in the
 * principal name makes the conversation external, and so does anything that cannot be read.
 */
export function createAudience(internalCeiling: Tlp, clock: Clock): Audience {
  const known = new Map<string, { readonly ceiling: Tlp; readonly until: number }>();
  return {
    async ceilingFor(conversation, roster) {
      const now = clock.now().getTime();
      const cached = known.get(conversation.id);
      if (cached !== undefined && cached.until > now) return cached.ceiling;
      const ceiling = (await isInternal(conversation, roster)) ? internalCeiling : 'clear';
      if (known.size >= maxCached) known.clear();
      known.set(conversation.id, { ceiling, until: now + cacheMs });
      return ceiling;
    },
  };
}

async function isInternal(conversation: ConversationFacts, roster: RosterReader): Promise<boolean> {
  try {
    return await isInternalRoster(conversation, roster);
  } catch {
    return false;
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
