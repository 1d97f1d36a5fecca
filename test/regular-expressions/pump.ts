import { type Part, parsePattern } from './parse.ts';

/** What is pumped into every expression, whatever it is made of. */
const common = [
  'a',
  'A0',
  ' ',
  '\t',
  '\n',
  '.',
  '-',
  '/',
  ':',
  ',',
  '|',
  '*',
  '#',
  '"',
  "'",
  '\\',
  'é',
  'a.',
  'a ',
  '1.',
];

/** What stands at the end: a matcher fails before it, or has to do without a line's or the text's end. */
const ends = ['\u0000!', '\n'];

/** Repeats that may go on for so long are pumped. */
const minPumpedTimes = 6;
const maxUnits = 60;

/** A text of any length on which a matcher that goes back, or begins anew from every place, may take long. */
export interface Pump {
  readonly start: string;
  readonly unit: string;
  readonly end: string;
}

export function pumpedText({ start, unit, end }: Pump, chars: number): string {
  return `${start}${unit.repeat(Math.ceil(chars / unit.length))}`.slice(0, chars - end.length) + end;
}

/**
 * What each repeat of a pattern takes, many times, behind what leads up to it; what leads up to it many times, alone and
 * with it; and what is usual. Each before an end that lets it fail.
 */
export function* pumpsFor(pattern: string, flags: string): Iterable<Pump> {
  const tree = parsePattern(pattern);
  const choose = chooserFor(tree, pattern, flags);
  const pumps = new Map<string, Started>();
  for (const pump of [...pumpsOf(tree, '', choose)].slice(0, maxUnits))
    pumps.set(`${pump.start}\n${pump.unit}`, pump);
  for (const unit of common) pumps.set(`\n${unit}`, { start: '', unit });
  for (const pump of pumps.values()) for (const end of ends) yield { ...pump, end };
}

type Started = Omit<Pump, 'end'>;

/** Which characters a set takes: those that most sets of the pattern take come first. */
type Chooser = (set: string) => readonly string[];

const picks = [0, 1, 2, 3];

function* pumpsOf(part: Part, before: string, choose: Chooser): Iterable<Started> {
  switch (part.kind) {
    case 'nothing':
    case 'set':
      return;
    case 'choice':
      for (const option of part.options) yield* pumpsOf(option, before, choose);
      return;
    case 'look':
      yield* pumpsOf(part.body, before, choose);
      return;
    case 'sequence':
      for (const [index, one] of part.parts.entries()) {
        const led = part.parts.slice(0, index);
        const least = led.map((other) => sample(other, 0, false, choose)).join('');
        yield* pumpsOf(one, before + least, choose);
        const most = led.map((other) => sample(other, 1, true, choose)).join('');
        if (most !== least) yield* pumpsOf(one, before + most, choose);
      }
      return;
    case 'repeat':
      if (part.max >= minPumpedTimes) yield* pumpsAt(part.body, before, choose);
      yield* pumpsOf(part.body, before, choose);
      return;
    default:
      part satisfies never;
  }
}

function* pumpsAt(body: Part, before: string, choose: Chooser): Iterable<Started> {
  const units = new Set(
    picks.flatMap((pick) => [sample(body, pick, false, choose), sample(body, pick, true, choose)]),
  );
  units.delete('');
  for (const unit of units) yield { start: before, unit };
  if (before === '') return;
  yield { start: '', unit: before };
  for (const unit of units) yield { start: '', unit: `${before}${unit}` };
}

const maxTimes = 40;

/** A text that a part takes: the shortest, or one in which what may be missing is there. */
function sample(part: Part, pick: number, full: boolean, choose: Chooser): string {
  switch (part.kind) {
    case 'nothing':
    case 'look':
      return '';
    case 'set': {
      const chars = choose(part.source);
      return chars[pick % Math.max(chars.length, 1)] ?? '';
    }
    case 'choice': {
      const option = part.options[pick % part.options.length];
      return option === undefined ? '' : sample(option, pick, full, choose);
    }
    case 'sequence':
      return part.parts.map((one) => sample(one, pick, full, choose)).join('');
    case 'repeat': {
      const times = Math.min(Math.max(part.min, full ? 1 : 0), maxTimes);
      return sample(part.body, pick, full, choose).repeat(times);
    }
    default:
      return part satisfies never;
  }
}

const usual = [
  'a',
  '0',
  ' ',
  '-',
  '.',
  '\t',
  '\n',
  '_',
  '/',
  ':',
  'A',
  "'",
  '"',
  ',',
  '(',
  '[',
  '<',
  '*',
  '\\',
  '\u200d',
  'é',
];

function chooserFor(tree: Part, pattern: string, flags: string): Chooser {
  const chars = [...new Set([...usual, ...Array.from(pattern)])];
  const taken = new Map<string, readonly string[]>();
  for (const set of setsIn(tree)) taken.set(set, takenBy(set, chars, flags));
  const fans = (char: string): number => [...taken.values()].filter((list) => list.includes(char)).length;
  const counts = new Map(chars.map((char) => [char, fans(char)]));
  const ordered = new Map(
    [...taken].map(([set, list]) => [
      set,
      list.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)),
    ]),
  );
  return (set) => ordered.get(set) ?? [];
}

function takenBy(set: string, chars: readonly string[], flags: string): readonly string[] {
  if (set.length === 1 && set !== '.') return [set];
  const test = new RegExp(`^${set}$`, flags.replaceAll(/[gym]/g, ''));
  return chars.filter((char) => test.test(char));
}

function* setsIn(part: Part): Iterable<string> {
  switch (part.kind) {
    case 'nothing':
      return;
    case 'set':
      yield part.source;
      return;
    case 'sequence':
      for (const one of part.parts) yield* setsIn(one);
      return;
    case 'choice':
      for (const one of part.options) yield* setsIn(one);
      return;
    case 'look':
    case 'repeat':
      yield* setsIn(part.body);
      return;
    default:
      part satisfies never;
  }
}
