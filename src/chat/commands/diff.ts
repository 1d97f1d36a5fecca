import { parseTime } from '../../briefing/diff-time.ts';
import { assertNever } from '../../support/assert-never.ts';
import { usageCard } from '../message-cards.ts';
import { type Command, defineCommand } from './types.ts';

interface DiffInput {
  /** Empty: everything. */
  readonly name: string;
  readonly since: string;
  readonly until?: string;
}

const defaultSince = '30d';

export const diffCommand: Command = defineCommand<DiffInput>({
  name: 'diff',
  summary: 'What changed about an actor, or at all, since a date: by source and day.',
  usage: 'diff [ACTOR] [since DATE] [until DATE]',
  examples: [
    'diff APT39 since 2025-01-01',
    'diff Lazarus Group since last week',
    'diff APT28 30d',
    'diff since yesterday',
  ],
  // "diff between APT28 and APT29" compares two actors, which is a question.
  parse: (rest) =>
    /^between\b/i.test(rest) ? { kind: 'question' } : { kind: 'ok', input: splitDates(rest) },
  run: async (input, { desk, place, whole }) => {
    const result = await desk.diff({ ...input, ceiling: place.ceiling, whole });
    switch (result.kind) {
      case 'diff':
        return { card: result.card, audience: 'asker' };
      case 'answer':
        return { card: result.answer.card, audience: 'asker', answer: result.answer };
      case 'problem': {
        const { now } = await desk.contextAt(place.ceiling);
        return { card: usageCard(diffCommand, result.problem, now), audience: 'asker' };
      }
      default:
        return assertNever(result);
    }
  },
});

const maxDateWords = 4;

/**
 * Parts `APT39 since last week until yesterday`. The dates are read when the command runs, since they may count from
 * now. Without "since" a date at the end stands for it (`APT39 30d`), else the last 30 days do.
 */
function splitDates(rest: string): DiffInput {
  // Chat programs make one long dash of "--".
  const text = rest
    .replace(/(^|\s)[-\u2010-\u2015\u2212]+(?=(?:since|until)\b)/gi, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const [whole, before = text, end = ''] = /^(.*?)(?:^| )until(?:[ =](.*))?$/is.exec(text) ?? [];
  const until = whole === undefined ? {} : { until: end };
  const since = /^(.*?)(?:^| )since(?:[ =](.*))?$/is.exec(before);
  if (since !== null) return { name: nameIn(since[1] ?? ''), since: since[2] ?? '', ...until };
  const words = before === '' ? [] : before.split(' ');
  for (let count = Math.min(maxDateWords, words.length); count > 0; count -= 1) {
    const date = words.slice(-count).join(' ');
    if (parseTime(date, new Date(0)).kind === 'bad') continue;
    return { name: nameIn(words.slice(0, -count).join(' ')), since: date, ...until };
  }
  return { name: nameIn(before), since: defaultSince, ...until };
}

/** The name without the words that lead to it or from it: `about APT39 in the`. */
function nameIn(text: string): string {
  return text
    .trim()
    .replace(/^(?:about|on|for|of) /i, '')
    .replace(/(?:(?:^| )(?:in|over|during|for|within|the)){1,9}$/i, '');
}
