import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../src/briefing/digest.ts';
import { claimWords } from '../../src/briefing/digest-changes.ts';
import { parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import type { Card } from '../../src/cards/card.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { StoredChange } from '../../src/store/types.ts';
import { createChanges } from '../helpers/changes.ts';
import { fakeId, ids, sampleKnowledge } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const dayMs = 86_400_000;
const { change, claim } = createChanges(now);

const reportNew = change({ kind: 'report-new', source: 'gamma', recordId: 'event-1', marking: 'green' });
const secretNew = change({ kind: 'report-new', source: 'delta', recordId: 'secret-1', marking: 'amber' });
const secondNew = change({ kind: 'entity-new', source: 'alpha', recordId: ids.secondActor });
const doorNew = change({ kind: 'entity-new', source: 'alpha', recordId: ids.door });

function digest(changes: readonly StoredChange[], filters = '', ceiling: Tlp = 'green', whole = false): Card {
  const parsed = parseDigestFilters(filters);
  if (parsed.kind === 'bad') throw new Error(parsed.problem);
  return composeDigest({
    changes,
    knowledge: sampleKnowledge(ceiling),
    ceiling,
    window: { from: now.getTime() - 7 * dayMs, to: now.getTime() },
    filters: parsed.filters,
    now,
    whole,
  });
}

describe('composeDigest', () => {
  it('says that nothing happened in an empty window', () => {
    const card = digest([]);

    expect(sectionTexts(card, 'nothing')).toEqual(['Nothing changed since 2026-01-13.']);
  });

  it('says what brings news where nothing was imported that may be told, and offers no More of nothing', () => {
    const labels = (card: Card): readonly string[] => card.actions?.map(({ label }) => label) ?? [];

    expect(sectionTexts(digest([]), 'news').join()).toContain('threatbrief ingest');
    expect(digest([secretNew]).sections).toEqual(digest([]).sections);
    expect(labels(digest([]))).toEqual(['30 Days', 'Sources']);
    expect(labels(digest([reportNew], 'country:china'))).toEqual(['Without Filters', '30 Days', 'Sources']);
  });

  it('names a report with its actors, its marking and its source', () => {
    const card = digest([reportNew]);

    expect(sectionTexts(card, 'reports')).toEqual(['Herons on the wire — APT900 (TLP:GREEN)']);
    expect(card.sources.map(({ title }) => title)).toEqual(['Gamma notes 1.0: Herons on the wire']);
    expect(card.marking).toBe('green');
  });

  it('calls what a change points to by its name, and never by an id', () => {
    const pointing = (id: string): StoredChange => ({
      ...claim('alpha', 'uses', id),
      detail: { predicate: 'uses', value: id, subject: { id: ids.actor }, target: { id } },
    });
    const lines = sectionTexts(
      digest([pointing(ids.attachment), pointing(fakeId('malware', 99)), claim('alpha', 'reference', 'x')]),
      'profiles',
    );

    expect(lines).toEqual([
      'APT900: uses Letter with a Trap (T9021.001); uses something that is not known here; a reference (TLP:CLEAR)',
    ]);
  });

  it.each([
    ['attributed to Iran', 'attributed to Iran'],
    ['Iranian', 'attributed to Iran'],
    ['GRU, Military unit 26165', 'attributed to GRU, Military unit 26165'],
    [
      'conducted by the Iranian Ministry of Plums',
      'attribution “conducted by the Iranian Ministry of Plums”',
    ],
    ['Chinese state-sponsored', 'attribution “Chinese state-sponsored”'],
  ])('says of an attribution worded %j that it is %j', (value, words) => {
    expect(claimWords['attributed-to']?.(value)).toBe(words);
  });

  it('makes one item of what several sources say of one actor', () => {
    const card = digest([
      claim('alpha', 'uses', 'HeronDoor'),
      claim('beta', 'uses', 'HeronDoor'),
      claim('beta', 'alias', 'Grey Heron'),
    ]);

    expect(sectionTexts(card, 'profiles')).toEqual([
      'APT900: uses HeronDoor; alias “Grey Heron” (TLP:CLEAR)',
    ]);
    expect(card.sources.map(({ title }) => title)).toEqual(['Alpha Framework 1.0', 'Beta galaxy 1.0']);
  });

  it('says what is no longer stated', () => {
    const withdrawn = { ...claim('alpha', 'uses', 'HeronDoor'), kind: 'claim-withdrawn' } as const;

    expect(sectionTexts(digest([withdrawn]), 'profiles').join()).toContain('no longer: uses HeronDoor');
  });

  it('tells new actors with their country, and only counts the rest', () => {
    const card = digest([secondNew, doorNew]);

    expect(sectionTexts(card, 'actors')).toEqual(['APT901 — North Korea (TLP:CLEAR)']);
    expect(sectionTexts(card, 'rest')).toEqual(['Also new or changed: 1 malware.']);
  });

  it('stays short when much happens, and says how much more there is', () => {
    const many = Array.from({ length: 40 }, (_, index) => claim('alpha', 'alias', `Name ${index}`));

    expect(sectionTexts(digest(many), 'profiles')).toEqual([
      'APT900: alias “Name 0”; alias “Name 1”; alias “Name 2”; alias “Name 3”; +36 more (TLP:CLEAR)',
    ]);
  });

  it('withholds and counts what the ceiling does not allow', () => {
    const card = digest([reportNew, secretNew, secretNew]);

    expect(readCard(card)).not.toContain('Quiet herons');
    expect(card.withheld).toEqual({ count: 1, highest: 'amber' });
    expect(readCard(digest([reportNew, secretNew], '', 'amber'))).toContain('Quiet herons');
  });

  it.each([
    ['actor:"velvet heron"', ['Herons on the wire']],
    ['actor:G9001 sector:telecoms', ['Herons on the wire']],
    ['country:iran', ['Herons on the wire']],
    ['malware:HeronDoor', ['Herons on the wire']],
    ['technique:T9022', ['Herons on the wire']],
    ['region:germany', ['Herons on the wire']],
    ['country:russia', []],
    ['country:iran country:russia', ['Herons on the wire']],
    ['country:iran sector:energy', []],
    ['-country:iran', []],
    ['-country:russia', ['Herons on the wire']],
    ['source:gamma', ['Herons on the wire']],
    ['-source:gamma', []],
    ['kind:report', ['Herons on the wire']],
    ['kind:profile', []],
  ])('takes %s for a filter on reports', (filters, titles) => {
    const card = digest([reportNew], filters);

    expect(sectionTexts(card, 'reports').map((text) => text.split(' — ')[0])).toEqual(titles);
  });

  it('says why an item matched', () => {
    expect(sectionTexts(digest([reportNew], 'country:iran sector:telecom'), 'reports')).toEqual([
      'Herons on the wire — APT900 (TLP:GREEN; matches country Iran, sector telecom)',
    ]);
  });

  it('names the filters and repeats them in its buttons', () => {
    const card = digest([reportNew], 'country:iran');

    expect(card.subtitle?.[0]?.text).toBe('7 days since 2026-01-13 · country:Iran');
    expect(card.actions.map((action) => action.type === 'command' && action.value.question)).toContain(
      'digest 7 country:Iran',
    );
  });

  it('tells a new source with the number of its records that the place may see', () => {
    const source = change({
      kind: 'source-new',
      source: 'beta',
      recordId: '',
      title: 'Beta galaxy',
      detail: { records: 1_041 },
    });

    expect(sectionTexts(digest([source]), 'sources')).toEqual(['Beta galaxy — 1 record, TLP:CLEAR']);
    expect(sectionTexts(digest([source], 'country:iran'), 'sources')).toEqual([]);
  });

  it('takes malformed details as nothing known', () => {
    const odd = change({
      kind: 'claim-added',
      source: 'alpha',
      recordId: 'gone',
      detail: { subject: 7, value: [] },
    });

    expect(sectionTexts(digest([odd]), 'rest')).toEqual(['Also new or changed: 1 other change.']);
  });
});
