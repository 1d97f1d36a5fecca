import { countryName, isCountryCode } from '../domain/country.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { changeValue, detailText, firstEntity, idsIn } from './digest-changes.ts';
import { counted } from './text.ts';

/** What statements of one kind are said together. In the order in which they matter. */
export const topics = [
  'state',
  'listed',
  'exploited',
  'attribution',
  'targets',
  'software',
  'technique',
  'alias',
  'other',
  'gone',
  'minor',
] as const;
export type Topic = (typeof topics)[number];

/** One thing that an event says, in a few words. */
export interface Statement {
  /** By which it is remembered: a sign for said or taken back, and a hash. */
  readonly token: string;
  readonly words: string;
  /** What it is about, and the value by which it stands in a list of such. */
  readonly topic: Topic;
  readonly value: string;
  /** `named`, `mentioned`: what a report names; `context`: known before; `minor`: shown last. */
  readonly role: 'main' | 'named' | 'mentioned' | 'context' | 'minor';
  readonly changes: readonly StoredChange[];
  /** What the words name, where that is a thing. */
  readonly entity?: Entity;
}

/** What a claim is about, and its value as it stands in a list of such. */
export function topicOf(
  change: StoredChange,
  knowledge: Knowledge,
): { readonly topic: Topic; readonly value: string } {
  const predicate = detailText(change, 'predicate') ?? '';
  const value = changeValue(change, knowledge);
  switch (predicate) {
    case 'attributed-to': {
      const country = detailText(change, 'country');
      return {
        topic: 'attribution',
        value:
          country !== undefined && isCountryCode(country) ? countryName(country) : bareAttribution(value),
      };
    }
    case 'targets-sector':
    case 'targets-region':
      return { topic: 'targets', value };
    case 'alias':
      return { topic: detailText(change, 'relation') === 'same-as' ? 'alias' : 'other', value };
    case 'uses': {
      const target = firstEntity(idsIn(change.detail['target']), knowledge);
      return { topic: target?.type === 'attack-pattern' ? 'technique' : 'software', value };
    }
    case 'reference':
    case 'description':
    case 'tactic':
    case 'platform':
      return { topic: 'minor', value: predicate };
    default:
      return { topic: 'other', value };
  }
}

function bareAttribution(text: string): string {
  return text.replace(/^attributed to /i, '');
}

/** What is said together, with what it was said by. */
export interface Saying {
  readonly words: string;
  readonly changes: readonly StoredChange[];
}

const shownValues = 3;

/** Statements put together by what they are about: `uses Remexi, +2 more`, `25 techniques`, `also called Chafer`. */
export function sayingsOf(statements: readonly Statement[]): readonly Saying[] {
  const byTopic = Map.groupBy(statements, ({ topic }) => topic);
  return topics.flatMap((topic): readonly Saying[] => {
    const mine = byTopic.get(topic) ?? [];
    const [first] = mine;
    if (first === undefined) return [];
    // By itself a bare word would read as part of what stands before it.
    const isAlone = mine.length === 1 && topic !== 'minor';
    const words = isAlone ? first.words : togetherWords(topic, mine);
    if (words === undefined) return mine.map((one) => ({ words: one.words, changes: one.changes }));
    return [{ words, changes: mine.flatMap(({ changes }) => changes) }];
  });
}

/** Undefined where each is said by itself. */
function togetherWords(topic: Topic, statements: readonly Statement[]): string | undefined {
  const values = [...new Set(statements.map(({ value }) => value))];
  const listed = (): string => listWords(values);
  switch (topic) {
    case 'exploited':
      return `exploited by ${listed()}`;
    case 'attribution':
      return `attributed to ${values.join(' or ')}`;
    case 'targets':
      return `targets ${listed()}`;
    case 'software':
      return `uses ${listed()}`;
    case 'technique':
      return values.length <= 2 ? `uses ${listed()}` : `uses ${counted(values.length, 'more technique')}`;
    case 'alias':
      return `also called ${listed()}`;
    case 'gone':
      return `no longer: ${listed()}`;
    case 'minor':
      return minorWords(statements);
    case 'state':
    case 'listed':
    case 'other':
      return undefined;
    default:
      return assertNever(topic);
  }
}

function listWords(values: readonly string[]): string {
  const more = values.length > shownValues ? [`+${values.length - shownValues} more`] : [];
  return [...values.slice(0, shownValues), ...more].join(', ');
}

function minorWords(statements: readonly Statement[]): string {
  const counts = new Map<string, number>();
  for (const { value } of statements) counts.set(value, (counts.get(value) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => (count === 1 ? word : counted(count, word)));
  return `changed: ${words.join(', ')}`;
}
