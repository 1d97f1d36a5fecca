import { countryName } from '../domain/country.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey, sectorLabel } from '../domain/sector.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { motivationKeys, motivationLabel } from '../questions/condition-motivation.ts';
import { countriesIn, placeName, placesIn } from '../questions/condition-region.ts';
import { softwareKind } from '../questions/condition-software.ts';
import type { Supposed } from '../questions/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { OneAspect } from './aspect-texts.ts';
import { labelOf } from './labels.ts';
import { nameClaims } from './names.ts';
import { rarityOf } from './rarity.ts';

/** What sources state of something supposed. */
export interface Evidence {
  /** What is supposed, behind the entity's name: "targets Healthcare". */
  readonly words: string;
  /** The question as a title, with `{}` for the name. */
  readonly title: string;
  /** State it. */
  readonly claims: readonly Claim[];
  /** State it of a campaign that is attributed to the entity, with the claims that attribute it. */
  readonly through: readonly { readonly campaign: Entity; readonly claims: readonly Claim[] }[];
  /** State the contrary in so many words: "not observed". */
  readonly denials: readonly Claim[];
  /** Come near without saying it, each with how: a region around a country, a sub-technique. */
  readonly near: readonly { readonly words: string; readonly claims: readonly Claim[] }[];
  /** What is recorded instead is told by the section of this aspect; absent: nothing else bears on it. */
  readonly aspect?: OneAspect;
  /** True where the sources' own words are to be shown beside their values. */
  readonly isWorded?: boolean;
  /** True where several things were supposed at once and each is recorded only by itself. */
  readonly isSeveral?: boolean;
}

/** Gathers what is recorded for, against and near to what is supposed. Pure over the knowledge. */
export function evidenceFor(entity: Entity, supposed: Supposed, knowledge: Knowledge): Evidence {
  switch (supposed.kind) {
    case 'targets':
      return targets(entity, supposed, knowledge);
    case 'origin': {
      const name = inSentence(countryName(supposed.country));
      return {
        ...simple(
          entity,
          knowledge,
          'attributed-to',
          ({ given }) => given.predicate === 'attributed-to' && given.country === supposed.country,
        ),
        words: `is attributed to ${name}`,
        title: `Is {} attributed to ${name}?`,
        aspect: 'attribution',
      };
    }
    case 'sponsored':
      return {
        ...simple(entity, knowledge, 'attributed-to', (claim) => isSponsored(claim, supposed.by)),
        words: `is sponsored by ${supposed.by ?? 'a state'}`,
        title: `Is {} sponsored by ${supposed.by ?? 'a state'}?`,
        isWorded: true,
        aspect: 'attribution',
      };
    case 'motivation': {
      const label = motivationLabel(supposed.key);
      return {
        ...simple(entity, knowledge, 'motivation', ({ value }) =>
          motivationKeys(value).includes(supposed.key),
        ),
        words: `has the motivation ${label}`,
        title: `Is the motivation of {} ${label}?`,
        aspect: 'motivation',
      };
    }
    case 'uses':
      return uses(entity, supposed, knowledge);
    case 'behind':
      return behind(entity, supposed, knowledge);
    case 'is-a':
      return isA(entity, supposed, knowledge);
    default:
      return assertNever(supposed);
  }
}

/** A body is named by its words: "FSB" in "Russia's Federal Security Service (FSB)". */
function isSponsored({ given }: Claim, by: string | undefined): boolean {
  if (given.predicate !== 'attributed-to') return false;
  if (by === undefined) return given.sponsor !== undefined || /\bstate\b|sponsored/i.test(given.text);
  const words = new Set(wordsIn(`${given.sponsor ?? ''} ${given.text}`));
  const wanted = wordsIn(by).filter((word) => !['the', 'of', 'and', 'for'].includes(word));
  return wanted.length > 0 && wanted.every((word) => words.has(word));
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function simple(
  { id }: Entity,
  knowledge: Knowledge,
  predicate: 'attributed-to' | 'motivation',
  fits: (claim: Claim) => boolean,
): Pick<Evidence, 'claims' | 'through' | 'denials' | 'near'> {
  return { claims: knowledge.claims(id, predicate).filter(fits), through: [], denials: [], near: [] };
}

function campaignsOf(
  entity: Entity,
  knowledge: Knowledge,
): readonly { readonly campaign: Entity; readonly tie: Claim }[] {
  return knowledge.claimsAbout(entity.id, 'attributed-to').flatMap((tie) => {
    const campaign = knowledge.entities.get(tie.subject);
    return campaign?.type === 'campaign' ? [{ campaign, tie }] : [];
  });
}

function targets(
  entity: Entity,
  { place, sector, text }: Extract<Supposed, { kind: 'targets' }>,
  knowledge: Knowledge,
): Evidence {
  const isAt = ({ given }: Claim): boolean =>
    given.predicate === 'targets-region' &&
    place !== undefined &&
    placesIn(place).has(given.country ?? regionKey(given.text));
  const isOf = ({ given }: Claim): boolean =>
    given.predicate === 'targets-sector' && sector !== undefined && sectorKey(given.text) === sector;
  const found = (id: StixId): readonly Claim[] => {
    const regions = place === undefined ? [] : knowledge.claims(id, 'targets-region').filter(isAt);
    const sectors = sector === undefined ? [] : knowledge.claims(id, 'targets-sector').filter(isOf);
    const isBoth = place !== undefined && sector !== undefined;
    return isBoth && (regions.length === 0 || sectors.length === 0) ? [] : [...sectors, ...regions];
  };
  const labels = [
    ...(sector === undefined ? [] : [sectorLabel(sector)]),
    ...(place === undefined ? [] : [inSentence(placeName(place))]),
  ];
  const what = labels.length === 0 ? text : labels.join(' in ');
  return {
    words: `targets ${what}`,
    title: `Does {} target ${what}?`,
    claims: found(entity.id),
    through: campaignsOf(entity, knowledge).flatMap(({ campaign, tie }) => {
      const claims = found(campaign.id);
      return claims.length === 0 ? [] : [{ campaign, claims: [...claims, tie] }];
    }),
    denials: [],
    near: nearTargets(entity, { place, sector }, { isAt, isOf }, knowledge),
    aspect: sector === undefined ? 'regions' : 'sectors',
    ...(labels.length > 1 ? { isSeveral: true } : {}),
  };
}

/** One of the two that were supposed together; a region in which the country lies. */
function nearTargets(
  { id }: Entity,
  { place, sector }: { readonly place: string | undefined; readonly sector: string | undefined },
  fits: { readonly isAt: (claim: Claim) => boolean; readonly isOf: (claim: Claim) => boolean },
  knowledge: Knowledge,
): Evidence['near'] {
  const regions = knowledge.claims(id, 'targets-region');
  const around = regions.filter(
    ({ given }) =>
      given.predicate === 'targets-region' &&
      given.country === undefined &&
      place !== undefined &&
      countriesIn(regionKey(given.text)).has(place),
  );
  const name = place === undefined ? '' : inSentence(placeName(place));
  const wide =
    around.length === 0
      ? []
      : [{ words: `a target region in which ${name} lies: ${valuesOf(around)}`, claims: around }];
  if (place === undefined || sector === undefined) return wide;
  const single = [regions.filter(fits.isAt), knowledge.claims(id, 'targets-sector').filter(fits.isOf)];
  const halves = single
    .filter((claims) => claims.length > 0)
    .map((claims) => ({ words: `as a target: ${valuesOf(claims)}`, claims }));
  return [...halves, ...wide];
}

const articled =
  /^(?:United |Netherlands|Philippines|Czech Republic|Maldives|Bahamas|Gambia|Middle East|European Union|Balkans|Baltic|Caucasus|Caribbean|Levant|Gulf|Five Eyes|Nordic|Korean Peninsula|Horn of|Maghreb|Americas|Asia-Pacific region)/;

/** "the United States", "the Middle East", as a sentence has them. */
function inSentence(place: string): string {
  return articled.test(place) ? `the ${place}` : place;
}

function valuesOf(claims: readonly Claim[]): string {
  return [...new Set(claims.map(({ value }) => value))].join(', ');
}

function uses(
  entity: Entity,
  { matches }: Extract<Supposed, { kind: 'uses' }>,
  knowledge: Knowledge,
): Evidence {
  const things = matches.flatMap((match) => knowledge.entity(match.entity.id) ?? []);
  const ids = new Set(things.map(({ id }) => id));
  const tied = (id: StixId): readonly Claim[] =>
    [...knowledge.claims(id, 'uses'), ...knowledge.claims(id, 'exploits')].filter(
      ({ object }) => object !== undefined && ids.has(object),
    );
  const isDenied = ({ given }: Claim): boolean => given.predicate === 'exploits' && given.negated === true;
  const rarity = rarityOf(knowledge);
  const kin = things.flatMap(({ id }) => [rarity.parentOf(id) ?? [], rarity.partsOf(id)].flat());
  const near = kin.flatMap((id) => {
    const claims = knowledge.claims(entity.id, 'uses').filter(({ object }) => object === id);
    const other = knowledge.entities.get(id);
    return claims.length === 0 || other === undefined
      ? []
      : [{ words: `the use of ${labelOf(other)}`, claims }];
  });
  const [first] = things;
  const label = first === undefined ? (matches[0]?.matched.text ?? '') : labelOf(first);
  const verb = first?.type === 'vulnerability' ? 'exploit' : 'use';
  const own = tied(entity.id);
  return {
    words: `${verb}s ${label}`,
    title: `Does {} ${verb} ${label}?`,
    claims: own.filter((claim) => !isDenied(claim)),
    denials: own.filter(isDenied),
    through: campaignsOf(entity, knowledge).flatMap(({ campaign, tie }) => {
      const claims = tied(campaign.id).filter((claim) => !isDenied(claim));
      return claims.length === 0 ? [] : [{ campaign, claims: [...claims, tie] }];
    }),
    near,
    aspect: aspectOf(first),
  };
}

/** Attribution of a campaign or a malware; its mere use comes near and is told as that. */
function behind(
  entity: Entity,
  { matches }: Extract<Supposed, { kind: 'behind' }>,
  knowledge: Knowledge,
): Evidence {
  const things = matches.flatMap((match) => knowledge.entity(match.entity.id) ?? []);
  const claims = things.flatMap(({ id }) =>
    knowledge.claims(id, 'attributed-to').filter(({ object }) => object === entity.id),
  );
  const near = things.flatMap((thing) => {
    const own = knowledge.claims(entity.id, 'uses').filter(({ object }) => object === thing.id);
    return own.length === 0 ? [] : [{ words: `the use of ${labelOf(thing)}`, claims: own }];
  });
  const [first] = things;
  const label = first === undefined ? (matches[0]?.matched.text ?? '') : labelOf(first);
  return {
    words: `is behind ${label}`,
    title: `Is {} behind ${label}?`,
    claims,
    through: [],
    denials: [],
    near,
    aspect: 'campaigns',
  };
}

/** What its records are, or which publisher's list they stand in. */
function isA(
  entity: Entity,
  { types, software, text }: Extract<Supposed, { kind: 'is-a' }>,
  knowledge: Knowledge,
): Evidence {
  const listed = new Set(
    entity.records
      .filter((key) => software !== undefined && knowledge.record(key)?.collection === software)
      .map(({ source, externalId }) => `${source}\n${externalId}`),
  );
  const names = entity.names.flatMap((name) => name.claims);
  const isType = types.includes(entity.type);
  const claims = names.filter(
    ({ provenance }) => isType || listed.has(`${provenance.source}\n${provenance.record}`),
  );
  const kind = software === undefined ? text : (softwareKind(software)?.one ?? text);
  const what = software === 'ransomware' || kind === 'malware' ? kind : `a ${kind}`;
  return {
    words: software === undefined ? `is recorded as ${what}` : `is listed as ${what}`,
    title: `Is {} ${what}?`,
    claims,
    through: [],
    denials: [],
    near: [
      {
        words: `${entityTypeLabels[entity.type].one.toLowerCase()} as its kind`,
        claims: nameClaims(entity, knowledge),
      },
    ],
  };
}

function aspectOf(thing: Entity | undefined): OneAspect {
  if (thing?.type === 'attack-pattern') return 'techniques';
  return thing?.type === 'vulnerability' ? 'vulnerabilities' : 'software';
}
