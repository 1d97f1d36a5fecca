import { searchEntities } from '../../../src/briefing/search-entities.ts';
import { nameKey } from '../../../src/domain/name-key.ts';
import { createKnowledgeBase } from '../../../src/knowledge/knowledge-base.ts';
import type { Entity, Knowledge } from '../../../src/knowledge/types.ts';
import { createIndex } from '../../../src/search/create-index.ts';
import { microsoftNamesImporter } from '../../../src/sources/microsoft-names/index.ts';
import { mispGalaxyImporter } from '../../../src/sources/misp-galaxy/index.ts';
import type { StoredRecord, StoredSource } from '../../../src/store/types.ts';
import { bundledDecisions, bundledRecords } from '../../data/bundled-records.ts';
import { hasCorpus } from '../../helpers/corpus.ts';
import { type ReadResult, readCorpus } from '../../sources/read-document.ts';

/** What a test on one actor asks of the knowledge. */
export interface ActorWorld {
  readonly knowledge: Knowledge;
  /** The entity that an id leads to; fails where nothing answers to it. */
  actor(id: string): Entity;
  /** Whom a look-up of the text gives, as `Name (G0001)`; empty where it gives none. */
  who(text: string): readonly string[];
  /** True when the actor carries the name, in whatever spelling. */
  carries(id: string, name: string): boolean;
  /** Who coined a name of the actor, as its sources say. */
  coinedBy(id: string, name: string): readonly string[];
  /** Countries with the sources that attribute the actor to them: `Iran: attack-enterprise, misp-galaxy`. */
  countries(id: string): readonly string[];
  /** Main names of the records that make up the actor, each with its list: `misp-galaxy/threat-actor: APT35`. */
  parts(id: string): readonly string[];
  /** The rules by which the records of an actor were joined, each once. */
  rules(id: string): readonly string[];
  /** Why the first actor is not one with the second: every refusal, in words. */
  whyApart(id: string, other: string): string;
}

/** What comes with the product, and nothing else. */
export function bundledWorld(): ActorWorld {
  const { records, sources } = bundledRecords();
  return worldOf(records, sources);
}

/** The bundled data with the lists of actors that a team imports beside it: Microsoft's, 360.net's, the galaxy's ATT&CK. */
export function worldWithLists(): ActorWorld {
  // A skipped suite is collected all the same.
  if (!hasCorpus) return bundledWorld();
  const { records, sources } = bundledRecords();
  const galaxies = ['microsoft-activity-group.json', '360net.json', 'mitre-intrusion-set.json.gz'].map(
    (name) => readCorpus(mispGalaxyImporter, `misp-galaxy/clusters/${name}`),
  );
  const microsoft = readCorpus(microsoftNamesImporter, 'microsoft-threat-actor-naming/MicrosoftMapping.json');
  const names = microsoft.sources.map((source) => ({ ...source, recordCount: 0, importedAt: 0 }));
  return worldOf(
    [
      ...records,
      ...galaxies.flatMap((read) => stored('misp-galaxy', read)),
      ...stored('microsoft-names', microsoft),
    ],
    [...sources, ...names],
  );
}

function stored(source: string, { records }: ReadResult): readonly StoredRecord[] {
  return records.map((record) => ({
    source,
    record,
    contentHash: '',
    validFrom: 0,
    present: true,
    bundled: false,
  }));
}

function worldOf(records: readonly StoredRecord[], sources: readonly StoredSource[]): ActorWorld {
  const identity = bundledDecisions();
  const knowledge = createKnowledgeBase({ records, sources, version: 1, identity }).at('clear');
  const index = createIndex(searchEntities(knowledge));
  const actor = (id: string): Entity => {
    const entity = knowledge.entity(id);
    if (entity === undefined) throw new Error(`nothing answers to ${id}`);
    return entity;
  };
  const nameOf = (id: string, name: string): Entity['names'][number] | undefined =>
    actor(id).names.find((one) => nameKey(one.text) === nameKey(name));
  const label = ({ name, externalIds }: Pick<Entity, 'name' | 'externalIds'>): string => {
    const attackId = externalIds.find((id) => /^[GSC]\d{4}$/.test(id));
    return attackId === undefined ? name : `${name} (${attackId})`;
  };
  return {
    knowledge,
    actor,
    who: (text) => {
      const found = index.lookup(text);
      if (found.kind === 'found') return [label(found.match.entity)];
      return found.kind === 'ambiguous' ? found.matches.map(({ entity }) => label(entity)) : [];
    },
    carries: (id, name) => nameOf(id, name) !== undefined,
    coinedBy: (id, name) => nameOf(id, name)?.coinedBy ?? [],
    countries: (id) => {
      const claims = knowledge
        .claims(actor(id).id, 'attributed-to')
        .filter(({ given }) => given.predicate === 'attributed-to' && given.country !== undefined);
      const byCountry = Map.groupBy(claims, ({ value, given }) =>
        given.predicate === 'attributed-to' && given.sponsor === undefined ? value : '',
      );
      byCountry.delete('');
      return [...byCountry].map(
        ([country, said]) =>
          `${country}: ${[...new Set(said.map(({ provenance }) => provenance.source))].sort().join(', ')}`,
      );
    },
    parts: (id) => {
      const { names } = actor(id);
      const claims = names.flatMap((name) => name.claims).filter(({ predicate }) => predicate === 'name');
      return [
        ...new Set(
          claims.map(({ value, provenance: { source, collection } }) =>
            collection === undefined ? `${source}: ${value}` : `${source}/${collection}: ${value}`,
          ),
        ),
      ].sort();
    },
    rules: (id) => [...new Set(actor(id).joins.map(({ rule }) => rule))].sort(),
    whyApart: (id, other) =>
      (actor(id).refusals ?? [])
        .filter((refusal) => refusal.other === actor(other).id)
        .map(({ detail, apart }) => [detail, apart].filter((part) => part !== undefined).join('; '))
        .join('\n'),
  };
}
