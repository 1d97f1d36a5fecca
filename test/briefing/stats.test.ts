import { describe, expect, it } from 'vitest';
import { statsOf } from '../../src/briefing/stats.ts';
import { renderStats } from '../../src/briefing/stats-text.ts';
import type { RecordClaim } from '../../src/domain/record.ts';
import { sampleKnowledge } from '../helpers/knowledge.ts';
import { entityRecord, knowledgeOf, refByName, stored } from '../knowledge/records.ts';

describe('statsOf', () => {
  it('counts what one audience may see and nothing above it', () => {
    const green = statsOf(sampleKnowledge('green'));
    const amber = statsOf(sampleKnowledge('amber'));

    expect(green.entities).toMatchObject({ 'intrusion-set': 2, campaign: 1, report: 1 });
    expect(green.entities.total).toBe(8);
    expect(Object.keys(green.claimsByMarking)).toEqual(['clear', 'green']);
    expect(JSON.stringify(green)).not.toContain('delta');
    expect(amber.records).toBe(green.records + 1);
    expect(amber.disagreements.attribution).toBe(1);
  });

  it('counts joins by rule, refusals once, and names of several actors with their owners', () => {
    const stats = statsOf(sampleKnowledge('clear'));

    expect(stats.joins).toEqual({ 'equal-name': 1, total: 1 });
    expect(stats.refusals).toEqual({ 'shared-alias': 1, total: 1 });
    expect(stats.overlaps).toBe(1);
    expect(stats.sharedNames).toEqual({
      total: 1,
      names: [{ name: 'Shared Name', owners: ['APT900 (G9001)', 'APT901 (G9002)'] }],
    });
  });

  it('counts pointers that lead nowhere by text, and those that could mean several with whom', () => {
    const named = (name: string): RecordClaim => ({ predicate: 'reported-in', subject: refByName(name) });
    const event = stored('events', {
      externalId: 'e',
      title: 'An event',
      entity: { type: 'report', name: 'An event', externalIds: [] },
      claims: [named('Night Bird'), named('Lost Bird'), named('Lost Bird')],
    });
    const birds = [1, 2].map((number) =>
      entityRecord({ source: 'attack-enterprise', name: `Bird ${number}`, number, aliases: ['Night Bird'] }),
    );

    const stats = statsOf(knowledgeOf([event, ...birds]).at('clear'));

    expect(stats.unresolved).toEqual({
      texts: 2,
      pointers: 3,
      byUuid: { texts: 0, pointers: 0 },
      top: [
        { text: 'Lost Bird', count: 2 },
        { text: 'Night Bird', count: 1 },
      ],
    });
    expect(
      stats.ambiguous.map(({ text, count, candidates }) => [text, count, candidates.map(({ name }) => name)]),
    ).toEqual([['Night Bird', 1, ['Bird 1', 'Bird 2']]]);
  });

  it('is nothing but zeros where nothing is known', () => {
    const stats = statsOf(knowledgeOf([]).at('clear'));

    expect(stats.entities).toEqual({ total: 0 });
    expect(stats.claims).toEqual({ total: 0 });
    expect(renderStats(stats)).toContain('Records: 0 of 0 sources');
  });
});

describe('renderStats', () => {
  it('gives each count a line under its heading', () => {
    const text = renderStats(statsOf(sampleKnowledge('green')));

    expect(text).toMatch(/^Entities\n {2}intrusion-set +2$/m);
    expect(text).toContain('Names of several actors: 1\n  Shared Name: APT900 (G9001), APT901 (G9002)');
    expect(text).toMatch(/Joins by rule\n {2}equal-name +2$/m);
  });
});
