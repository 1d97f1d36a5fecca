import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { withMentions } from '../../src/ingest/mentions.ts';
import type { Mention } from '../../src/ingest/types.ts';
import { fakeId, fakeSource } from '../helpers/knowledge.ts';

const record: SourceRecord = {
  externalId: '1',
  title: 'Herons',
  entity: { type: 'report', name: 'Herons', externalIds: [] },
  claims: [{ predicate: 'name', text: 'Herons' }],
  mentionsIn: 'APT900 and CVE-2099-0001',
};
const actor: Mention = { type: 'intrusion-set', id: fakeId('intrusion-set', 1), name: 'APT900' };
const cve: Mention = {
  type: 'vulnerability',
  id: fakeId('vulnerability', 2),
  name: 'CVE-2099-0001',
  create: true,
};

describe('withMentions', () => {
  it('states what is found as mentioned, and keeps the words themselves out of the store', async () => {
    const stored = await withMentions(record, fakeSource('a', 'A'), async () => [actor, cve]);

    expect(stored).not.toHaveProperty('mentionsIn');
    expect(stored.claims.slice(1)).toEqual([
      {
        predicate: 'reported-in',
        subject: { types: ['intrusion-set'], id: actor.id, name: 'APT900', create: false },
        mentioned: true,
      },
      {
        predicate: 'reported-in',
        subject: {
          types: ['vulnerability'],
          externalId: 'CVE-2099-0001',
          name: 'CVE-2099-0001',
          create: true,
        },
        mentioned: true,
      },
    ]);
  });

  it('keeps the words out of the store where nobody looks for names, too', async () => {
    const stored = await withMentions(record, fakeSource('a', 'A'), undefined);

    expect(stored).not.toHaveProperty('mentionsIn');
    expect(stored.claims).toEqual(record.claims);
  });

  it('asks for what an audience that sees the record may know', async () => {
    const asked: Tlp[] = [];
    const spot = async (_text: string, ceiling: Tlp): Promise<readonly Mention[]> => {
      asked.push(ceiling);
      return [];
    };

    await withMentions(record, fakeSource('a', 'A', 'green'), spot);
    await withMentions({ ...record, marking: { tlp: 'red' } }, fakeSource('a', 'A', 'green'), spot);

    expect(asked).toEqual(['green', 'red']);
  });
});
