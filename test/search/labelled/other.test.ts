import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nameKey } from '../../../src/domain/name-key.ts';
import { derivedStixId } from '../../../src/domain/stix-id.ts';
import { createIndex } from '../../../src/search/create-index.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledEntities } from './bundled-entities.ts';
import { classFloors, classNames, overall } from './classes.ts';
import { measureLookup } from './measure.ts';
import { otherSet } from './other-set.ts';

const seeds = [11, 4_711, 271_828] as const;

describe.each(seeds)('look-up on other questions (seed %i)', (seed) => {
  const entities = bundledEntities();
  const queries = otherSet(entities, seed, Number(process.env['LABELLED_PER_CLASS'] ?? 150));
  const { byClass, all, report } = measureLookup(createIndex(entities), entities, queries);
  process.stdout.write(`${report.join('\n')}\n`);

  it.each(classNames.filter((name) => byClass.has(name)))(
    'reaches its floor in the class "%s"',
    (className) => {
      const { count, right } = byClass.get(className) ?? { count: 0, right: 0 };

      expect(right / count).toBeGreaterThanOrEqual(classFloors[className]);
    },
  );

  it('answers nearly everything, and hardly anything wrongly', () => {
    expect(all.right / all.count).toBeGreaterThanOrEqual(overall.right);
    expect(all.wrong / all.count).toBeLessThanOrEqual(overall.wrong);
  });
});

const mappingSchema = z.array(z.object({ 'Threat actor name': z.string(), 'Other names': z.string() }));

describeWithCorpus('look-up of names that are not in the bundled data', () => {
  const bundled = bundledEntities();
  const fresh = unknownActors(bundled);
  const entities = [...bundled, ...fresh];
  const queries = otherSet(entities, 5, 150, new Set(fresh.map(({ id }) => id)));
  const { all, report } = measureLookup(createIndex(entities), entities, queries);
  process.stdout.write(`${report.join('\n')}\n`);

  it('answers them as well as those it was built with', () => {
    expect(fresh.length).toBeGreaterThan(50);
    expect(all.right / all.count).toBeGreaterThanOrEqual(overall.right);
    expect(all.wrong / all.count).toBeLessThanOrEqual(overall.wrong);
  });
});

/** Actors of a vendor's list with those of their names that nothing in the bundled data carries. */
function unknownActors(bundled: readonly SearchEntity[]): readonly SearchEntity[] {
  const known = new Set(bundled.flatMap(({ name, aliases }) => [name, ...aliases].map(nameKey)));
  const path = corpusPath('microsoft-threat-actor-naming', 'MicrosoftMapping.json');
  return mappingSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).flatMap((row): SearchEntity[] => {
    const names = [row['Threat actor name'], ...row['Other names'].split(', ')].filter(
      (name) => name !== '' && !known.has(nameKey(name)),
    );
    const [name, ...aliases] = names;
    if (name === undefined) return [];
    const id = derivedStixId('intrusion-set', 'test', name);
    return [{ id, type: 'intrusion-set', name, aliases, externalIds: [], otherIds: [] }];
  });
}
