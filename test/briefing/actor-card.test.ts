import { describe, expect, it } from 'vitest';
import { actorCard } from '../../src/briefing/actor-card.ts';
import type { Card } from '../../src/cards/card.ts';
import { citedNumbers } from '../../src/cards/cited-numbers.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { Match } from '../../src/search/types.ts';
import {
  fakeSource,
  ids,
  type SampleWorld,
  sampleKnowledge,
  sampleRecords,
  sampleSources,
  stored,
} from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');

function cardAt(ceiling: Tlp, world: SampleWorld = {}, id = ids.actor): Card {
  const knowledge = sampleKnowledge(ceiling, world);
  const entity = knowledge.entity(id);
  if (entity === undefined) throw new Error('the actor is missing');
  return actorCard(entity, knowledge, now, false).card;
}

describe('actorCard', () => {
  const card = cardAt('green');

  it('cites for another name in its sentence only who says that it is the same', () => {
    const otherVoice: SourceRecord = {
      externalId: 'profile-9',
      title: 'APT900',
      entity: { type: 'intrusion-set', id: ids.actor, name: 'APT900', externalIds: [] },
      claims: [{ predicate: 'alias', text: 'Shared Name', relation: 'overlaps' }],
    };
    const sources = [...sampleSources, fakeSource('epsilon', 'Epsilon paper')];
    const records = [...sampleRecords, stored('epsilon', otherVoice)];
    const told = cardAt('green', { records, sources });
    const number = told.sources.find(({ title }) => title.startsWith('Epsilon'))?.number;
    const who = told.sections.find(({ id }) => id === 'who');
    const spans = who?.type === 'text' ? who.paragraphs.flat() : [];

    expect(spans.find(({ text }) => text === 'Shared Name')?.cites).not.toContain(number);
    expect(sectionTexts(told, 'aliases').join()).toContain('overlaps: Epsilon paper');
  });

  it('names the software of the name that was asked for, with a button', () => {
    const knowledge = sampleKnowledge('green');
    const entity = knowledge.entity(ids.actor);
    const door = knowledge.entity(ids.door);
    if (entity === undefined || door === undefined) throw new Error('the sample is missing');
    const found = { ...door, aliases: [], otherIds: [] };
    const match: Match = {
      entity: found,
      matched: { text: 'door', name: door.name, kind: 'name' },
      score: 1,
    };

    const told = actorCard(entity, knowledge, now, false, [match]).card;

    expect(sectionTexts(told, 'namesakes')).toEqual([`Also the name of a malware: ${door.name}`]);
    expect(told.sections.find(({ id }) => id === 'namesakes')).toMatchObject({
      items: [{ action: { value: { verb: 'brief', entity: ids.door } } }],
    });
  });

  it('answers on the first screen who, who says so, whom, with what, and what to check', () => {
    const first = card.sections.filter(({ rank }) => rank <= 1).map(({ id }) => id);

    expect(first).toEqual(['who', 'attribution', 'targets', 'first-use', 'check-first']);
  });

  it('says who in one sentence of recorded values', () => {
    expect(sectionTexts(card, 'who')).toEqual([
      'APT900 (also Velvet Heron, Shared Name): attributed to Iran; motivation: Espionage; active since 2014; target sectors: Telecommunications; target regions: Germany; uses 2 malware and tools and 2 techniques.',
    ]);
  });

  it('names for each attribution the source with its confidence', () => {
    expect(sectionTexts(card, 'attribution')).toEqual([
      'Iran — Beta galaxy (confidence 50)',
      'Sponsor: Ministry of Reeds — Beta galaxy',
    ]);
  });

  it('says so when nobody attributes the actor', () => {
    const records = sampleRecords.filter(({ source }) => source === 'alpha');

    expect(sectionTexts(cardAt('green', { records }), 'attribution')).toEqual([
      'No source here attributes it to a country or a sponsor.',
    ]);
  });

  it('puts first what no other actor uses', () => {
    expect(sectionTexts(card, 'first-use')).toEqual([
      'Software: HeronDoor (only this actor), NetPeek (2 actors)',
      'Techniques: Letter with a Trap (T9021.001) (only this actor), Script Runner (T9022) (2 actors)',
    ]);
  });

  it('says what to check in the order of an intrusion', () => {
    expect(sectionTexts(card, 'check-first')).toEqual([
      'Initial Access: Letter with a Trap (T9021.001)',
      'Execution: Script Runner (T9022)',
    ]);
  });

  it('shows in which sense each source uses an alias, and who coined it', () => {
    expect(sectionTexts(card, 'aliases')).toEqual([
      'Velvet Heron — same as: Alpha Framework, Beta galaxy; overlaps: Delta Press; coined by Delta Press',
      'Shared Name — same as: Alpha Framework',
    ]);
  });

  it('quotes both sides of a disagreement', () => {
    const text = sectionTexts(card, 'disagreements').join('\n');

    expect(text).toContain(
      'Velvet Heron: same as (Alpha Framework 2025-04-16, Beta galaxy) — but overlaps (Delta Press: “largely like Velvet Heron”)',
    );
    expect(text).toContain(
      '“they broke into web servers” (Delta Press) — but “we saw no exploits” (Delta Press)',
    );
  });

  it('dates campaigns and reports', () => {
    expect(sectionTexts(card, 'campaigns')).toEqual(['Operation Reed: 2024-02 to 2024-11']);
    expect(sectionTexts(card, 'reports')).toEqual(['2025-06-01 Herons on the wire']);
  });

  it("gives a publisher's words as a quotation only", () => {
    expect(sectionTexts(card, 'descriptions')).toEqual([
      'Delta Press: “A description in the words of Delta Press.”',
    ]);
    const elsewhere = card.sections.filter(({ id }) => id !== 'descriptions');
    expect(readCard({ ...card, sections: elsewhere })).not.toContain('A description');
  });

  it('has a note for every number it cites, and cites every note', () => {
    const cited = [...citedNumbers(card.sections, card.subtitle)].toSorted((a, b) => a - b);

    expect(card.sources.map(({ number }) => number)).toEqual(cited);
    expect(cited).toEqual(cited.map((_, index) => index + 1));
  });

  it('gives a note the date, marking and confidence that hold for all it stands for', () => {
    expect(card.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          title: 'Alpha Framework 1.0',
          url: 'https://alpha.example/G9001',
          date: '2025-04-16',
          marking: 'clear',
          confidence: null,
        }),
        expect.objectContaining({ title: 'Beta galaxy 1.0', confidence: 50 }),
        expect.objectContaining({ title: 'Delta Press — Gamma notes 1.0', marking: 'green' }),
        expect.objectContaining({ title: 'Gamma notes 1.0: Herons on the wire', date: '2025-06-01' }),
      ]),
    );
  });

  it('carries the strictest marking of what it shows and counts what it withholds', () => {
    expect([cardAt('clear').marking, card.marking, cardAt('amber').marking]).toEqual([
      'clear',
      'green',
      'amber',
    ]);
    expect(card.withheld).toEqual({ count: 2, highest: 'amber' });
    expect(cardAt('red').withheld).toEqual({ count: 0, highest: null });
  });

  it('shows a second country only to those who may see it', () => {
    expect(card.badges.map(({ text }) => text)).toEqual(['Iran']);
    expect(cardAt('amber').badges.map(({ text }) => text)).toEqual(['Iran', 'Russia']);
    expect(sectionTexts(cardAt('amber'), 'disagreements')[0]).toBe(
      'Attribution: Iran (Beta galaxy) — but Russia (Delta exchange 2025-07-01)',
    );
  });

  it('keeps everything above CLEAR out of the notification', () => {
    expect(cardAt('amber').fallbackText).toBe('APT900, attributed to Iran.');
    const records = sampleRecords
      .filter(({ source }) => source === 'gamma')
      .map((one) => ({ ...one, source: 'delta' }));
    const knowledge = sampleKnowledge('amber', { records });
    const entity = [...knowledge.entities.values()].find(({ type }) => type === 'intrusion-set');
    expect(entity && actorCard(entity, knowledge, now, false).card.fallbackText).toBe(
      'A briefing on an actor.',
    );
  });

  it('says that publishers no longer track a revoked actor', () => {
    const records = sampleRecords
      .filter(({ source }) => source === 'alpha')
      .map((one) => ({ ...one, record: { ...one.record, deprecated: one.record.externalId === ids.actor } }));

    expect(cardAt('clear', { records }).badges).toContainEqual({
      text: 'No longer tracked by Alpha Framework',
      tone: 'warning',
    });
  });

  it('says that an actor is only mentioned', () => {
    const claim = { predicate: 'uses', target: { types: ['malware'], name: 'Loner', create: true } } as const;
    const about = { types: ['intrusion-set'], name: 'Rumoured Crane', create: true } as const;
    const record = { externalId: 'x', title: 'x', claims: [{ ...claim, subject: about }] } as const;
    const knowledge = sampleKnowledge('clear', {
      records: [
        {
          ...sampleRecords[0],
          source: 'alpha',
          record,
          contentHash: '',
          validFrom: 0,
          present: true,
          bundled: false,
        },
      ],
    });
    const entity = [...knowledge.entities.values()].find(({ name }) => name === 'Rumoured Crane');

    const mentioned = entity && actorCard(entity, knowledge, now, false).card;

    expect(mentioned?.badges).toEqual([{ text: 'Mentioned only', tone: 'warning' }]);
    expect(mentioned?.sources).toHaveLength(1);
  });
});
