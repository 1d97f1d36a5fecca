import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { mispEventImporter } from '../../../src/sources/misp-event/index.ts';
import { mispInstanceImporter } from '../../../src/sources/misp-instance/index.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus } from '../read-document.ts';

const eset = (name: string): SourceRecord | undefined =>
  readCorpus(mispEventImporter, `misp-events/eset/${name}`).records[0];
const valuesOf = (record: SourceRecord | undefined): readonly string[] =>
  (record?.indicators ?? []).flatMap(({ lookupValues }) => lookupValues);

describeWithCorpus('what events of the corpus say', () => {
  it('is that Winter Vivern exploited a vulnerability, and mailed as somebody', () => {
    const record = eset('winter_vivern__misp-wintervivern.event.json.gz');

    expect(claimsOf(record, 'exploits').map(({ text }) => text)).toEqual(['CVE-2023-5631']);
    expect(claimsOf(record, 'reported-in').map(({ subject }) => subject?.externalId)).toContain(
      'CVE-2023-5631',
    );
    expect(valuesOf(record)).toContain('team.managment@outlook.com');
  });

  it('is whom MoustachedBouncer aimed at, out of an object about the victim', () => {
    const record = eset('moustachedbouncer__misp-moustachedbouncer.event.json.gz');

    expect(claimsOf(record, 'targets-region')).toMatchObject([{ country: 'BY', text: 'Belarus' }]);
    expect(claimsOf(record, 'targets-sector').map(({ text }) => text)).toContain(
      'Foreign diplomatic mission',
    );
    // Mailboxes that its malware talks to, sent from and written to.
    expect(valuesOf(record)).toEqual(expect.arrayContaining(['fhtgbbwi@mail.ru', 'nvjfnvjfnjf@mail.ru']));
  });

  it('is nothing about the machine that somebody else owns', () => {
    const record = eset('mozi__mozi.misp-event.json.gz');

    expect(JSON.stringify(record)).not.toContain('188.167.251.165');
  });

  it('is each kind of thing that InvisiMole leaves behind', () => {
    const record = eset('invisimole__misp_invisimole.json.gz');

    expect(valuesOf(record)).toEqual(expect.arrayContaining(['global\\brlk', 'xvd21x9dc']));
  });

  it('is what scanners and analysts said in words', () => {
    const details = readdirSync(corpusPath('misp-events/pymisp-tests'))
      .filter((name) => name.includes('.json'))
      .flatMap((name) => readCorpus(mispEventImporter, `misp-events/pymisp-tests/${name}`).records)
      .flatMap((record) => claimsOf(record, 'detail').map(({ label, text }) => `${label}: ${text}`));

    expect(details).toEqual(
      expect.arrayContaining([
        'Kind of source: blog post',
        'State of the work: incomplete',
        'Kind of incident: malware',
      ]),
    );
  });

  it('is, of an instance, for whom its distribution allows it: nothing of it in a file that was published', () => {
    const names = readdirSync(corpusPath('misp-events/eset')).filter((name) => name.includes('.json'));
    const levels = (importer: typeof mispEventImporter): Readonly<Record<string, number>> => {
      const counts: Record<string, number> = {};
      for (const name of names) {
        const marking = readCorpus(importer, `misp-events/eset/${name}`).records[0]?.marking?.tlp ?? 'none';
        counts[marking] = (counts[marking] ?? 0) + 1;
      }
      return counts;
    };
    const asFiles = levels(mispEventImporter);
    const asInstance = levels(mispInstanceImporter);

    expect([asFiles['amber'], asFiles['amber+strict']]).toEqual([undefined, undefined]);
    expect([asInstance['amber'], asInstance['amber+strict']]).toEqual([5, 7]);
  });

  it('is words in which names are looked for, never longer than a record may give', () => {
    const files = ['misp-events/eset', 'misp-events/pymisp-tests'].flatMap((folder) =>
      readdirSync(corpusPath(folder))
        .filter((name) => name.includes('.json'))
        .map((name) => `${folder}/${name}`),
    );
    const records = files.flatMap((file) => readCorpus(mispEventImporter, file).records);

    expect(records.every(({ mentionsIn = '' }) => mentionsIn !== '' && mentionsIn.length <= 33_000)).toBe(
      true,
    );
  });
});
