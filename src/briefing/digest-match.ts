import { nameKey } from '../domain/name-key.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { DigestFilter, FilterKey } from './digest-filter.ts';

/** What kind of item something is in a digest. */
export type DigestKind = 'report' | 'profile' | 'actor' | 'source';

/**
 * Why an entity belongs into a digest with these filters: a phrase for each included filter that it fits ("country
 * Iran"). Undefined when it does not belong: an excluded filter fits, or one key has none that does.
 * Source filters are not looked at: they concern changes, not entities.
 */
export function whyMatched(
  entity: Entity,
  kind: DigestKind,
  filters: readonly DigestFilter[],
  knowledge: Knowledge,
): readonly string[] | undefined {
  const about = relatedTo(entity, knowledge);
  const fits = (filter: DigestFilter): boolean =>
    filter.key === 'kind' ? filter.value === kind : about.some((one) => hasValue(one, filter, knowledge));
  const relevant = filters.filter(({ key }) => key !== 'source');
  if (relevant.some((filter) => filter.exclude && fits(filter))) return undefined;
  const included = relevant.filter((filter) => !filter.exclude);
  const fitting = included.filter(fits);
  const keys = new Set(included.map(({ key }) => key));
  const fittingKeys = new Set(fitting.map(({ key }) => key));
  if (keys.size !== fittingKeys.size) return undefined;
  return fitting.map(({ key, text }) => `${key} ${text}`);
}

/** The entity itself and, for a report, all that it names. */
function relatedTo(entity: Entity, knowledge: Knowledge): readonly Entity[] {
  if (entity.type !== 'report') return [entity];
  return [entity, ...namedIn(entity, knowledge)];
}

/** What a report names: actors first, then by name. */
export function namedIn(report: Entity, knowledge: Knowledge): readonly Entity[] {
  const ids = new Set(knowledge.claimsAbout(report.id, 'reported-in').map((claim) => claim.subject));
  return [...ids]
    .flatMap((id) => knowledge.entities.get(id) ?? [])
    .sort((a, b) => typeRank(a) - typeRank(b) || a.name.localeCompare(b.name, 'en'));
}

function typeRank(entity: Entity): number {
  return entity.type === 'intrusion-set' ? 0 : 1;
}

function hasValue(entity: Entity, { key, value }: DigestFilter, knowledge: Knowledge): boolean {
  const claimed = (predicate: Claim['predicate'], keyOf: (claim: Claim) => string | undefined): boolean =>
    knowledge.claims(entity.id, predicate).some((claim) => keyOf(claim) === value);
  switch (key) {
    case 'actor':
      return entity.type === 'intrusion-set' && isCalled(entity, value);
    case 'sector':
      return claimed('targets-sector', (claim) => sectorKey(claim.value));
    case 'region':
      return claimed('targets-region', ({ given, value: text }) =>
        given.predicate === 'targets-region' && given.country !== undefined ? given.country : regionKey(text),
      );
    case 'country':
      return claimed('attributed-to', ({ given }) =>
        given.predicate === 'attributed-to' ? given.country : undefined,
      );
    case 'malware':
      return isOrUses(entity, key, value, knowledge);
    case 'technique':
      return isOrUses(entity, key, value, knowledge);
    case 'source':
    case 'kind':
      return false;
    default:
      return assertNever(key);
  }
}

const typesOf: Readonly<Partial<Record<FilterKey, readonly Entity['type'][]>>> = {
  malware: ['malware', 'tool'],
  technique: ['attack-pattern'],
};

function isOrUses(entity: Entity, key: FilterKey, value: string, knowledge: Knowledge): boolean {
  const types = typesOf[key] ?? [];
  const isIt = (one: Entity | undefined): boolean =>
    one !== undefined && types.includes(one.type) && isCalled(one, value);
  const used = new Set<StixId | undefined>(knowledge.claims(entity.id, 'uses').map((claim) => claim.object));
  return (
    isIt(entity) || [...used].some((id) => isIt(id === undefined ? undefined : knowledge.entities.get(id)))
  );
}

function isCalled(entity: Entity, value: string): boolean {
  return (
    nameKey(entity.name) === value ||
    nameKey(entity.id) === value ||
    entity.names.some((name) => nameKey(name.text) === value) ||
    entity.externalIds.some((id) => nameKey(id) === value)
  );
}
