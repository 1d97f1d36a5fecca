import { nameKey } from '../domain/name-key.ts';
import { organisationName } from '../domain/organisation.ts';
import type { Claim, Entity, EntityName, Knowledge, Provenance } from '../knowledge/types.ts';

/** One name of a thing, with who gave it and who uses it. */
export interface Naming {
  readonly name: EntityName;
  /** Claims that say who coined it. */
  readonly coined: readonly Claim[];
  /** Claims that cite it to the reports of an organisation. */
  readonly cited: readonly Claim[];
}

/** Every name of an entity as someone's: the main one first, then those whose coiner is known, then the others. */
export function namingsOf(entity: Entity): readonly Naming[] {
  const namings = entity.names.map(
    (name): Naming => ({
      name,
      coined: name.claims.filter(({ given }) => given.predicate === 'alias' && given.coinedBy !== undefined),
      cited:
        name.citedTo === undefined
          ? []
          : name.claims.filter(({ provenance }) => provenance.citation !== undefined),
    }),
  );
  const weight = ({ name, coined, cited }: Naming): number =>
    name.kind === 'name' ? 0 : coined.length > 0 ? 1 : cited.length > 0 ? 2 : 3;
  return namings
    .map((naming, index) => ({ naming, index }))
    .sort((a, b) => weight(a.naming) - weight(b.naming) || a.index - b.index)
    .map(({ naming }) => naming);
}

/** How an organisation stands to a name, with the claims that say so. */
export interface HouseName {
  readonly name: EntityName;
  /** `coined`: a source credits it; `own`: the organisation's own data call it so; `cited`: its reports are cited. */
  readonly how: 'coined' | 'own' | 'cited';
  readonly claims: readonly Claim[];
}

/** What an organisation calls the entity; empty where no source says. */
export function namesByHouse(entity: Entity, house: string, knowledge: Knowledge): readonly HouseName[] {
  return entity.names.flatMap((name): readonly HouseName[] => {
    const coined = name.claims.filter(
      ({ given }) =>
        given.predicate === 'alias' &&
        given.coinedBy !== undefined &&
        organisationName(given.coinedBy) === house,
    );
    if (coined.length > 0) return [{ name, how: 'coined', claims: coined }];
    const own = name.claims.filter(
      (claim) => isMainName(claim) && speakerOf(claim.provenance, knowledge) === house,
    );
    if (own.length > 0) return [{ name, how: 'own', claims: own }];
    if (name.citedTo?.includes(house) !== true || name.coinedBy.length > 0) return [];
    const cited = name.claims.filter(({ provenance }) => provenance.citation !== undefined);
    return [{ name, how: 'cited', claims: cited }];
  });
}

function isMainName({ given }: Claim): boolean {
  return given.predicate === 'name';
}

/** The organisation whose words these are; undefined for a collection of others' words. */
export function speakerOf({ publisher, source }: Provenance, knowledge: Knowledge): string | undefined {
  if (publisher !== undefined) return organisationName(publisher);
  if (source.startsWith('attack-')) return 'MITRE';
  return knowledge.sources.get(source)?.kind.startsWith('microsoft') === true ? 'Microsoft' : undefined;
}

/** The name of the entity that is written so, in whatever case and spacing. */
export function nameWritten(entity: Entity, text: string): EntityName | undefined {
  const key = nameKey(text);
  return key === '' ? undefined : entity.names.find((name) => nameKey(name.text) === key);
}
