import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorCard } from '../../src/briefing/actor-card.ts';
import { answerEntity } from '../../src/briefing/answer.ts';
import { citedNumbers } from '../../src/cards/cited-numbers.ts';
import type { RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import { createMemoryStore, fakeId, fakeSource, sampleKnowledge, stored } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const actor = fakeId('intrusion-set', 1);
const sources = ['one', 'two', 'three'].map((name) => fakeSource(name, `Source ${name}`));

const drawnPredicates = [
  'alias',
  'attributed-to',
  'targets-sector',
  'targets-region',
  'motivation',
  'active-since',
  'last-seen',
  'uses',
  'exploits',
  'description',
  'reference',
  'reported-in',
  'related-to',
  'detail',
] as const;

interface Drawn {
  readonly predicate: (typeof drawnPredicates)[number];
  readonly number: number;
  readonly source: number;
  readonly marking: Tlp;
}

const drawnClaims: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    predicate: fc.constantFrom(...drawnPredicates),
    number: fc.integer({ min: 0, max: 40 }),
    source: fc.integer({ min: 0, max: 2 }),
    marking: fc.constantFrom(...tlpLevels),
  }),
  { maxLength: 30 },
);

/** A word that stands nowhere else: it tells whose claim it comes from. */
function canary({ predicate, number, source, marking }: Drawn): string {
  return `Zq${predicate.replaceAll('-', '')}x${number}x${source}x${tlpLevels.indexOf(marking)}q`;
}

function toClaim(drawn: Drawn): RecordClaim {
  const text = canary(drawn);
  const base = { marking: { tlp: drawn.marking }, quote: text, citation: text };
  const target = { types: ['malware'], name: text, create: true } as const;
  switch (drawn.predicate) {
    case 'alias':
      return {
        ...base,
        predicate: 'alias',
        text,
        relation: drawn.number % 2 === 0 ? 'same-as' : 'overlaps',
        coinedBy: text,
      };
    case 'attributed-to':
      return { ...base, predicate: 'attributed-to', sponsor: text, text };
    case 'uses':
      return { ...base, predicate: 'uses', target };
    case 'exploits':
      return { ...base, predicate: 'exploits', text, negated: drawn.number % 3 === 0 };
    case 'description':
      return { ...base, predicate: 'description', text, section: 'overview' };
    case 'reference':
      return { ...base, predicate: 'reference', url: `https://example.org/${text}`, title: text };
    case 'reported-in':
      return { ...base, predicate: 'reported-in', target: { types: ['report'], name: text, create: true } };
    case 'related-to':
      return {
        ...base,
        predicate: 'related-to',
        relation: 'overlaps',
        target: { ...target, types: ['intrusion-set'] },
      };
    case 'detail':
      return {
        ...base,
        predicate: 'detail',
        label: 'Known for',
        text,
        ...(drawn.number % 2 === 0 ? { on: '2024' } : {}),
      };
    case 'targets-sector':
    case 'targets-region':
    case 'motivation':
    case 'active-since':
    case 'last-seen':
      return { ...base, predicate: drawn.predicate, text };
    default:
      return assertNever(drawn.predicate);
  }
}

function knowledgeOf(drawn: readonly Drawn[], ceiling: Tlp): Knowledge {
  const records = sources.map((source, index) => {
    const record: SourceRecord = {
      externalId: `record-${index}`,
      title: 'APT900',
      entity: { type: 'intrusion-set', id: actor, name: 'APT900', externalIds: [] },
      claims: drawn.filter((one) => one.source === index).map(toClaim),
    };
    return stored(source.name, record);
  });
  return sampleKnowledge(ceiling, { records, sources });
}

function cardOf(drawn: readonly Drawn[], ceiling: Tlp, whole = false): ReturnType<typeof actorCard>['card'] {
  const knowledge = knowledgeOf(drawn, ceiling);
  const entity = knowledge.entity(actor);
  if (entity === undefined) throw new Error('the actor is missing');
  return actorCard(entity, knowledge, now, whole).card;
}

describe('any actor card', () => {
  it('says in its sentence nothing but recorded values and the fixed words', () => {
    const vocabulary =
      /^(?:[\s(),;:.]|also|more|motivation|attributed to|or|active since|target sectors|target regions|and|uses|malware|tools?|techniques?|\d+)*$/;

    fc.assert(
      fc.property(drawnClaims, (drawn) => {
        const [sentence = ''] = sectionTexts(cardOf(drawn, 'red'), 'who');
        const values = ['APT900', ...drawn.map(canary)].toSorted((a, b) => b.length - a.length);
        const rest = values.reduce((text, value) => text.replaceAll(value, ''), sentence);

        expect(rest).toMatch(vocabulary);
      }),
    );
  });

  it('shows and tells programs nothing that is marked above its ceiling', async () => {
    const { store } = createMemoryStore();

    await fc.assert(
      fc.asyncProperty(drawnClaims, fc.constantFrom(...tlpLevels), async (drawn, ceiling) => {
        const knowledge = knowledgeOf(drawn, ceiling);
        const context = { knowledge, index: createIndex([]), indicators: store, now, whole: true };
        const answer = await answerEntity(actor, 'overview', context);
        const all = JSON.stringify(answer);

        for (const one of drawn) {
          if (!isAllowed(one.marking, ceiling)) expect(all).not.toContain(canary(one));
        }
        expect(answer && isAllowed(answer.card.marking, ceiling)).toBe(true);
      }),
    );
  });

  it('leaves out nothing when it is whole', () => {
    fc.assert(
      fc.property(drawnClaims, (drawn) => {
        const text = readCard(cardOf(drawn, 'red', true));

        for (const one of drawn) expect(text).toContain(canary(one));
      }),
    );
  });

  it('has exactly the notes that it cites, none of them above its marking', () => {
    fc.assert(
      fc.property(drawnClaims, fc.constantFrom(...tlpLevels), fc.boolean(), (drawn, ceiling, whole) => {
        const card = cardOf(drawn, ceiling, whole);
        const cited = [...citedNumbers(card.sections, card.subtitle)].toSorted((a, b) => a - b);

        expect(card.sources.map(({ number }) => number)).toEqual(cited);
        expect(card.sources.every(({ marking }) => isAllowed(marking, card.marking))).toBe(true);
      }),
    );
  });

  it('keeps notifications CLEAR', () => {
    fc.assert(
      fc.property(drawnClaims, (drawn) => {
        const { fallbackText } = cardOf(drawn, 'red');

        for (const one of drawn) {
          if (one.marking !== 'clear') expect(fallbackText).not.toContain(canary(one));
        }
      }),
    );
  });
});
