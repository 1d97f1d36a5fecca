import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import { composeDigestMessages } from '../../src/briefing/digest-messages.ts';
import type { ComposedDigest, DigestRequest } from '../../src/briefing/digest-types.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { StoredChange, StoredRecord } from '../../src/store/types.ts';
import { changeKinds } from '../../src/store/types.ts';
import { hostileString } from '../helpers/cards.ts';
import { fakeId, ids, sampleRecords, sampleSources, stored } from '../helpers/knowledge.ts';
import { allActions } from '../helpers/reading.ts';
import { problemsOf } from '../helpers/sweep-cards.ts';
import '../helpers/property-runs.ts';

const now = Date.parse('2026-01-20T07:00:00Z');

/** A word that only what is marked so holds. */
function canary(level: Tlp): string {
  return `Canary${level.replace('+', 'Plus')}`;
}

/** A report, an actor and an alias for each marking, each with a word of its own. */
const markedRecords: readonly StoredRecord[] = tlpLevels.flatMap((tlp, at) => [
  stored('gamma', {
    externalId: `marked-report-${at}`,
    title: `${canary(tlp)} report on birds`,
    entity: {
      type: 'report',
      id: fakeId('report', 200 + at),
      name: `${canary(tlp)} report on birds`,
      externalIds: [],
    },
    marking: { tlp },
    claims: [
      { predicate: 'reported-in', subject: { types: ['intrusion-set'], id: ids.actor, create: false } },
      {
        predicate: 'targets-sector',
        text: 'Energy',
        subject: { types: ['intrusion-set'], id: ids.secondActor, create: false },
      },
    ],
  }),
  stored('beta', {
    externalId: `marked-actor-${at}`,
    title: `${canary(tlp)} actor`,
    entity: {
      type: 'intrusion-set',
      id: fakeId('intrusion-set', 200 + at),
      name: `${canary(tlp)} actor`,
      externalIds: [],
    },
    marking: { tlp },
    claims: [{ predicate: 'targets-region', text: 'Germany', country: 'DE' }],
  }),
]);

const base = createKnowledgeBase({
  records: [...sampleRecords, ...markedRecords],
  sources: sampleSources,
  version: 1,
});

const change: fc.Arbitrary<StoredChange> = fc
  .record({
    tlp: fc.constantFrom(...tlpLevels),
    kind: fc.constantFrom(...changeKinds),
    source: fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'nowhere'),
    recordId: fc.constantFrom(ids.actor, ids.secondActor, ids.door, 'event-1', 'secret-1', 'none', ''),
    predicate: fc.constantFrom('uses', 'alias', 'exploits', 'attributed-to', 'description', 'odd'),
    value: hostileString,
    subject: fc.constantFrom<unknown>(
      undefined,
      { types: ['intrusion-set'], id: ids.actor },
      { types: ['intrusion-set'], name: 'APT900' },
      { id: 'nobody' },
      7,
    ),
    target: fc.constantFrom<unknown>(undefined, { id: ids.door }, { id: ids.scripting }, []),
    at: fc.integer({ min: 0, max: 86_400_000 }),
  })
  .map(({ tlp, kind, source, recordId, predicate, value, subject, target, at }) => ({
    id: at,
    at: now - at,
    source,
    recordId,
    kind,
    title: `${canary(tlp)} title`,
    marking: tlp,
    detail: {
      predicate,
      value: `${canary(tlp)} ${value}`,
      ...(subject === undefined ? {} : { subject }),
      ...(target === undefined ? {} : { target }),
    },
  }));

/** A change of a record that is there, with the record's own marking. */
const ownChange: fc.Arbitrary<StoredChange> = fc.constantFrom(...markedRecords).map(({ source, record }) => ({
  id: 0,
  at: now - 1,
  source,
  recordId: record.externalId,
  kind: record.entity?.type === 'report' ? ('report-new' as const) : ('entity-new' as const),
  title: record.title,
  marking: record.marking?.tlp ?? ('clear' as const),
  detail: {},
}));

const filterTexts = [
  '',
  'actor:APT900',
  'sector:telecom',
  '-source:beta',
  'tlp:clear',
  'kind:actor',
] as const;

const request: fc.Arbitrary<DigestRequest> = fc
  .record({
    changes: fc.array(fc.oneof(change, ownChange), { maxLength: 40, size: 'max' }),
    ceiling: fc.constantFrom(...tlpLevels),
    filters: fc.constantFrom(...filterTexts),
    shape: fc.constantFrom('message' as const, 'thread' as const),
    kind: fc.constantFrom('digest' as const, 'watch' as const),
    isOurs: fc.boolean(),
    missed: fc.array(fc.integer({ min: now - 9e8, max: now }), { maxLength: 8 }),
    zone: fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'No/Where'),
  })
  .map(({ filters, isOurs, ceiling, ...rest }) => {
    const parsed = parseDigestFilters(filters);
    if (parsed.kind === 'bad') throw new Error(parsed.problem);
    return {
      ...rest,
      ceiling,
      knowledge: base.at(filters === 'tlp:clear' ? 'clear' : ceiling),
      everything: () => base.at('red'),
      window: { from: now - 86_400_000, to: now },
      filters: parsed.filters,
      interests: isOurs
        ? { sectors: ['energy'], regions: ['europe'], watched: [ids.actor] }
        : { sectors: [], regions: [], watched: [] },
      mutes: [],
      posted: new Map(),
      now: new Date(now),
    };
  });

function mutes({ messages }: ComposedDigest): readonly string[] {
  return messages
    .flatMap(({ card }) =>
      card.sections.flatMap((section) =>
        section.type === 'list' ? section.items.flatMap((item) => item.more ?? []) : [],
      ),
    )
    .flatMap((action) => (action.type === 'command' ? (action.value.question ?? []) : []));
}

describe('a digest of anything', () => {
  it('says nothing above its ceiling, nothing above CLEAR in its push text, and no item twice', () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const digest = composeDigestMessages(wanted);
        const told = JSON.stringify(digest);
        const most = wanted.knowledge.ceiling;
        for (const level of tlpLevels) {
          if (!isAllowed(level, most)) expect(told).not.toMatch(new RegExp(`${canary(level)}\\b`));
          if (level === 'clear') continue;
          for (const { card } of digest.messages)
            expect(card.fallbackText).not.toMatch(new RegExp(`${canary(level)}\\b`));
        }
        for (const { card } of digest.messages) expect(isAllowed(card.marking, wanted.ceiling)).toBe(true);
        expect(new Set(mutes(digest)).size).toBe(mutes(digest).length);
        expect(new Set(digest.items.map(({ key }) => key)).size).toBe(digest.items.length);
        expect(digest.items.every(({ hash }) => hash.length <= 1_000)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('is the same for the same request, and tells nothing again once all of it was told', () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const digest = composeDigestMessages({ ...wanted, whole: true });
        const posted = new Map(digest.items.map(({ key, hash }) => [key, hash]));

        expect(composeDigestMessages({ ...wanted, whole: true, changes: [...wanted.changes] })).toEqual(
          digest,
        );
        expect(composeDigestMessages({ ...wanted, posted }).items).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('fits every platform, and tells what it leaves out', () => {
    fc.assert(
      fc.property(request, (wanted) => {
        for (const { card } of composeDigestMessages(wanted).messages) {
          expect(problemsOf(card)).toEqual([]);
          expect(allActions(card).length).toBeLessThan(25);
        }
      }),
      { numRuns: 12 },
    );
  });
});
