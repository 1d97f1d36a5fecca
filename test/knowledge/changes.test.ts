import { describe, expect, it } from 'vitest';
import type { EntityRef, RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import {
  type DiffOptions,
  diffRecords,
  isFoldedInto,
  type RecordVersion,
} from '../../src/knowledge/changes.ts';
import { claimKey, claimValue } from '../../src/knowledge/claim-key.ts';

const options: DiffOptions = { defaultMarking: 'green', level: 'claims' };
const malware: EntityRef = { types: ['malware'], name: 'Paper Worm', create: true };
const alias: RecordClaim = { predicate: 'alias', text: 'Paper Tiger', relation: 'same-as' };
const overview: RecordClaim = { predicate: 'description', text: 'Old words.', section: 'overview' };

function version(record: Partial<SourceRecord>, more: Partial<RecordVersion> = {}): RecordVersion {
  return {
    record: {
      externalId: 'x',
      title: 'Example',
      entity: { type: 'intrusion-set', name: 'Example', externalIds: ['G9001'] },
      claims: [],
      ...record,
    },
    indicatorCount: 0,
    indicatorsHash: null,
    present: true,
    bundled: false,
    ...more,
  };
}

function relationship(record: Partial<SourceRecord> = {}): RecordVersion {
  const { entity: _entity, ...rest } = version({}).record;
  const subject: EntityRef = { types: ['intrusion-set'], externalId: 'G9001', create: false };
  const record1: SourceRecord = {
    ...rest,
    claims: [{ predicate: 'uses', subject, target: malware }],
    ...record,
  };
  return { ...version({}), record: record1 };
}

function report(record: Partial<SourceRecord> = {}, more: Partial<RecordVersion> = {}): RecordVersion {
  return version({ entity: { type: 'report', name: 'Example', externalIds: [] }, ...record }, more);
}

function lines(
  old: RecordVersion | undefined,
  next: RecordVersion | undefined,
  level = options.level,
): string[] {
  return diffRecords(old, next, { ...options, level }).map(({ kind, detail }) =>
    [kind, detail['predicate'], detail['value']].filter((part) => typeof part === 'string').join(' '),
  );
}

describe('the changes between two versions of a record', () => {
  it.each([
    ['a new entity', undefined, version({ claims: [alias] }), ['entity-new']],
    ['a new report', undefined, report({ claims: [alias] }), ['report-new']],
    ['a new relationship', undefined, relationship(), ['claim-added uses Paper Worm']],
    ['a new entity that is revoked already', undefined, version({ revoked: true }), []],
    ['an entity that is gone', version({}), undefined, ['entity-gone']],
    ['a relationship that is gone', relationship(), undefined, ['claim-withdrawn uses Paper Worm']],
    ['a revoked entity that is gone', version({ revoked: true }), undefined, []],
    ['an alias more', version({}), version({ claims: [alias] }), ['claim-added alias Paper Tiger']],
    ['an alias less', version({ claims: [alias] }), version({}), ['claim-withdrawn alias Paper Tiger']],
    [
      'another date',
      version({ claims: [{ ...alias, date: '2020' }] }),
      version({ claims: [{ ...alias, date: '2021' }], modified: '2022' }),
      [],
    ],
    ['another order', version({ claims: [alias, overview] }), version({ claims: [overview, alias] }), []],
    [
      'an alias of another kind',
      version({ claims: [alias] }),
      version({ claims: [{ ...alias, relation: 'overlaps' }] }),
      ['claim-withdrawn alias Paper Tiger', 'claim-added alias Paper Tiger'],
    ],
    [
      'an attribution to the same country in other words',
      version({ claims: [{ predicate: 'attributed-to', country: 'IR', text: 'possibly Iran' }] }),
      version({ claims: [{ predicate: 'attributed-to', country: 'IR', text: 'Iran' }] }),
      ['claim-added attributed-to Iran'],
    ],
    [
      'an attribution to another country',
      version({ claims: [{ predicate: 'attributed-to', country: 'IR', text: 'Iran' }] }),
      version({ claims: [{ predicate: 'attributed-to', country: 'RU', text: 'Russia' }] }),
      ['claim-withdrawn attributed-to Iran', 'claim-added attributed-to Russia'],
    ],
    [
      'a rewritten description',
      version({ claims: [overview] }),
      version({ claims: [{ ...overview, text: 'New words.' }] }),
      ['claim-added description New words.'],
    ],
    [
      'a description that is gone',
      version({ claims: [overview] }),
      version({}),
      ['claim-withdrawn description Old words.'],
    ],
    [
      'a description that the bundled version could not have',
      version({}, { bundled: true }),
      version({ claims: [overview] }),
      [],
    ],
    [
      'links and longer words that the bundled version leaves out',
      version(
        { claims: [{ predicate: 'attributed-to', country: 'IR', text: 'attributed to Iran' }] },
        { bundled: true },
      ),
      version({
        claims: [
          { predicate: 'attributed-to', country: 'IR', text: 'a ministry of Iran' },
          { predicate: 'reference', url: 'https://alpha.example/1' },
        ],
      }),
      [],
    ],
    [
      'details that the bundled version leaves out',
      version({ claims: [{ predicate: 'detail', label: 'Listed', text: '2030-01-01' }] }, { bundled: true }),
      version({
        claims: [
          { predicate: 'detail', label: 'Listed', text: '2030-01-01' },
          { predicate: 'detail', label: 'To do', text: 'Something' },
        ],
      }),
      [],
    ],
    ['a revoked entity', version({ claims: [alias] }), version({ revoked: true }), ['revoked']],
    [
      'an entity that stays revoked',
      version({ revoked: true }),
      version({ revoked: true, claims: [alias] }),
      [],
    ],
    [
      'a revoked relationship',
      relationship(),
      relationship({ revoked: true }),
      ['claim-withdrawn uses Paper Worm'],
    ],
    [
      'an entity that is back',
      version({ claims: [alias] }, { present: false }),
      version({}),
      ['entity-back', 'claim-withdrawn alias Paper Tiger'],
    ],
    [
      'a relationship that is back',
      { ...relationship(), present: false },
      relationship(),
      ['claim-added uses Paper Worm'],
    ],
    ['a report with another claim', report(), report({ claims: [alias] }), ['report-changed']],
    ['a report with other tags only', report({ tags: ['a'] }), report({ tags: ['b'] }), []],
    ['nothing', undefined, undefined, []],
  ] as const)('for %s', (_title, old, next, expected) => {
    expect(lines(old, next)).toEqual(expected);
  });

  it('tell a new name as names', () => {
    const renamed = version({
      entity: { type: 'intrusion-set', name: 'Renamed', externalIds: [] },
      title: 'Renamed',
    });

    expect(lines(version({}), renamed)).toEqual(['claim-withdrawn name Example', 'claim-added name Renamed']);
  });

  it('are those of entities alone for a first import', () => {
    expect(lines(undefined, relationship(), 'entities')).toEqual([]);
    expect(lines(undefined, version({ claims: [alias] }), 'entities')).toEqual(['entity-new']);
  });

  it('say into what an entity was revoked', () => {
    const into: EntityRef = { types: ['intrusion-set'], externalId: 'G9002', create: false };

    const [change] = diffRecords(version({}), version({ revoked: true, revokedBy: into }), options);

    expect(change?.detail).toMatchObject({ reason: 'revoked', into });
  });

  it('say what a report had and has', () => {
    const old = report({}, { indicatorCount: 3, indicatorsHash: 'a' });
    const next = report({ title: 'New title', claims: [alias] }, { indicatorCount: 5, indicatorsHash: 'b' });

    const [change] = diffRecords(old, next, options);

    expect(change?.detail).toMatchObject({
      formerTitle: 'Example',
      formerIndicators: 3,
      indicators: 5,
      added: [{ predicate: 'alias', value: 'Paper Tiger' }],
      withdrawn: [],
    });
  });

  it('name the entity, the subject and the target', () => {
    const [entity] = diffRecords(undefined, version({}), options);
    const [claim] = diffRecords(undefined, relationship(), options);

    expect(entity?.detail).toEqual({
      entity: { type: 'intrusion-set', name: 'Example', externalIds: ['G9001'] },
    });
    expect(claim?.detail).toMatchObject({ subject: { externalId: 'G9001' }, target: malware });
  });

  it('carry the stricter of the markings, and the default where there is none', () => {
    const red = { ...alias, marking: { tlp: 'red' } } as const;
    const markings = (next: RecordVersion): string[] =>
      diffRecords(version({}), next, options).map(({ marking }) => marking);

    expect(markings(version({ claims: [alias] }))).toEqual(['green']);
    expect(markings(version({ claims: [red] }))).toEqual(['red']);
    expect(markings(version({ claims: [alias], marking: { tlp: 'clear' } }))).toEqual(['clear']);
    expect(
      markings(version({ claims: [{ ...alias, marking: { tlp: 'clear' } }], marking: { tlp: 'amber' } })),
    ).toEqual(['amber']);
  });

  it('cut a long text and say how long it was', () => {
    const long: RecordClaim = { ...overview, text: 'a'.repeat(1000) };

    const [change] = diffRecords(version({}), version({ claims: [long] }), options);

    expect(String(change?.detail['value'])).toHaveLength(300);
    expect(change?.detail['chars']).toBe(1000);
  });
});

describe('a relationship', () => {
  it('is covered by a new entity that it is about, not by one that it points to', () => {
    expect(isFoldedInto(relationship().record, new Set(['G9001']))).toBe(true);
    expect(isFoldedInto(relationship().record, new Set(['Paper Worm']))).toBe(false);
    expect(isFoldedInto(version({}).record, new Set(['G9001']))).toBe(false);
  });
});

describe('the key of a claim', () => {
  it('leaves out when, where and how surely it was said', () => {
    const sure: RecordClaim = {
      ...alias,
      date: '2020',
      reference: 'https://example.org',
      confidence: 90,
      quote: 'x',
    };

    expect(claimKey(sure)).toBe(claimKey(alias));
  });

  it('tells a negation from a statement', () => {
    const stated: RecordClaim = { predicate: 'exploits', text: 'vulnerabilities' };

    expect(claimKey({ ...stated, negated: true })).not.toBe(claimKey(stated));
    expect(claimKey({ ...stated, negated: false })).toBe(claimKey(stated));
  });

  it('goes by the id of a target before its name', () => {
    const named: RecordClaim = { predicate: 'uses', target: { ...malware, externalId: 'S9001' } };

    expect(claimKey({ ...named, target: { ...malware, externalId: 'S9001', name: 'Renamed' } })).toBe(
      claimKey(named),
    );
    expect(claimValue(named)).toBe('Paper Worm');
  });

  it('make no news of a software’s relationships over what came with the product', () => {
    const ofActor = relationship();
    const subject: EntityRef = { types: ['malware'], externalId: 'S9001', create: false };
    const ofSoftware = relationship({ claims: [{ predicate: 'uses', subject, target: malware }] });
    const overBundle = { ...options, overBundle: true };

    expect(diffRecords(undefined, ofActor, overBundle)).toHaveLength(1);
    expect(diffRecords(undefined, ofSoftware, overBundle)).toEqual([]);
    expect(diffRecords(undefined, ofSoftware, options)).toHaveLength(1);
  });
});
