import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTlp } from '../../../src/domain/tlp.ts';
import { mispTaxonomyImporter } from '../../../src/sources/misp-taxonomy/index.ts';
import { readTag, tagDetail } from '../../../src/sources/tags.ts';
import { taxonomyConfidence, taxonomyPredicate } from '../../../src/sources/taxonomy-table.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { readCorpus, readWith } from '../read-document.ts';

const own = {
  namespace: 'Acme',
  expanded: 'Acme scales',
  version: 3,
  predicates: [
    { value: 'impact', expanded: 'Impact on us' },
    { value: 'owner' },
    { expanded: 'nameless' },
    7,
  ],
  values: [
    {
      predicate: 'impact',
      entry: [
        { value: 'high', expanded: 'High', numerical_value: 90 },
        { value: 'low', expanded: 'x'.repeat(300) },
        { value: 5 },
      ],
    },
    { predicate: 'impact' },
  ],
};

describeSourceContract(mispTaxonomyImporter, [
  { name: 'a taxonomy', bytes: new TextEncoder().encode(JSON.stringify(own)), place: 'acme/machinetag.json' },
]);

describe('a taxonomy', () => {
  it('gives the words of its tags, and no entity', () => {
    const { records, sources } = readWith(mispTaxonomyImporter, own);

    expect(sources).toMatchObject([{ name: 'misp-taxonomies', version: '3', defaultMarking: 'green' }]);
    expect(records.every(({ entity }) => entity === undefined)).toBe(true);
    expect(records.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['acme:impact', 'Acme scales: Impact on us'],
      ['acme:owner', 'Acme scales: owner'],
      ['acme:impact="high"', 'Impact on us: High'],
      ['acme:impact="low"', 'Impact on us: low'],
    ]);
  });

  it('loses a bad value alone, and names it', () => {
    expect(readWith(mispTaxonomyImporter, own).rejections.map(({ path }) => path)).toEqual([
      'predicates[2]',
      'predicates[3]',
      'values[0].entry[2]',
      'values[1]',
    ]);
  });

  it.each(['{"namespace": "x y", "predicates": []}', '{"namespace": "x"}', '[]', '{"predicates": []}'])(
    'is not %s',
    (text) => {
      expect(readWith(mispTaxonomyImporter, text)).toMatchObject({ records: [], rejections: [{ path: '' }] });
    },
  );
});

interface Machinetag {
  readonly namespace: string;
  readonly predicates: readonly { readonly value: string }[];
  readonly values?: readonly {
    readonly predicate: string;
    readonly entry: readonly { readonly value: string; readonly numerical_value?: number }[];
  }[];
}

describeWithCorpus('the taxonomies of the corpus', () => {
  const names = (): readonly string[] =>
    readdirSync(corpusPath('misp-taxonomies')).filter((name) => !name.includes('.'));
  const taxonomyOf = (name: string): Machinetag =>
    JSON.parse(readFileSync(corpusPath('misp-taxonomies', name, 'machinetag.json'), 'utf8')) as Machinetag;

  it('are read whole', () => {
    for (const name of names()) {
      const { records, rejections } = readCorpus(
        mispTaxonomyImporter,
        `misp-taxonomies/${name}/machinetag.json`,
      );
      const { predicates, values = [] } = taxonomyOf(name);
      const count = predicates.length + values.flatMap(({ entry }) => entry).length;

      expect(rejections, name).toEqual([]);
      expect(new Set(records.map(({ externalId }) => externalId)).size, name).toBe(count);
    }
    expect(names()).toHaveLength(10);
  });

  it('have the numbers that the table has, but for what judges nothing', () => {
    const differing: string[] = [];
    for (const name of names()) {
      const { namespace, values = [] } = taxonomyOf(name);
      for (const { predicate, entry } of values) {
        if (taxonomyPredicate(namespace, predicate)?.confidence === undefined) continue;
        for (const { value, numerical_value: number } of entry) {
          if (taxonomyConfidence(namespace, predicate, value) !== number)
            differing.push(`${predicate}=${value}`);
        }
      }
    }

    expect(differing.sort()).toEqual([
      'confidence-level=confidence-cannot-be-evaluated',
      'confirmed=false',
      'information-credibility=6',
      'risk=cannot-be-judged',
      'risk=low',
      'source-reliability=f',
    ]);
  });

  it('have no value whose tag is not told in words, or a sector, in any case and quoting', () => {
    for (const name of names()) {
      const { namespace, values = [] } = taxonomyOf(name);
      for (const { predicate, entry } of values) {
        for (const { value } of entry) {
          const tag = `${namespace}:${predicate}="${value}"`;
          const isSector = namespace === 'threatmatch' && predicate === 'sector';
          for (const written of [tag, tag.toUpperCase(), tag.replaceAll('"', '')]) {
            if (isSector) expect(readTag(written), written).toMatchObject({ kind: 'sector' });
            else expect(tagDetail(written)?.text ?? '', written).not.toBe('');
          }
        }
      }
    }
  });

  it('of markings are read as such', () => {
    for (const { value } of taxonomyOf('tlp').predicates) {
      expect(readTag(`tlp:${value}`), value).toMatchObject({ kind: 'marking' });
      expect(parseTlp(`TLP:${value.toUpperCase()}`)?.unknown).toBe(['ex:chr', 'unclear'].includes(value));
    }
    for (const { value } of taxonomyOf('PAP').predicates) {
      expect(readTag(`pap:${value}`)).toMatchObject({ kind: 'pap' });
    }
  });
});
