import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../src/briefing/types.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { SourceInfo } from '../../src/domain/source.ts';
import { readDocument } from '../../src/ingest/read-document.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { createMemoryStore, stored } from '../helpers/knowledge.ts';
import { sectionTexts } from '../helpers/reading.ts';

describeWithCorpus('the card of APT39 from an event report and a profile', () => {
  let answer: Answer;

  beforeAll(async () => {
    const sources = new Map<string, SourceInfo>();
    const records: StoredRecord[] = [];
    for (const name of readdirSync(corpusPath('seeds'))) {
      const path = corpusPath('seeds', name);
      let source = '';
      for (const item of readDocument({ place: path, path, maxBytes: 1_000_000 })) {
        if (item.kind === 'source') sources.set((source = item.source.name), item.source);
        if (item.kind === 'record') records.push(stored(source, item.record));
      }
    }
    const withState = [...sources.values()].map((source) => ({ ...source, recordCount: 1, importedAt: 0 }));
    const { store } = createMemoryStore({ records, sources: withState, indicators: [] });
    const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
    answer = await createDesk({ store, clock, log: silentLog }).ask('who is APT39', 'green');
  });

  it('names both publishers', () => {
    const titles = answer.card.sources.map(({ title }) => title).join('\n');

    expect(titles).toMatch(/FireEye/);
    expect(titles).toMatch(/Mandiant/);
  });

  it('does not state as identity that activities largely align', () => {
    const chafer = answer.facts.filter(
      ({ predicate, object }) => predicate === 'alias' && object.name === 'Chafer',
    );

    expect(chafer.map(({ object }) => object['relation'])).toEqual(['overlaps']);
    expect(sectionTexts(answer.card, 'who').join()).not.toContain('Chafer');
  });

  it('shows both of the two statements on exploiting vulnerabilities', () => {
    const text = sectionTexts(answer.card, 'disagreements').join('\n');

    expect(text).toMatch(
      /exploited vulnerable web servers.*\(Mandiant\) — but .*not observed.*\(Mandiant\)/s,
    );
  });

  it('shows tlp:white as TLP:CLEAR and the profile at the default of its folder', () => {
    const marked = new Map(answer.card.sources.map(({ title, marking }) => [title.split(' — ')[0], marking]));

    expect(marked.get('FireEye')).toBe('clear');
    expect(marked.get('Mandiant')).toBe('green');
  });
});
