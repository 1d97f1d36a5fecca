import { plainWho, type Who } from './permission-rules.ts';

export type ReadWho =
  | { readonly kind: 'who'; readonly who: Who }
  | { readonly kind: 'bad'; readonly problem: string };

const maxIds = 50;
const groupId = /^S[A-Z0-9]{1,30}$/;
const slackPersonId = /^[UW][A-Z0-9]{1,30}$/;
const directoryId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Stands in a list for the one who writes it. */
export const meWord = 'me';

const sameWords: ReadonlyMap<string, Who> = new Map<string, Who>([
  ['everyone', 'anyone'],
  ['everybody', 'anyone'],
  ['all', 'anyone'],
  ['member', 'members'],
  ['admin', 'admins'],
  ['administrators', 'admins'],
  ['no one', 'nobody'],
]);

/**
 * Reads who may do something: `anyone`, `members`, `admins`, `nobody`, `group:S0123,…`, `people:U0123,…`. Ids are
 * Slack's of groups and people, and object ids of Entra; `me` may stand among people. Undefined for a text that is
 * nothing of it.
 */
export function parseWho(text: string): ReadWho | undefined {
  const words = text.trim().toLowerCase();
  const plain = plainWho.find((one) => one === words) ?? sameWords.get(words);
  if (plain !== undefined) return { kind: 'who', who: plain };
  const [, kind, list = ''] =
    /^(groups?|user ?groups?|people|persons?|users?)[\s:=]([\s\S]*)$/.exec(words) ?? [];
  if (kind === undefined) return undefined;
  const ids = list
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => part.replace(/^<?[@!]*(?:subteam\^)?/, '').replace(/\|[^]*|>$/, ''));
  return kind.includes('group') ? readIds('group', ids, groupOf) : readIds('people', ids, personIdOf);
}

function readIds(
  kind: 'group' | 'people',
  ids: readonly string[],
  read: (id: string) => string | undefined,
): ReadWho {
  if (ids.length === 0 || ids.length > maxIds) {
    return { kind: 'bad', problem: `Name 1 to ${maxIds} ids, separated by commas. ${idHelp[kind]}` };
  }
  const known = new Set<string>();
  for (const id of ids) {
    const one = read(id);
    if (one === undefined)
      return { kind: 'bad', problem: `“${id.slice(0, 60)}” is no id. ${idHelp[kind]} Nothing was changed.` };
    known.add(one);
  }
  return { kind: 'who', who: `${kind}:${[...known].join(',')}` };
}

const idHelp = {
  group: 'In Slack a user group’s id begins with S and stands at the end of its address.',
  people:
    'In Slack a person’s id begins with U or W (“Copy member ID” in the profile); in Teams it is the object id of Entra. “me” is you.',
} as const;

function groupOf(id: string): string | undefined {
  const upper = id.toUpperCase();
  return groupId.test(upper) ? upper : undefined;
}

function personIdOf(id: string): string | undefined {
  if (id === meWord || directoryId.test(id)) return id;
  const upper = id.toUpperCase();
  return slackPersonId.test(upper) ? upper : undefined;
}

/** Why a rule can name nobody on a platform; undefined when it can. */
export function whoProblem(who: Who, platform: 'slack' | 'teams' | 'playground' | 'cli'): string | undefined {
  const [kind, list = ''] = who.split(':');
  if (platform !== 'slack' && platform !== 'teams') return undefined;
  if (kind === 'group' && platform === 'teams') {
    return 'Teams tells a bot nothing of groups; name people by the object ids of Entra (people:…), or choose members or admins.';
  }
  if (kind !== 'people') return undefined;
  const isOfPlatform = (id: string): boolean => (platform === 'slack' ? slackPersonId : directoryId).test(id);
  const other = list.split(',').find((id) => id !== meWord && !isOfPlatform(id));
  return other === undefined ? undefined : `“${other}” is no id of this platform. ${idHelp.people}`;
}
