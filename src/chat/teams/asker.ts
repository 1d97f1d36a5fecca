import { z } from 'zod';
import type { Clock } from '../../support/clock.ts';
import type { Asker } from '../types.ts';

/** Reads one member of the conversation's roster; rejects when Teams does not tell. */
export type MemberReader = () => Promise<unknown>;

/** What Teams says of those who ask. */
export interface Askers {
  /** Never rejects: what cannot be told is left out. */
  of(
    conversation: { readonly id: string; readonly tenantId: string | undefined },
    personId: string,
    read: MemberReader,
  ): Promise<Pick<Asker, 'role'>>;
}

const memberSchema = z.looseObject({
  id: z.string(),
  tenantId: z.string().min(1),
  userRole: z.string().min(1),
  userPrincipalName: z.string().nullish(),
});

const lifeMs = 5 * 60_000;
/** An outage ends soon, and does not cause a storm of questions. */
const unknownLifeMs = 15_000;
const maxKept = 5_000;

/**
 * Looks people up in the roster, and remembers them for minutes. A roster names no administrators, so that the most
 * one can be is a member.
 */
export function createAskers(clock: Clock): Askers {
  const known = new Map<string, { readonly role: Asker['role']; readonly until: number }>();
  return {
    async of({ id, tenantId }, personId, read) {
      const key = `${id} ${personId}`;
      const now = clock.now().getTime();
      const kept = known.get(key);
      if (kept !== undefined && kept.until > now) return withRole(kept.role);
      const role = await roleOf(tenantId, personId, read);
      if (known.size >= maxKept) known.clear();
      known.set(key, { role, until: now + (role === undefined ? unknownLifeMs : lifeMs) });
      return withRole(role);
    },
  };
}

function withRole(role: Asker['role']): Pick<Asker, 'role'> {
  return role === undefined ? {} : { role };
}

async function roleOf(
  tenantId: string | undefined,
  personId: string,
  read: MemberReader,
): Promise<Asker['role']> {
  if (tenantId === undefined) return undefined;
  try {
    const member = memberSchema.safeParse(await read()).data;
    if (member === undefined || member.id !== personId) return undefined;
    const isOwn =
      member.tenantId.toLowerCase() === tenantId.toLowerCase() &&
      member.userRole === 'user' &&
      !(member.userPrincipalName ?? '').toUpperCase().includes('#EXT#');
    return isOwn ? 'member' : 'guest';
  } catch {
    return undefined;
  }
}
