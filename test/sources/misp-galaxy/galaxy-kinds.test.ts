import { describe, expect, it } from 'vitest';
import { galaxyKind } from '../../../src/sources/galaxy-kinds.ts';
import { mispGalaxyImporter } from '../../../src/sources/misp-galaxy/index.ts';
import { readTag } from '../../../src/sources/tags.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const uuid = '00000000-0000-4000-8000-0000000000aa';

describe('the kind of a galaxy', () => {
  it.each([
    ['acme-threat-actors', 'intrusion-set'],
    ['ransomware-groups', 'intrusion-set'],
    ['acme-malware-campaigns', 'campaign'],
    ['actor_tools', 'tool'],
    ['Acme Stealers', 'malware'],
    ['acme-malware-families', 'malware'],
    ['tidal-technique', 'attack-pattern'],
    ['cmtmf-attack-pattern', 'attack-pattern'],
  ])('is told by the last word of the type: %s', (type, expected) => {
    expect(galaxyKind(type)).toEqual({ kind: 'entity', type: expected });
    expect(readTag(`misp-galaxy:${type}="EXAMPLE"`)).toMatchObject({ kind: 'entity', type: expected });
  });

  it.each([
    ['guidelines', 'guidelines'],
    ['mitre-course-of-action', 'course-of-action'],
    ['mitre-data-source', ''],
    ['sigma-rules', 'rules'],
    ['surveillance-vendor', 'actor'],
    ['preventive-measure', 'measure'],
    ['__proto__', 'constructor'],
    ['', ''],
  ])('is none of ours where nothing tells: %s', (type, category) => {
    expect(galaxyKind(type, category)).toEqual({ kind: 'other' });
  });

  it('is told by the category where the type says nothing', () => {
    expect(galaxyKind('acme-internal', 'actor')).toEqual({ kind: 'entity', type: 'intrusion-set' });
  });
});

describe("an operator's own galaxy", () => {
  const read = (file: Record<string, unknown>) =>
    readWith(mispGalaxyImporter, { authors: ['x'], version: 1, ...file });
  const entry = { uuid, value: 'EXAMPLE BEAR' };

  it('is a source of its own, which nobody said is public', () => {
    const { sources, records } = read({ type: 'acme-actors', name: 'Acme actors', values: [entry] });

    expect(records[0]?.entity?.type).toBe('intrusion-set');
    expect(sources).toMatchObject([
      { name: 'misp-galaxy-acme-actors', title: 'Acme actors (galaxy)', defaultMarking: 'green' },
    ]);
  });

  it('is told by what its entries carry, with a notice, where neither type nor category tells', () => {
    const meta = { 'attribution-confidence': '50', country: 'IR' };

    const { records, notices } = read({
      type: 'acme-internal',
      category: 'internal',
      values: [{ ...entry, meta }],
    });

    expect(records[0]?.entity?.type).toBe('intrusion-set');
    expect(notices[0]?.text).toContain('taken for intrusion-set');
  });

  it('is left out, with a notice that says how to tell, where nothing tells', () => {
    const { records, notices } = read({ type: 'acme-internal', category: 'internal', values: [entry] });

    expect(records).toEqual([]);
    expect(notices[0]?.text).toMatch(/1 entries .* `category`/);
  });
});

describeWithCorpus('each galaxy of the corpus', () => {
  const file = (name: string) => readCorpus(mispGalaxyImporter, `misp-galaxy/clusters/${name}`);

  it.each([
    ['360net.json', 'intrusion-set', 42],
    ['backdoor.json', 'malware', 29],
    ['banker.json', 'malware', 53],
    ['botnet.json', 'malware', 148],
    ['malpedia.json.gz', 'malware', 3683],
    ['microsoft-activity-group.json', 'intrusion-set', 179],
    ['mitre-attack-pattern.json.gz', 'attack-pattern', 1266],
    ['mitre-intrusion-set.json.gz', 'intrusion-set', 191],
    ['mitre-malware.json.gz', 'malware', 850],
    ['mitre-tool.json', 'tool', 97],
    ['ransomware.json.gz', 'malware', 2135],
    ['rat.json', 'malware', 270],
    ['stealer.json', 'malware', 18],
  ])('gives what %s holds: %s', (name, type, count) => {
    const { records, sources, rejections } = file(name);

    expect(records.map(({ entity }) => entity?.type)).toEqual(Array.from({ length: count }, () => type));
    expect(new Set(sources.map((one) => one.name))).toEqual(new Set(['misp-galaxy']));
    expect(rejections).toEqual([]);
  });

  it('parts tools from malware by what kind of tool each is', () => {
    const types = file('tool.json').records.map(({ entity }) => entity?.type);

    expect(types).toHaveLength(608);
    expect(new Set(types)).toEqual(new Set(['tool', 'malware']));
  });

  it.each(['sector.json', 'country.json', 'region.json', 'target-information.json', 'producer.json'])(
    'takes %s for facts that are known, and says so',
    (name) => {
      const { records, notices } = file(name);

      expect(records).toEqual([]);
      expect(notices).toMatchObject([{ text: expect.stringContaining('reference data') as string }]);
    },
  );

  it('keeps a likelihood with every likeness that states one', () => {
    const likenesses = file('threat-actor.json').records.flatMap((record) =>
      claimsOf(record, 'related-to').filter(({ relation }) => relation === 'same-as'),
    );

    expect(likenesses).toHaveLength(284);
    expect(likenesses.filter(({ likelihood }) => likelihood !== undefined).length).toBeGreaterThan(250);
    for (const { likelihood = 0 } of likenesses) expect([0, 5, 20, 45, 55, 80, 95]).toContain(likelihood);
  });

  it.each(['backdoor.json', 'tool.json'])(
    'turns software that an actor deploys round, blanks or not: %s',
    (name) => {
      const uses = file(name).records.flatMap((record) =>
        claimsOf(record, 'uses').filter(({ subject }) => subject?.uuid !== undefined),
      );

      expect(uses.length).toBeGreaterThan(2);
    },
  );
});
