import { parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Predicate } from '../domain/record.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { type ClaimGroup, groupClaims } from './facts.ts';

/** Claims whose object is the entity that say something of both ends. */
const about: readonly Predicate[] = ['uses', 'exploits', 'attributed-to', 'reported-in', 'related-to'];

/** What sources say of an entity that a text means: a country, a sector, a piece of software, a date, an id. */
export function factsMatching(entity: Entity, text: string, knowledge: Knowledge): readonly ClaimGroup[] {
  const wanted = readWanted(text);
  if (wanted.key === '') return [];
  const own = knowledge
    .claims(entity.id)
    .filter(
      (claim) =>
        claim.standing === undefined &&
        claim.object !== entity.id &&
        says(claim, claim.object, wanted, knowledge),
    );
  const ofIt = knowledge
    .claimsAbout(entity.id)
    .filter(
      (claim) =>
        claim.standing === undefined &&
        about.includes(claim.predicate) &&
        isEntity(claim.subject, wanted, knowledge),
    );
  return groupClaims([...own, ...ofIt]);
}

interface Wanted {
  readonly text: string;
  readonly key: string;
  readonly country: string | undefined;
  readonly sector: string;
  readonly region: string;
}

function readWanted(text: string): Wanted {
  return {
    text: text.trim(),
    key: nameKey(text),
    country: parseCountry(text)?.code,
    sector: sectorKey(text),
    region: regionKey(text),
  };
}

function isEntity(id: Claim['object'], { key }: Wanted, knowledge: Knowledge): boolean {
  const entity = id === undefined ? undefined : knowledge.entities.get(id);
  if (entity === undefined) return false;
  return (
    entity.names.some((name) => nameKey(name.text) === key) ||
    entity.externalIds.some((externalId) => nameKey(externalId) === key)
  );
}

function says(claim: Claim, object: Claim['object'], wanted: Wanted, knowledge: Knowledge): boolean {
  if (object !== undefined) return isEntity(object, wanted, knowledge);
  const { given } = claim;
  switch (given.predicate) {
    case 'name':
    case 'alias':
    case 'description':
    case 'reference':
      return false;
    case 'attributed-to':
      return (
        (given.country !== undefined && given.country === wanted.country) ||
        holds(given.sponsor ?? '', wanted.key) ||
        nameKey(given.text) === wanted.key
      );
    case 'targets-sector':
      return sectorKey(given.text) === wanted.sector;
    case 'targets-region':
      return given.country === undefined
        ? regionKey(given.text) === wanted.region
        : given.country === wanted.country;
    case 'active-since':
    case 'last-seen':
      return /^\d{4}/.test(wanted.text) && given.text.startsWith(wanted.text);
    case 'motivation':
    case 'tactic':
    case 'platform':
    case 'exploits':
    case 'detail':
      return holds(given.text, wanted.key);
    case 'uses':
    case 'reported-in':
    case 'related-to':
      return nameKey(claim.value) === wanted.key;
    default:
      return assertNever(given);
  }
}

/** Equal, or long enough to be meant as a part. */
function holds(text: string, key: string): boolean {
  const own = nameKey(text);
  return own !== '' && (own === key || (key.length >= 4 && own.includes(key)));
}
