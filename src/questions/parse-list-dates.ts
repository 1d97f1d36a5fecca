import type { Condition, DatedKind } from './condition.ts';
import { nextDate, previousDate, readDate } from './filter-dates.ts';
import type { Reader } from './parse-list-reader.ts';
import { type ListToken, textOf } from './parse-list-tokens.ts';

const first =
  'first (?:seen|observed|spotted|active|reported|appeared|identified|discovered|known)|newly seen|emerged|emerging|appeared|appearing|started|surfaced|founded|formed|discovered|debuted|new';
const last = 'last (?:seen|active|observed|reported|spotted)';
const seen =
  '(?:active|seen|observed|operating|conducted|run|ran|dated|running|carried out|launched|that took place|took place|activity|ongoing)';
const relations =
  'since|after|from|as of|starting in|starting|beginning in|no earlier than|not before|before|prior to|earlier than|until|till|up to|through|no later than|in|during|within|over|of|between|throughout|on';
const beginning = new RegExp(
  `^(?:(?:(?<first>${first})|(?<last>${last})|(?<seen>${seen}))(?![a-z]))?(?: ?(?:in|by) (?=(?:the )?(?:last|past)))? ?(?:(?<relation>${relations})(?![a-z]))?(?: ?(?:the|early|late|mid|year)(?![a-z]))* ?(?<rest>.*)$`,
);

/** How many words a date and what stands before it may have. */
const maxDateWords = 12;

/** A condition on dates, with the token behind it. */
export interface DatesAt {
  readonly condition: Condition;
  readonly next: number;
}

/**
 * "since 2024", "in the last 2 years", "in 2022", "first seen after 2020", "last seen in 2023", "between 2019 and 2021".
 * Undefined where no date begins here.
 */
export function readDates(reader: Reader, token: ListToken): DatesAt | undefined {
  const { words } = reader;
  const start = token.from;
  const rest = words.slice(start, start + maxDateWords);
  const text = rest.map(({ lower }) => lower).join(' ');
  const groups = beginning.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const behind = groups['rest'] ?? '';
  const at = start + countWords(text) - countWords(behind);
  const which = kindOf(groups);
  const found = spanAt(reader, at, groups['relation'], which);
  if (found === undefined) return undefined;
  const next = reader.tokens.findIndex((one) => one.from >= found.to);
  // A phrase may not reach over the end of the date.
  if (next !== -1 && reader.tokens[next]?.from !== found.to) return undefined;
  if (reader.isNew && which === undefined) reader.isNew = false;
  return { condition: found.condition, next: next === -1 ? reader.tokens.length : next };
}

function countWords(text: string): number {
  return text.split(' ').filter((word) => word !== '').length;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): DatedKind | undefined {
  if (groups['first'] !== undefined) return 'first-seen';
  if (groups['last'] !== undefined) return 'last-seen';
  return groups['seen'] === undefined ? undefined : 'seen';
}

interface Found {
  readonly condition: Condition;
  /** The word behind it. */
  readonly to: number;
}

function spanAt(
  reader: Reader,
  at: number,
  relation: string | undefined,
  asked: DatedKind | undefined,
): Found | undefined {
  const date = dateFrom(reader, at);
  if (date === undefined) return undefined;
  const which = asked ?? (reader.isNew ? 'first-seen' : undefined);
  const dated = (from: string | undefined, to: string | undefined, end = date.to): Found => ({
    condition: {
      kind: 'dated',
      which: which ?? 'seen',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
    to: end,
  });
  const since = (from: string): Found =>
    which === undefined || which === 'seen'
      ? { condition: { kind: 'since', date: from }, to: date.to }
      : dated(from, undefined);
  const value = date.value;
  if (value.startsWith('P')) return relation === 'before' || relation === 'until' ? undefined : since(value);
  const second = secondDate(reader, date.to, relation);
  if (second !== undefined) return second.value < value ? undefined : dated(value, second.value, second.to);
  switch (relation) {
    case undefined:
      return asked !== undefined || isBareYear(reader, at) ? dated(value, value) : undefined;
    case 'in':
    case 'during':
    case 'within':
    case 'over':
    case 'throughout':
    case 'of':
    case 'on':
      return dated(value, value);
    case 'after':
      return since(nextDate(value));
    case 'before':
    case 'prior to':
    case 'earlier than':
      return dated(undefined, previousDate(value));
    case 'until':
    case 'till':
    case 'up to':
    case 'through':
    case 'no later than':
      return dated(undefined, value);
    case 'between':
      return undefined;
    default:
      return since(value);
  }
}

/** "campaigns 2022", "2022 campaigns". */
function isBareYear({ words, things, actors, items, tokens }: Reader, at: number): boolean {
  if (!/^(?:19[789]|20)\d\d$/.test(words[at]?.text ?? '')) return false;
  const isBeforeSubject = tokens.some(
    ({ from, meanings }) => from === at + 1 && meanings.some(({ kind }) => kind === 'subject'),
  );
  return isBeforeSubject || things !== undefined || actors || items.length > 0;
}

/** "between 2019 and 2021", "from 2019 to 2021", "2019-2021". */
function secondDate(
  reader: Reader,
  at: number,
  relation: string | undefined,
): { readonly value: string; readonly to: number } | undefined {
  const word = reader.words[at]?.lower ?? '';
  const isJoint =
    (relation === 'between' && word === 'and') ||
    (relation !== 'between' && /^(?:to|until|till|through)$/.test(word));
  const isDash = /^(?:19[789]|20)\d\d$/.test(word) && relation !== 'between';
  const second = isJoint ? dateFrom(reader, at + 1) : isDash ? dateFrom(reader, at) : undefined;
  return second?.value.startsWith('P') === true ? undefined : second;
}

function dateFrom(
  { words }: Reader,
  at: number,
): { readonly value: string; readonly to: number } | undefined {
  for (let to = Math.min(words.length, at + 4); to > at; to -= 1) {
    const value = readDate(textOf(words, at, to));
    if (value !== undefined) return { value, to };
  }
  return undefined;
}
