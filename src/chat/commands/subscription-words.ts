import type { DigestShape, EmptyDayRule } from '../../domain/subscription.ts';
import { plainText } from '../../schedule/when/words.ts';

/** What stands behind `subscribe` or `edit`, parted; the schedule and its zone are not read yet. */
export interface SubscriptionWords {
  readonly when: string;
  /** In the style of code search; empty: none. */
  readonly filters: string;
  /** True: `no filters` was said. */
  readonly clearsFilters: boolean;
  readonly shape?: DigestShape;
  readonly emptyDay?: EmptyDayRule;
}

const shapes: ReadonlyMap<string, DigestShape> = new Map([
  ['thread', 'thread'],
  ['threads', 'thread'],
  ['threaded', 'thread'],
  ['message', 'message'],
  ['single', 'message'],
]);
const emptyDays: ReadonlyMap<string, EmptyDayRule> = new Map([
  ['silent', 'silent'],
  ['silently', 'silent'],
  ['quiet', 'silent'],
  ['line', 'line'],
]);

/** Words that name the schedule though a colon follows them. */
/** "sector:energy, finance" is one filter: no blank stays behind the commas of a value. */
function joinLists(text: string): string {
  return text.replace(/(?<![^\s,])[^\s,]+,\s+/g, (word) => (/[:=][^\s,]/.test(word) ? word.trimEnd() : word));
}

const scheduleWords: ReadonlySet<string> = new Set(['cron', 'at', 'tz', 'zone', 'timezone', 'hourly']);

/**
 * Takes filters and choices out of the text wherever they stand; what is left is the schedule. A value in quotation
 * marks stays whole, as does a cron line.
 */
export function splitSubscription(text: string): SubscriptionWords {
  const plain = plainText(text).replace(/\bno filters?\b|\bfilters? none\b/gi, clearing);
  const when: string[] = [];
  const filters: string[] = [];
  let shape: DigestShape | undefined;
  let emptyDay: EmptyDayRule | undefined;
  for (const word of joinLists(plain).match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []) {
    const lower = word.toLowerCase().replace(/,$/, '');
    const chosenShape = shapes.get(lower);
    const chosenEmpty = emptyDays.get(lower);
    if (chosenShape !== undefined) shape = chosenShape;
    else if (chosenEmpty !== undefined) emptyDay = chosenEmpty;
    else if (isFilter(lower)) filters.push(word);
    else if (lower !== clearing) when.push(word);
  }
  return {
    when: when.join(' '),
    filters: filters.join(' '),
    clearsFilters: plain.includes(clearing),
    ...(shape === undefined ? {} : { shape }),
    ...(emptyDay === undefined ? {} : { emptyDay }),
  };
}

/** No one types this. */
const clearing = '\u0001nofilters';

function isFilter(word: string): boolean {
  const key = /^[-!+]?([a-z-]+)[:=]/.exec(word)?.[1];
  return key !== undefined && !scheduleWords.has(key);
}
