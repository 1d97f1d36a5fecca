import { expect, it } from 'vitest';
import { stixImporter } from '../../../src/sources/stix/index.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus } from '../read-document.ts';

describeWithCorpus('STIX bundles as published', () => {
  it('reads ATT&CK Enterprise with all its groups, names and relations', () => {
    const { sources, records, rejections } = readCorpus(
      stixImporter,
      'mitre-attack/enterprise-attack-18.1.stix20.assembled.json.gz',
    );
    const groups = records.filter(({ entity }) => entity?.type === 'intrusion-set');

    expect(sources).toMatchObject([{ name: 'attack-enterprise', version: '2025-11-12' }]);
    expect(rejections).toEqual([]);
    expect(groups).toHaveLength(187);
    expect(groups.filter(({ revokedBy }) => revokedBy !== undefined)).toHaveLength(6);
    expect(groups.filter(({ deprecated }) => deprecated === true)).toHaveLength(9);
    expect(records.filter(({ claims }) => claims.some(({ predicate }) => predicate === 'uses'))).toHaveLength(
      17_270,
    );
    const apt39 = groups.find(({ entity }) => entity?.externalIds.includes('G0087'));
    expect(claimsOf(apt39, 'alias').map(({ text }) => text)).toEqual(['ITG07', 'Chafer', 'Remix Kitten']);
    expect(claimsOf(apt39, 'attributed-to')).toMatchObject([{ country: 'IR' }]);
    expect(claimsOf(apt39, 'description')[0]?.text).not.toMatch(/Citation|attack\.mitre\.org/);
  });

  it('tells the releases of ATT&CK ICS apart', () => {
    for (const release of ['17.1', '18.1']) {
      const { sources } = readCorpus(stixImporter, `mitre-attack/ics-attack-${release}.stix21.json.gz`);

      expect(sources).toMatchObject([{ name: 'attack-ics', version: release }]);
    }
  });

  it('reads a playbook that borrows ATT&CK: whom it is about, whom they hit, what they use, the indicators', () => {
    const { sources, records } = readCorpus(stixImporter, 'stix-examples/unit42-playbooks/radioserpens.json');
    const named = (title: string) => records.find((record) => record.title === title);

    expect(sources).toMatchObject([{ name: 'stix-radioserpens', defaultMarking: 'green' }]);
    expect(claimsOf(named('MechaFlounder attributed to RADIO SERPENS'), 'attributed-to')).toHaveLength(1);
    const targets = records.find(({ title }) => title.startsWith('MechaFlounder targets'));
    expect(claimsOf(targets, 'targets-region')).toMatchObject([{ country: 'TR' }]);
    expect(records.flatMap(({ indicators }) => indicators ?? [])).toHaveLength(2);
  });

  it('takes playbooks about a vulnerability and a malware family for what they are', () => {
    const types = (file: string) =>
      readCorpus(stixImporter, `stix-examples/unit42-playbooks/${file}`).records.flatMap(
        ({ externalId, entity }) =>
          externalId.startsWith('intrusion-set--') ? [[entity?.type, entity?.name]] : [],
      );

    expect(types('icedid.json')).toEqual([['malware', 'IcedID']]);
    expect(types('atlassian-confluence-CVE-2022-26134.json')).toMatchObject([
      ['vulnerability', expect.any(String)],
    ]);
  });

  it('keeps the strictest of the granular markings', () => {
    const { records } = readCorpus(stixImporter, 'stix-examples/oasis/using-granular-markings.json');

    expect(records.map(({ marking }) => marking?.tlp)).toEqual(['red', 'red', 'red']);
  });
});
