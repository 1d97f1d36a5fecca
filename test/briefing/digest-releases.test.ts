import { describe, expect, it } from 'vitest';
import { composeDigestMessages } from '../../src/briefing/digest-messages.ts';
import type { ComposedDigest, DigestRequest } from '../../src/briefing/digest-types.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { StoredChange, StoredRecord } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { fakeId, fakeSource, stored } from '../helpers/knowledge.ts';
import { sectionTexts } from '../helpers/reading.ts';
import { problemsOf } from '../helpers/sweep-cards.ts';
import { createWorld } from '../ingest/world.ts';

const now = new Date('2026-02-01T07:00:00Z');

function compose(
  parts: Pick<DigestRequest, 'changes' | 'knowledge'> & Partial<DigestRequest>,
): ComposedDigest {
  return composeDigestMessages({
    ceiling: 'green',
    window: { from: Date.parse('2025-12-01'), to: now.getTime() },
    filters: [],
    interests: { sectors: [], regions: [], watched: [] },
    mutes: [],
    posted: new Map(),
    shape: 'message',
    missed: [],
    kind: 'digest',
    now,
    ...parts,
  });
}

function lines(digest: ComposedDigest): number {
  return digest.messages
    .flatMap(({ card }) => card.sections)
    .reduce((sum, section) => sum + (section.type === 'list' ? section.items.length : 1), 0);
}

describe('the digest of a release that changes thousands of records', () => {
  const actors = 160;
  const records: readonly StoredRecord[] = Array.from({ length: 2_000 }, (_, number) => {
    const type = number < actors ? 'intrusion-set' : number < 700 ? 'malware' : 'attack-pattern';
    const id = fakeId(type, 10_000 + number);
    return stored('release', {
      externalId: id,
      title: `Made Up ${number}`,
      entity: { type, id, name: `Made Up ${number}`, externalIds: [] },
      claims: number === 7 ? [{ predicate: 'targets-sector', text: 'Energy' }] : [],
    });
  });
  const changes = Array.from({ length: 7_000 }, (_, at): StoredChange => {
    const { record } = records[at % records.length] ?? { record: { externalId: '', title: '' } };
    return {
      id: at,
      at: now.getTime() - 60_000,
      source: 'release',
      recordId: record.externalId,
      kind: 'claim-added',
      title: record.title,
      marking: 'clear',
      detail: { predicate: at % 3 === 0 ? 'description' : 'alias', value: `Word ${at}`, relation: 'same-as' },
    };
  });
  const knowledge = createKnowledgeBase({
    records,
    sources: [fakeSource('release', 'Made up release')],
    version: 1,
  }).at('green');

  it.each(['message', 'thread'] as const)(
    'is short as a %s: ours first, then actors, the rest by count',
    (shape) => {
      const digest = compose({
        changes,
        knowledge,
        shape,
        interests: { sectors: ['energy'], regions: [], watched: [fakeId('intrusion-set', 10_009)] },
      });
      const all = digest.messages.map(({ card }) => card);
      const profiles = all.flatMap((card) => sectionTexts(card, 'profiles'));

      expect(lines(digest)).toBeLessThanOrEqual(shape === 'message' ? 12 : 24);
      expect(all.flatMap((card) => sectionTexts(card, 'concerns')).map((text) => text.split(':')[0])).toEqual(
        ['Made Up 9', 'Made Up 7'],
      );
      expect(profiles.every((text) => Number(/^Made Up (\d+)/.exec(text)?.[1]) < actors)).toBe(true);
      expect(sectionTexts(all[0] ?? fail(), 'rest')).toEqual(['Also new or changed: 1,300 techniques.']);
      expect(all[0]?.fallbackText).toBe('2 items concern us: Made Up 9, Made Up 7; 698 changed profiles.');
      for (const card of all) expect(problemsOf(card)).toEqual([]);
    },
  );
});

function fail(): never {
  throw new Error('no message');
}

describeWithCorpus('the digest of ATT&CK ICS 17.1 and then 18.1', () => {
  it('tells few things of the second, and nothing of the first again', async () => {
    const file = (version: string): string =>
      corpusPath('mitre-attack', `ics-attack-${version}.stix21.json.gz`);
    const world = await createWorld();
    const desk = createDesk({ store: world.store, clock: { now: () => now }, log: silentLog });
    await world.ingest([file('17.1')]);
    const first = await world.store.changes(0, now.getTime());
    const { knowledge: before } = await desk.contextAt('green');
    const told = compose({ changes: first, knowledge: before, shape: 'thread' });
    await world.ingest([file('18.1')]);
    await desk.refresh();
    const second = (await world.store.changes(0, now.getTime())).slice(first.length);
    const { knowledge } = await desk.contextAt('green');
    const posted = new Map(told.items.map(({ key, hash }) => [key, hash]));
    const digest = compose({ changes: second, knowledge, posted });

    expect(first.length).toBeGreaterThan(100);
    expect(told.messages.map(({ role }) => role)[0]).toBe('parent');
    expect(told.messages[0] && sectionTexts(told.messages[0].card, 'counts').length).toBeLessThanOrEqual(10);
    expect(second.length).toBeGreaterThan(0);
    expect(lines(digest)).toBeLessThanOrEqual(12);
    for (const { card } of [...told.messages, ...digest.messages]) expect(problemsOf(card)).toEqual([]);
  });
});
