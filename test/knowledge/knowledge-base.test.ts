import { describe, expect, it } from 'vitest';
import { entityRecord, fakeId, knowledgeOf, refByName, sourceOf, stored } from './records.ts';

const apt = entityRecord({
  source: 'attack-enterprise',
  name: 'APT 1000',
  number: 1,
  externalIds: ['G9001'],
  aliases: ['APT 1000', 'Quiet Heron'],
});
const galaxy = entityRecord({
  source: 'misp-galaxy',
  collection: 'threat-actor',
  name: 'APT1000',
  number: 2,
  externalIds: ['misp:00000000-0000-4000-8000-000000000002'],
  claimedIds: ['G9001'],
  claims: [
    { predicate: 'alias', text: 'G9001', relation: 'same-as' },
    { predicate: 'alias', text: 'quiet heron', relation: 'same-as', coinedBy: 'Acme' },
    { predicate: 'attributed-to', country: 'XX', text: 'Nowhere' },
  ],
});

describe('createKnowledgeBase', () => {
  it('joins an actor of two sources under the id and name that ATT&CK gives it', () => {
    const knowledge = knowledgeOf([galaxy, apt]).at('clear');

    const entity = knowledge.entity('g9001');

    expect(knowledge.entities.size).toBe(1);
    expect(entity).toMatchObject({ id: fakeId('intrusion-set', 1), name: 'APT 1000', mentionedOnly: false });
    expect(entity?.externalIds).toEqual(['G9001', 'misp:00000000-0000-4000-8000-000000000002']);
    expect(entity?.otherIds).toEqual([fakeId('intrusion-set', 2)]);
    expect(entity?.joins.map((join) => join.rule).sort()).toEqual(['equal-name', 'same-attack-id']);
  });

  it('merges names by key, keeps who coined them, and shows no id as a name', () => {
    const entity = knowledgeOf([galaxy, apt]).at('clear').entity('G9001');

    expect(entity?.names.map(({ text, kind, coinedBy }) => ({ text, kind, coinedBy }))).toEqual([
      { text: 'APT 1000', kind: 'name', coinedBy: [] },
      { text: 'Quiet Heron', kind: 'alias', coinedBy: ['Acme'] },
    ]);
    expect(entity?.names[1]?.claims.map((claim) => claim.provenance.source)).toEqual([
      'attack-enterprise',
      'misp-galaxy',
    ]);
  });

  it('answers to every id it ever had, in any case', () => {
    const knowledge = knowledgeOf([galaxy, apt]).at('clear');

    const ids = [fakeId('intrusion-set', 2), 'MISP:00000000-0000-4000-8000-000000000002', 'G9001'];

    for (const id of ids) expect(knowledge.entity(id)?.name).toBe('APT 1000');
  });

  it('gives one object to ceilings that hide the same, and hides and counts what stands above', () => {
    const amber = entityRecord({
      source: 'acme',
      name: 'APT-1000',
      claims: [
        { predicate: 'targets-sector', text: 'Energy' },
        { predicate: 'motivation', text: 'Espionage', marking: { tlp: 'red' } },
      ],
    });
    const base = knowledgeOf([apt, galaxy, amber], { sources: [sourceOf('acme', 'amber')] });

    const clear = base.at('clear');

    expect(base.at('green')).toBe(clear);
    expect(clear.claims(fakeId('intrusion-set', 1), 'targets-sector')).toEqual([]);
    expect(clear.sources.has('acme')).toBe(false);
    expect(clear.withheld(fakeId('intrusion-set', 1))).toEqual({ count: 2, highest: 'red' });
    expect(base.at('amber').claims(fakeId('intrusion-set', 1), 'targets-sector')).toHaveLength(1);
    expect(base.at('amber').withheld(fakeId('intrusion-set', 1))).toEqual({ count: 1, highest: 'red' });
    expect(base.at('red').withheld(fakeId('intrusion-set', 1))).toEqual({ count: 0, highest: null });
  });

  it('never lets a claim be wider than its record', () => {
    const record = entityRecord({
      source: 'acme',
      name: 'Loud Heron',
      marking: { tlp: 'amber' },
      claims: [{ predicate: 'motivation', text: 'Fun', marking: { tlp: 'clear' } }],
    });

    const knowledge = knowledgeOf([record]).at('red');
    const [id = fakeId('malware', 1)] = knowledge.entities.keys();

    expect(knowledge.claims(id, 'motivation')[0]?.provenance.marking).toBe('amber');
  });

  it('attaches relationship records and reports to the actor they name', () => {
    const report = stored('events', {
      externalId: 'event-1',
      title: 'A report',
      entity: { type: 'report', name: 'A report', externalIds: [] },
      claims: [
        { predicate: 'reported-in', subject: refByName('quiet-heron') },
        {
          predicate: 'uses',
          subject: refByName('Quiet Heron'),
          target: refByName('SEAHERON', ['malware', 'tool'], true),
        },
        { predicate: 'reported-in', subject: refByName('Nobody Knows') },
      ],
    });
    const knowledge = knowledgeOf([apt, galaxy, report]).at('clear');

    expect(knowledge.claims(fakeId('intrusion-set', 1), 'reported-in')[0]?.value).toBe('A report');
    const [use] = knowledge.claims(fakeId('intrusion-set', 1), 'uses');
    expect(use?.value).toBe('SEAHERON');
    expect(knowledge.entity(use?.object ?? '')).toMatchObject({ mentionedOnly: true, type: 'malware' });
    expect(knowledge.statistics.unresolved.get('Nobody Knows')).toBe(1);
  });
});
