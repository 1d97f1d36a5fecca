import * as fc from 'fast-check';
import { commandTable } from '../../src/chat/commands/index.ts';
import type { Canaries } from '../e2e/leak-fixtures.ts';
import { labelledCompare, notCompare, unseenCompare } from '../questions/labelled-compare.ts';
import { labelledEntities } from '../questions/labelled-entities.ts';
import { labelledLists, notLists } from '../questions/labelled-lists.ts';
import { labelledQuestions } from '../questions/labelled-questions.ts';
import { labelledBreakdowns, labelledSetComparisons, notSets } from '../questions/labelled-sets.ts';
import { labelledTechniques, notTechniques } from '../questions/labelled-techniques.ts';
import { filterTexts } from './targets/filters.ts';
import { edited, hostile, repeated } from './words.ts';

/** Questions as people ask them: every labelled one. */
const asked: readonly string[] = [
  ...labelledQuestions.map(({ text }) => text),
  ...[labelledCompare, unseenCompare, labelledEntities, labelledLists].flat().map(([text]) => text),
  ...[labelledBreakdowns, labelledSetComparisons, labelledTechniques].flat().map(([text]) => text),
  ...notCompare,
  ...notLists,
  ...notSets,
  ...notTechniques,
];

const names = [
  'APT28',
  'Lazarus Group',
  'Chafer',
  'Winnti',
  'Mimikatz',
  'Cobalt Strike',
  'T1566.001',
  'CVE-2017-11882',
  'Harbour Walrus',
  'Walrus Winch',
  '198.51.100.7',
  'hxxps://evil[.]example/a',
  'd41d8cd98f00b204e9800998ecf8427e',
  'G0087',
  'Iran',
  'telecom',
  'Europe',
  'apt 39000',
] as const;
const frames = [
  '{}',
  'who is {}',
  'what malware does {} use',
  'techniques of {} since {}',
  'who uses {}',
  'compare {} and {}',
  'compare {}, {} and {}',
  'actors from {} that target {}',
  'list malware used by {} or {} but not {}',
  'is {} the same as {}',
  'which actors match {} {} {} {}',
  'what is new on {} since {}',
  'who calls {} {}',
  'does {} target {}',
  'how many actors from {} use {}',
  'behind {}',
  '{} vs {}',
  'and its {}?',
] as const;

/** Texts in the grammar of questions, with names, words of closed things, and what is none of them. */
export function questionTexts(canaries: Canaries): fc.Arbitrary<string> {
  const words = canaries.all().map(({ word }) => word);
  const slot = fc.oneof(
    { arbitrary: fc.constantFrom<string>(...names), weight: 5 },
    { arbitrary: fc.constantFrom(...words), weight: 2 },
    { arbitrary: fc.constantFrom(...words).map((word) => word.slice(0, -2)), weight: 1 },
    { arbitrary: hostile(), weight: 2 },
  );
  const framed = fc
    .tuple(fc.constantFrom(...frames), fc.array(slot, { minLength: 4, maxLength: 4 }))
    .map(([frame, slots]) => fill(frame, slots));
  const whole = fc.oneof(
    { arbitrary: fc.constantFrom(...asked), weight: 4 },
    { arbitrary: framed, weight: 5 },
    { arbitrary: filterTexts, weight: 2 },
  );
  return fc.oneof(
    { arbitrary: whole, weight: 3 },
    { arbitrary: edited(whole), weight: 5 },
    {
      arbitrary: fc
        .tuple(whole, fc.constantFrom(' and ', ' but ', ', ', '\n', ' ', '; ', ' or '), whole)
        .map((parts) => parts.join('')),
      weight: 2,
    },
    { arbitrary: fc.tuple(whole, fc.integer({ min: 2, max: 400 })).map(longOf), weight: 1 },
    { arbitrary: repeated(), weight: 1 },
    { arbitrary: hostile(), weight: 1 },
  );
}

const maxChars = 8_500;

function longOf([text, times]: readonly [string, number]): string {
  return Array.from({ length: times }, () => text)
    .join(' ')
    .slice(0, maxChars);
}

function fill(frame: string, slots: readonly string[]): string {
  let next = 0;
  return frame.replaceAll('{}', () => slots[next++] ?? '');
}

const rests = [
  'daily 08:00 sector:telecom',
  'weekdays at 8 in Europe/Berlin actor:APT28',
  'abcdefg234',
  'now',
  'preview 60',
  'tlp amber',
  'zone Europe/Berlin',
  'failed',
  'APT28 --since 2024',
  '12h',
  'APT28 uses Mimikatz',
  'house Mandiant',
  'sectors telecom, energy',
  'add https://a.example/feed',
  'who share members',
  '--here',
  'actor:APT28 source:misp-galaxy',
];

/** What stands behind `/apt`: each command with what may follow it, and questions. */
export function commandTexts(canaries: Canaries): fc.Arbitrary<string> {
  const verbs = commandTable.map(({ name }) => name);
  const examples = commandTable.flatMap(({ examples: all }) => all);
  const usages = commandTable.map(({ usage }) => usage);
  const questions = questionTexts(canaries);
  const commands = fc.oneof(
    { arbitrary: fc.constantFrom(...examples, ...usages), weight: 3 },
    {
      arbitrary: fc
        .tuple(
          fc.constantFrom(...verbs),
          fc.constantFrom(' ', '  ', '\n', ' "', ': '),
          fc.oneof(fc.constantFrom(...rests), filterTexts, questions, hostile()),
          fc.oneof(fc.constant(''), fc.constantFrom(...rests)),
        )
        .map(([verb, gap, rest, more]) => `${verb}${gap}${rest} ${more}`),
      weight: 6,
    },
    { arbitrary: fc.constantFrom(...verbs), weight: 1 },
  );
  return fc.oneof(
    { arbitrary: commands, weight: 5 },
    { arbitrary: edited(commands), weight: 4 },
    { arbitrary: questions, weight: 1 },
  );
}
