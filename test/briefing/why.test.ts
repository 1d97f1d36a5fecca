import { describe, expect, it } from 'vitest';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import { answerWhy, type WhyAnswer } from '../../src/briefing/why.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { IdentityDecisions } from '../../src/knowledge/identity.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { StoredDecision } from '../../src/store/settings-types.ts';
import { sampleRecords, sampleSources } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';
import { entityRecord, fakeUuid, knowledgeOf, refByName, similarTo, source } from '../knowledge/records.ts';

const owls = [
  entityRecord({
    source: 'attack-enterprise',
    name: 'Grey Owl',
    number: 301,
    externalIds: ['G9301'],
    modified: '2025-01-02',
    aliases: ['Night Bird'],
    claims: [
      { predicate: 'alias', text: 'Soft Wing', relation: 'same-as', citation: 'ESET Soft Wing May 2020' },
      {
        predicate: 'uses',
        target: refByName('HeronDoor', ['malware']),
        quote: 'Grey Owl has used HeronDoor.',
      },
      { predicate: 'targets-sector', text: 'Telecommunications' },
    ],
  }),
  entityRecord({
    source: 'misp-galaxy',
    collection: 'threat-actor',
    name: 'Grey Owl',
    number: 302,
    externalIds: [`misp:${fakeUuid(302)}`],
    aliases: ['Tawny Owl'],
    claims: [
      { predicate: 'alias', text: 'Night Bird', relation: 'same-as', coinedBy: 'SecureWorks' },
      { predicate: 'attributed-to', country: 'IR', text: 'Iran', confidence: 50 },
      { predicate: 'alias', text: 'Owlet', relation: 'part-of' },
    ],
  }),
  entityRecord({
    source: 'misp-galaxy',
    collection: 'threat-actor',
    name: 'Red Heron',
    number: 303,
    externalIds: [`misp:${fakeUuid(303)}`],
    aliases: ['Tawny Owl'],
    claims: [similarTo(301), { predicate: 'attributed-to', country: 'KP', text: 'North Korea' }],
  }),
  entityRecord({ source: 'secret', name: 'Grey Owl', aliases: ['Hidden Feather'] }),
];
const sources = [...sampleSources, source('secret', 'red')];

function why(
  text: string,
  options: {
    readonly ceiling?: Tlp;
    readonly identity?: IdentityDecisions;
    readonly history?: readonly StoredDecision[];
  } = {},
): Promise<WhyAnswer> {
  const { ceiling = 'green', identity, history } = options;
  const knowledge = knowledgeOf([...sampleRecords, ...owls], {
    sources,
    ...(identity === undefined ? {} : { identity }),
  }).at(ceiling);
  return answerWhy(text, {
    knowledge,
    index: createIndex(searchEntities(knowledge)),
    ceiling,
    indicators: { indicators: async () => [], indicatorsOf: async () => ({ total: 0, indicators: [] }) },
    now: new Date('2026-01-20T03:00:00Z'),
    ...(history === undefined ? {} : { decisionHistory: async () => history }),
  });
}

describe('why an actor', () => {
  it('tells its records, the rule that joined each, and what was refused', async () => {
    const { card, outcome, why: report } = await why('Grey Owl');

    expect(outcome).toBe('answer');
    expect(sectionTexts(card, 'records')).toEqual([
      'attack-enterprise: Grey Owl (G9301), 2025-01-02, TLP:CLEAR — the record that lends the name',
      `misp-galaxy, threat-actor: Grey Owl (misp:${fakeUuid(302)}), TLP:CLEAR — joined by equal main names: both are named Grey Owl`,
    ]);
    expect(readCard(card)).toMatch(/Red Heron — .*different countries \(IR; KP\)/);
    expect(report?.records[1]?.joinedBy).toMatchObject([{ rule: 'equal-name' }]);
    expect(report?.refusals[0]).toMatchObject({ rule: 'similar' });
  });

  it('bears the strictest marking of the records that it lists, also where none of their claims is cited', async () => {
    expect((await why('Grey Owl', { ceiling: 'red' })).card.marking).toBe('red');
    expect((await why('Grey Owl')).card.marking).toBe('clear');
  });

  it.each([
    { marking: 'amber', reason: undefined, expected: 'amber' },
    { marking: undefined, reason: 'Seen in case 42.', expected: 'green' },
    { marking: undefined, reason: undefined, expected: 'clear' },
  ] as const)(
    'bears the marking of a decision that it tells: $expected',
    async ({ marking, reason, expected }) => {
      const group = {
        members: ['G9301', 'Red Heron'],
        ...(marking === undefined ? {} : { marking }),
        ...(reason === undefined ? {} : { reason }),
      };

      const { card } = await why('G9301', { ceiling: 'amber', identity: { same: [group], different: [] } });

      expect(card.marking).toBe(expected);
    },
  );

  it('tells how to part its records', async () => {
    expect(sectionTexts((await why('G9301')).card, 'how-to').join()).toContain(
      `different: [[G9301, misp:${fakeUuid(302)}]]`,
    );
  });
});

describe('why a name', () => {
  it.each(['Grey Owl Night Bird', 'is night bird Grey Owl', 'G9301 "Night Bird"', 'Night Bird'])(
    'tells every claim behind "%s": source, date, marking, sense, who coined it, and the way of its record',
    async (text) => {
      const { card, why: report } = await why(text);

      expect(card.title).toBe('Why Grey Owl: Night Bird');
      expect(sectionTexts(card, 'claims')).toEqual([
        '“Night Bird”, same as — attack-enterprise, in attack-enterprise: Grey Owl (G9301), 2025-01-02, TLP:CLEAR, no confidence given; the record that lends the name',
        `“Night Bird”, same as, coined by SecureWorks — misp-galaxy, in misp-galaxy, threat-actor: Grey Owl (misp:${fakeUuid(302)}), undated, TLP:CLEAR, no confidence given; joined by equal main names: both are named Grey Owl`,
      ]);
      expect(report?.names[0]).toMatchObject({ relation: 'same-as', coinedBy: ['Secureworks'] });
    },
  );

  it('says to whose report ATT&CK cites it', async () => {
    const text = readCard((await why('Grey Owl Soft Wing')).card);

    expect(text).toContain('cited to ESET');
    expect(text).toContain('citing ESET Soft Wing May 2020');
  });

  it('does not call a part of it another name', async () => {
    expect(sectionTexts((await why('Grey Owl Owlet')).card, 'what').join()).toContain(
      '“Owlet” is part of it, not another name of it',
    );
  });

  it('names others that carry it, and why they are not one', async () => {
    const { card } = await why('Grey Owl Tawny Owl');

    expect(sectionTexts(card, 'carriers').join()).toContain('Red Heron');
  });

  it('offers a choice where the name alone leads to several, with the question for each', async () => {
    const { outcome, card, answers } = await why('Tawny Owl');

    expect(outcome).toBe('ambiguous');
    expect(answers.map(({ name }) => name).toSorted()).toEqual(['Grey Owl', 'Red Heron']);
    expect(allActions(card)).toContainEqual(
      expect.objectContaining({ value: { verb: 'ask', question: 'why G9301' } }),
    );
  });
});

describe('why a fact', () => {
  it.each([
    ['Grey Owl Iran', 'is attributed to Iran — misp-galaxy', 'confidence 50'],
    ['Grey Owl uses HeronDoor', 'uses HeronDoor — attack-enterprise', '“Grey Owl has used HeronDoor.”'],
    ['HeronDoor Grey Owl', 'uses HeronDoor — attack-enterprise', 'TLP:CLEAR'],
    ['G9301 telecom', 'targets Telecommunications — attack-enterprise', '2025-01-02'],
    [
      'does Grey Owl target telecommunications',
      'targets Telecommunications — attack-enterprise',
      '2025-01-02',
    ],
  ])('answers "%s" with its claims', async (text, words, detail) => {
    const [line] = sectionTexts((await why(text)).card, 'facts');

    expect(line).toContain(words);
    expect(line).toContain(detail);
  });

  it('says what is not said, and offers what is', async () => {
    const { card, outcome } = await why('Grey Owl Atlantis');

    expect(outcome).toBe('answer');
    expect(sectionTexts(card, 'what')).toEqual(['No source here says “Atlantis” of Grey Owl.']);
    expect(sectionTexts(card, 'offers')).toEqual(expect.arrayContaining(['Iran', 'Telecommunications']));
  });
});

describe('why not', () => {
  it.each(['not Grey Owl Red Heron', 'Grey Owl Red Heron', 'are Grey Owl and Red Heron not the same'])(
    'tells for "%s" what speaks for and against, and how to join the two',
    async (text) => {
      const { card } = await why(text);

      expect(sectionTexts(card, 'what').join()).toMatch(/are two here: 2 proposals to join them refused/);
      expect(sectionTexts(card, 'shared-names').join()).toContain('Tawny Owl');
      expect(sectionTexts(card, 'relations').join()).toContain('similar to');
      expect(sectionTexts(card, 'not-joined').join()).toContain('different countries');
      expect(sectionTexts(card, 'how-to').join()).toMatch(/same: \[\[.*\]\]/);
    },
  );

  it('tells the decision of an operator', async () => {
    const identity = { same: [], different: [{ members: ['G9301', 'Red Heron'], reason: 'They are not.' }] };

    const text = readCard((await why('Grey Owl Red Heron', { identity })).card);

    expect(text).toContain('two here, by an operator’s decision');
    expect(text).toContain('Kept apart from Red Heron by an operator’s decision. They are not.');
  });
});

describe('why no longer', () => {
  it('tells that an operator took a name from an actor, and leads nowhere from it', async () => {
    const identity = { same: [], different: [{ members: ['G9301', 'Soft Wing'], reason: 'Another team.' }] };

    const asked = await why('Grey Owl Soft Wing', { identity });

    expect(sectionTexts(asked.card, 'what').join()).toContain(
      'an operator says that “Soft Wing” is no name of it',
    );
    expect(sectionTexts(asked.card, 'decisions')).toEqual([
      'No longer called “Soft Wing”, by an operator’s decision. Another team.',
    ]);
    expect((await why('Soft Wing', { identity })).outcome).not.toBe('answer');
  });
});

describe('former decisions', () => {
  const history: readonly StoredDecision[] = [
    {
      kind: 'same',
      members: ['G9301', 'Red Heron'],
      reason: 'Once we thought so.',
      seenAt: Date.UTC(2026, 0, 2),
      goneAt: Date.UTC(2026, 0, 9),
    },
    { kind: 'same', members: ['G9301', 'Unheard Of'], seenAt: 0, goneAt: 1 },
    { kind: 'same', members: ['G9301', 'Red Heron'], marking: 'red', seenAt: 0, goneAt: 1 },
    { kind: 'same', members: ['APT900', 'APT901'], seenAt: 0, goneAt: 1 },
  ];

  it('are told to those who may know, with when they were in force', async () => {
    expect(sectionTexts((await why('Grey Owl', { history })).card, 'decisions')).toEqual([
      'Taken back: G9301, Red Heron were one from 2026-01-02 to 2026-01-09. Once we thought so.',
    ]);
  });

  it('keep their reason from those outside', async () => {
    const { card } = await why('Grey Owl', { history, ceiling: 'clear' });

    expect(readCard(card)).toContain('Taken back');
    expect(readCard(card)).not.toContain('Once we thought so');
  });
});

describe('what the ceiling hides', () => {
  it('is counted and in no way told, however it is asked for', async () => {
    const asked = await why('Grey Owl Hidden Feather');
    const other = await why('Grey Owl Atlantis Feather');

    expect(asked.withheld).toEqual(other.withheld);
    expect(asked.withheld.count).toBeGreaterThan(0);
    expect(JSON.stringify(asked)).not.toContain('secret');
    expect(readCard(asked.card).replaceAll('Hidden', 'Atlantis')).toBe(readCard(other.card));
    expect(readCard((await why('Grey Owl Hidden Feather', { ceiling: 'red' })).card)).toContain('secret');
  });
});

describe('odd questions', () => {
  it.each(['', '???', 'xyzzy', 'x '.repeat(5_000), '__proto__ constructor', '<@U1> ` *', '. . . .'])(
    'answers %j without failing',
    async (text) => {
      const { outcome, card } = await why(text);

      expect(['not-found', 'suggest', 'answer', 'ambiguous']).toContain(outcome);
      expect(card.sections.length).toBeGreaterThan(0);
    },
  );

  it('says what can be asked when it knows no name of the question', async () => {
    const { card, outcome } = await why('xyzzy plugh');

    expect(outcome).toBe('not-found');
    expect(sectionTexts(card, 'examples').length).toBeGreaterThan(2);
  });
});
