import * as fc from 'fast-check';
import type { Action, Badge, Card, Rank, Section, SourceNote, Span, Text } from '../../src/cards/card.ts';
import { tlpLevels } from '../../src/domain/tlp.ts';

/** What a feed may carry to make a platform do something: mentions, links, images, tags, control and bidi characters. */
export const hostileStrings: readonly string[] = [
  '<!channel>',
  '<!here|x>',
  '<@U1>',
  '<#C1|general>',
  '<!subteam^S1>',
  '<https://evil.example|click>',
  '[x](https://evil.example)',
  '![i](https://evil.example/i.png)',
  '[x]: https://evil.example',
  '<b>bold</b><img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '*a* _b_ ~c~ `d` ```e```',
  '\n- one\n1. two\n# three\n> four',
  '&lt;!channel&gt; &amp; &#91;',
  '\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\u202egnp.exe\u202c\u2066x\u2069',
  'a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg',
  '\u0000\u0007\b\r\u009b31m',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦🏴‍☠️😀'.repeat(20),
  '\ud800 lone \udfff',
  'javascript:alert(1)',
  'https://evil.example/path?q=1',
  'http://user:pass@evil.example/',
  ':smile: @here #general',
  '{{DATE(2025-01-01T00:00:00Z,SHORT)}} ${x}',
  '\\[x\\](https://evil.example)',
  '   ',
  '',
];

export const hostileString: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileStrings) },
  { weight: 4, arbitrary: fc.lorem({ maxCount: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 100, max: 9_000 }).map((length) => 'word_* '.repeat(length / 7)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 3_000 }).map((length) => '😀'.repeat(length)) },
);

const url: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://evil.example/a)b](c|d>e"f',
    'http://[::1]/',
    'data:text/html,x',
    'https://u:p@evil.example/',
    `https://long.example/${'a'.repeat(2_500)}`,
    `https://fits.example/${'a'.repeat(1_900)}`,
  ),
);

const span: fc.Arbitrary<Span> = fc.record(
  {
    text: hostileString,
    style: fc.constantFrom('bold', 'italic', 'code'),
    link: url,
    cites: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
    defang: fc.boolean(),
  },
  { requiredKeys: ['text'] },
);

const text: fc.Arbitrary<Text> = fc.array(span, { maxLength: 4 });
const rank: fc.Arbitrary<Rank> = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

const value = fc.record(
  {
    verb: fc.constantFrom('brief', 'more', 'share', 'sources', 'ask'),
    entity: fc.uuid().map((uuid) => `intrusion-set--${uuid}`),
    question: hostileString,
    section: fc.constantFrom('techniques', 'a|b%c', 'aliases'),
    page: fc.integer({ min: 0, max: 99 }),
  },
  { requiredKeys: ['verb'] },
);

export const actionValue = value;

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record(
    {
      type: fc.constant('command' as const),
      label: hostileString,
      value,
      style: fc.constantFrom('primary' as const, 'danger' as const),
    },
    { requiredKeys: ['type', 'label', 'value'] },
  ),
  fc.record({ type: fc.constant('link' as const), label: hostileString, url }),
);

const badge: fc.Arbitrary<Badge> = fc.record({
  text: hostileString,
  tone: fc.constantFrom('neutral', 'good', 'warning', 'attention'),
});

const source: fc.Arbitrary<Omit<SourceNote, 'number'>> = fc.record(
  {
    title: hostileString,
    url,
    date: fc.constantFrom('2025', '2025-04', '2025-04-16', '2025-04-16T10:00:00Z', '<!channel>'),
    marking: fc.constantFrom(...tlpLevels),
    confidence: fc.option(fc.integer({ min: 0, max: 100 })),
  },
  { requiredKeys: ['title', 'marking', 'confidence'] },
);

/** The words that mark the parts of a section, so that a test can find them in any payload. */
export function marker(section: number, part: number): string {
  return `Z${section}Q${part}Z`;
}

/** A section's id in letters, with a plural s, so that what is left out of it is counted by that word. */
export function sectionId(index: number): string {
  return `part${String.fromCharCode(97 + (index % 26), 97 + (Math.floor(index / 26) % 26))}s`;
}

function sectionAt(index: number): fc.Arbitrary<Section> {
  const base = {
    id: fc.constant(sectionId(index)),
    rank,
    heading: fc.constant(`Heading ${sectionId(index)}`),
  };
  const marked = (part: number, rest: Text): Text => [{ text: `${marker(index, part)} ` }, ...rest];
  const markedList = (rest: fc.Arbitrary<readonly Text[]>): fc.Arbitrary<readonly Text[]> =>
    rest.map((texts) => texts.map((words, part) => marked(part, words)));
  const texts = markedList(fc.array(text, { minLength: 1, maxLength: 30, size: 'max' }));
  const few = markedList(fc.array(text, { minLength: 1, maxLength: 4 }));
  return fc.oneof(
    fc.record({ ...base, type: fc.constant('text' as const), paragraphs: few }),
    fc.record({
      ...base,
      type: fc.constant('fields' as const),
      fields: few.chain((values) =>
        fc.tuple(...values.map((words) => hostileString.map((label) => ({ label, value: words })))),
      ),
    }),
    fc.record({
      ...base,
      type: fc.constant('list' as const),
      items: texts.chain((items) =>
        fc.tuple(
          ...items.map((words) =>
            fc.option(action, { nil: undefined, freq: 6 }).map((own) => ({
              text: words,
              ...(own === undefined ? {} : { action: own }),
            })),
          ),
        ),
      ),
    }),
    fc.record({
      ...base,
      type: fc.constant('table' as const),
      columns: fc.array(hostileString, { minLength: 1, maxLength: 6 }),
      rows: texts.chain((cells) =>
        fc.tuple(...cells.map((words) => fc.array(text, { maxLength: 3 }).map((rest) => [words, ...rest]))),
      ),
    }),
    fc.record({
      ...base,
      type: fc.constant('timeline' as const),
      items: texts.map((items) => items.map((words) => ({ date: '2025-04-16', text: words }))),
    }),
  );
}

/** Cards of any size with hostile strings everywhere; every item of every section begins with its `marker`. */
export const anyCard: fc.Arbitrary<Card> = fc
  .integer({ min: 0, max: 14 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => sectionAt(index))))
  .chain((sections) =>
    fc.record(
      {
        title: hostileString,
        subtitle: text,
        marking: fc.constantFrom(...tlpLevels),
        badges: fc.array(badge, { maxLength: 12 }),
        sections: fc.constant(sections),
        sources: fc
          .array(source, { maxLength: 40, size: 'max' })
          .map((notes) => notes.map((note, index) => ({ number: index + 1, ...note }))),
        withheld: fc.record({
          count: fc.integer({ min: 0, max: 2_000 }),
          highest: fc.option(fc.constantFrom(...tlpLevels)),
        }),
        actions: fc.array(action, { maxLength: 30 }),
        asOf: fc.constantFrom('2025-04-16T10:00:00Z', '2025', 'soon <!channel>'),
        fallbackText: hostileString,
      },
      {
        requiredKeys: [
          'title',
          'marking',
          'badges',
          'sections',
          'sources',
          'withheld',
          'actions',
          'asOf',
          'fallbackText',
        ],
      },
    ),
  );
