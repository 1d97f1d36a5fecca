import type { Person } from '../domain/subscription.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Asker } from './types.ts';

/** What people do that a workspace can keep to some of them, in the order in which it is shown. */
export const deeds = ['look-up', 'share', 'subscribe', 'digest-now', 'settings', 'sources', 'audit'] as const;
export type Deed = (typeof deeds)[number];

/**
 * Who may do something: `anyone` (guests too), full members, admins, nobody, those of user groups (`group:S1,S2`), or
 * people by their ids (`people:U1,U2`). Admins may whatever a group or a list may. It is stored as it is written.
 */
export type Who = 'anyone' | 'members' | 'admins' | 'nobody' | `group:${string}` | `people:${string}`;

export const plainWho = ['anyone', 'members', 'admins', 'nobody'] as const satisfies readonly Who[];

/** What holds where a workspace chose nothing. */
export const defaultWho: Readonly<Record<Deed, Who>> = {
  'look-up': 'anyone',
  share: 'members',
  subscribe: 'members',
  'digest-now': 'members',
  settings: 'admins',
  sources: 'admins',
  audit: 'admins',
};

/** What guests and people of other organisations get: what is CLEAR, or nothing. */
export const guestRules = ['clear', 'refuse'] as const;
export type GuestRule = (typeof guestRules)[number];

/** Those of a rule by name: the ids behind `group:` or `people:`; undefined for a rule of another kind. */
export function namedIn(
  who: Who,
): { readonly kind: 'group' | 'people'; readonly ids: readonly string[] } | undefined {
  const [, kind, list = ''] = /^(group|people):([\s\S]*)$/.exec(who) ?? [];
  if (kind !== 'group' && kind !== 'people') return undefined;
  return { kind, ids: list.split(',') };
}

/** Who someone is, as far as rules are concerned. */
export interface Candidate {
  readonly person: Pick<Person, 'platform' | 'id'>;
  readonly asker?: Asker;
}

/**
 * Whether a rule lets someone; `unknown` where what it asks for could not be told, which lets nobody. Roles are the
 * platform's, with those whom the operator named as admins already counted as such.
 */
export async function isLet(who: Who, candidate: Candidate): Promise<boolean | 'unknown'> {
  const role = candidate.asker?.role;
  if (who === 'nobody') return false;
  if (who === 'anyone' || role === 'admin') return true;
  const named = namedIn(who);
  if (named !== undefined) return isNamed(named, candidate);
  if (role === undefined) return 'unknown';
  return who === 'members' && role === 'member';
}

async function isNamed(
  { kind, ids }: NonNullable<ReturnType<typeof namedIn>>,
  { person, asker }: Candidate,
): Promise<boolean | 'unknown'> {
  switch (kind) {
    case 'people': {
      const own = ownIds(person, asker);
      return ids.some((id) => own.includes(id.toLowerCase()));
    }
    case 'group': {
      let isUnknown = false;
      for (const id of ids) {
        const isMember = await asker?.isInGroup?.(id);
        if (isMember === true) return true;
        isUnknown ||= isMember === undefined;
      }
      return isUnknown ? 'unknown' : false;
    }
    default:
      return assertNever(kind);
  }
}

/** By what someone can be named in a list, in lower case: the id within the workspace, and that of the directory. */
export function ownIds({ platform, id }: Pick<Person, 'platform' | 'id'>, asker?: Asker): readonly string[] {
  const bare = platform === 'slack' ? id.slice(id.indexOf('/') + 1) : id;
  return [bare, asker?.accountId].flatMap((one) =>
    one === undefined || one === '' ? [] : [one.toLowerCase()],
  );
}

/** Those whom a rule lets, for people. */
export function whoText(who: Who): string {
  const named = namedIn(who);
  if (named !== undefined) {
    const [kind, ids] = [named.kind, named.ids.join(', ')];
    if (kind === 'people') return `admins and the people ${ids}`;
    return `admins and the user ${named.ids.length === 1 ? 'group' : 'groups'} ${ids}`;
  }
  return plainTexts.get(who) ?? 'nobody';
}

const plainTexts: ReadonlyMap<string, string> = new Map([
  ['anyone', 'anyone, guests too'],
  ['members', 'full members of this workspace'],
  ['admins', 'admins of this workspace'],
  ['nobody', 'nobody'],
]);

/** What a deed is, behind “may”. */
export const deedTexts: Readonly<Record<Deed, string>> = {
  'look-up': 'look things up here',
  share: 'share answers',
  subscribe: 'subscribe channels',
  'digest-now': 'post digests out of their turn',
  settings: 'change the settings',
  sources: 'add and change sources',
  audit: 'see the audit',
};
