import type { EntityType } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseSoftwareKind } from '../questions/condition-software.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { filterExamples } from './digest-filter-keys.ts';
import type { NamingKey } from './digest-names.ts';

export type NamedValue =
  | { readonly kind: 'named'; readonly text: string; readonly note?: string }
  | { readonly kind: 'problem'; readonly problem: string };

const types: Readonly<Record<NamingKey, readonly EntityType[]>> = {
  actor: ['intrusion-set'],
  malware: ['malware', 'tool'],
  technique: ['attack-pattern'],
  uses: ['malware', 'tool', 'attack-pattern', 'vulnerability'],
};

const words: Readonly<Record<NamingKey, string>> = {
  actor: 'actor',
  malware: 'malware or tool',
  technique: 'technique',
  uses: 'malware, tool, technique or vulnerability',
};

/**
 * The value of a filter that names something. With an index it must be known: a misspelling is read as the one thing
 * that it is surely meant to be, and near names are told where nothing is sure.
 */
export function readNamed(key: NamingKey, text: string, index: SearchIndex | undefined): NamedValue {
  const example = ` Example: ${filterExamples[key]}`;
  if (nameKey(text) === '')
    return { kind: 'problem', problem: `“${text.slice(0, 60)}” is no ${words[key]}.${example}` };
  const value = text.slice(0, 200);
  if (index === undefined || ((key === 'malware' || key === 'uses') && parseSoftwareKind(text) !== undefined))
    return { kind: 'named', text: value };
  const wanted = types[key];
  const found = index.lookup(text, wanted);
  const matches = matchesOf(found).filter(({ entity }) => wanted.includes(entity.type));
  if (matches.some((match) => isExact(match, text))) return { kind: 'named', text: value };
  const [first] = matches;
  if (found.kind === 'found' && first !== undefined) {
    const { name } = first.entity;
    return { kind: 'named', text: name, note: `“${text.slice(0, 60)}” is read as ${name}` };
  }
  const names = [...new Set(matches.map(({ entity }) => entity.name))].slice(0, 5);
  const near = names.length === 0 ? '' : ` Near names: ${names.join(', ')}.`;
  return {
    kind: 'problem',
    problem: `“${text.slice(0, 60)}” is no ${words[key]} that is known here.${near}${example}`,
  };
}

function matchesOf(found: ReturnType<SearchIndex['lookup']>): readonly Match[] {
  switch (found.kind) {
    case 'found':
      return [found.match, ...(found.alsoNamed ?? [])];
    case 'ambiguous':
      return found.matches;
    case 'suggest':
      return found.suggestions;
    case 'not-found':
      return [];
    default:
      return assertNever(found);
  }
}

function isExact({ entity, matched }: Match, text: string): boolean {
  const key = nameKey(text);
  return (
    nameKey(matched.name) === key ||
    nameKey(entity.name) === key ||
    entity.aliases.some((alias) => nameKey(alias) === key) ||
    [entity.id, ...entity.externalIds, ...entity.otherIds].some((id) => nameKey(id) === key)
  );
}
