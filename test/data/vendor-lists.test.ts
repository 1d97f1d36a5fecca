import { expect, it } from 'vitest';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import { mispGalaxyImporter } from '../../src/sources/misp-galaxy/index.ts';
import { describeWithCorpus } from '../helpers/corpus.ts';
import { readCorpus } from '../sources/read-document.ts';
import { bundledRecords } from './bundled-records.ts';

/** The bundled data, and the lists of Microsoft and of 360.net on top of them. */
function withVendorLists(): Knowledge {
  const { records, sources } = bundledRecords();
  const more = ['microsoft-activity-group', '360net'].flatMap(
    (name) => readCorpus(mispGalaxyImporter, `misp-galaxy/clusters/${name}.json`).records,
  );
  const stored = more.map((record) => ({
    source: 'misp-galaxy',
    record,
    contentHash: '',
    validFrom: 0,
    present: true,
    bundled: false,
  }));
  return createKnowledgeBase({ records: [...records, ...stored], sources, version: 1 }).at('clear');
}

describeWithCorpus('vendors’ own lists beside the bundled data', () => {
  const knowledge = withVendorLists();
  const recordsOf = (id: string): readonly string[] =>
    knowledge.entity(id)?.records.map(({ externalId }) => externalId) ?? [];

  it('joins Burgundy Sandstorm to APT39, since each side carries names of the other and nothing speaks against it', () => {
    const apt39 = knowledge.entity('G0087');

    expect(recordsOf('G0087')).toContain('855828a7-8e3d-5ee7-8c5c-8bb619f6db6c');
    expect(apt39?.joins.find(({ rule }) => rule === 'named-by-both')?.detail).toBe(
      'APT39 is also called Burgundy Sandstorm, and both carry the name remixkitten',
    );
  });

  it('takes Microsoft’s Diamond Sleet and 360.net’s Lazarus for Lazarus Group', () => {
    expect(recordsOf('G0032')).toContain('e6f4af06-fbb5-5471-82ae-b0bdb4d446ce');
  });

  it('leaves Citrine, Jade and Moonstone Sleet out of Lazarus Group, since Microsoft lists them beside Diamond Sleet', () => {
    const lazarus = knowledge.entity('G0032');

    for (const name of ['Citrine Sleet', 'Jade Sleet', 'Moonstone Sleet']) {
      const own = [...knowledge.entities.values()].filter((entity) => entity.name === name);
      expect(own.map(({ id }) => id)).not.toEqual([]);
      expect(own.map(({ id }) => id)).not.toContain(lazarus?.id);
    }
  });

  it('shows both countries of FIN7 where the galaxy and Microsoft’s list disagree', () => {
    const fin7 = knowledge.entity('G0046');
    const countries =
      fin7 === undefined ? [] : knowledge.claims(fin7.id, 'attributed-to').map(({ value }) => value);

    expect(countries).toEqual(expect.arrayContaining(['Russia', 'Ukraine']));
  });

  it('keeps Pistachio Tempest apart from Wizard Spider: Microsoft tracks it beside Periwinkle Tempest', () => {
    const spider = knowledge.entity('G0102');
    const overlaps =
      spider === undefined ? [] : knowledge.claims(spider.id, 'related-to').map(({ value }) => value);

    expect(overlaps).toContain('Pistachio Tempest');
  });
});
