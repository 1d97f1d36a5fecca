import type { Section, Text } from '../../cards/card.ts';
import { countryName } from '../../domain/country.ts';
import type { Claim, Entity, EntityName } from '../../knowledge/types.ts';
import { type Composer, take } from '../composer.ts';
import { groupClaims } from '../facts.ts';
import { nameClaims, otherNames } from '../names.ts';
import { counted, joinTexts, plain, stated } from '../text.ts';

/**
 * One sentence on an actor, composed from recorded values and a fixed vocabulary only: other names, motivation,
 * attribution, beginning, targets, software. A part about which no source speaks is left out.
 */
export function whoSection(composer: Composer): Section {
  // First, so that the sources of the name get the first numbers.
  const names = namesPart(composer);
  const parts = [
    attributionPart(composer),
    motivesPart(composer),
    sincePart(composer),
    targetsPart(composer, 'targets-sector', 'target sectors: '),
    targetsPart(composer, 'targets-region', 'target regions: '),
    usesPart(composer),
  ];
  const sentence = joinTexts(parts, '; ');
  const end: Text = sentence.length === 0 ? [plain('.')] : [plain(': '), ...sentence, plain('.')];
  return {
    type: 'text',
    id: 'who',
    rank: 0,
    paragraphs: [[...names, ...end]],
  };
}

function namesPart(composer: Composer): Text {
  const { entity, cites, knowledge } = composer;
  const usual = cites.cite(nameClaims(entity, knowledge));
  const house = entity.houseName === undefined ? undefined : houseNameOf(entity, entity.houseName);
  const name =
    house === undefined
      ? stated(entity.name, usual)
      : stated(house.text, cites.cite(house.claims.filter(saysSame)));
  const also = otherNames(entity).filter((other) => other.relation === 'same-as' && other !== house);
  const { shown, hidden } = take({ whole: false }, also, 3);
  // Who only sees an overlap does not say that it is the same.
  const texts = shown.map((other): Text => [stated(other.text, cites.cite(other.claims.filter(saysSame)))]);
  const more: Text = hidden === 0 ? [] : [plain(`${hidden} more`)];
  const others: Text = texts.length === 0 ? [] : [plain('also '), ...joinTexts([...texts, more])];
  const behind = joinTexts([house === undefined ? [] : [stated(entity.name, usual)], others], '; ');
  const alias: Text = behind.length === 0 ? [] : [plain(' ('), ...behind, plain(')')];
  return [{ ...name, style: 'bold' }, ...alias];
}

function houseNameOf({ names }: Entity, houseName: string): EntityName | undefined {
  return names.find(({ text }) => text === houseName);
}

function saysSame({ given }: Claim): boolean {
  return given.predicate !== 'alias' || given.relation === 'same-as';
}

function motivesPart({ entity, knowledge, cites }: Composer): Text {
  const motives = groupClaims(knowledge.claims(entity.id, 'motivation'))
    .slice(0, 2)
    .map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  return motives.length === 0 ? [] : [plain('motivation: '), ...joinTexts(motives, ', ', ' and ')];
}

function attributionPart({ entity, knowledge, cites }: Composer): Text {
  const byCountry = new Map<string, Claim[]>();
  for (const claim of knowledge.claims(entity.id, 'attributed-to')) {
    if (claim.given.predicate !== 'attributed-to' || claim.given.country === undefined) continue;
    const name = countryName(claim.given.country);
    byCountry.set(name, [...(byCountry.get(name) ?? []), claim]);
  }
  const countries = [...byCountry].map(([name, claims]): Text => [stated(name, cites.cite(claims))]);
  return countries.length === 0 ? [] : [plain('attributed to '), ...joinTexts(countries, ', ', ' or ')];
}

/** Of dates that agree ("2014" and "2014-11") the most precise. */
function sincePart({ entity, knowledge, cites }: Composer): Text {
  const groups = groupClaims(knowledge.claims(entity.id, 'active-since'));
  const precise = groups.filter(
    ({ value }) => !groups.some((other) => other.value !== value && other.value.startsWith(value)),
  );
  const dates = precise.map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  return dates.length === 0 ? [] : [plain('active since '), ...joinTexts(dates, ', ', ' or ')];
}

/** The first few values; that there are more is told, since the order of equals says nothing. */
function targetsPart(
  { entity, knowledge, cites }: Composer,
  predicate: 'targets-sector' | 'targets-region',
  label: string,
): Text {
  const groups = groupClaims(knowledge.claims(entity.id, predicate));
  if (groups.length === 0) return [];
  const { shown, hidden } = take({ whole: false }, groups, 3);
  const texts = shown.map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  const more: Text = hidden === 0 ? [] : [plain(`${hidden} more`)];
  return [plain(label), ...joinTexts([...texts, more], ', ', ' and ')];
}

function usesPart({ entity, knowledge, cites }: Composer): Text {
  const groups = groupClaims(knowledge.claims(entity.id, 'uses'));
  const typeOf = (id: (typeof groups)[number]['object']): string | undefined =>
    id === undefined ? undefined : knowledge.entities.get(id)?.type;
  const techniques = groups.filter((group) => typeOf(group.object) === 'attack-pattern');
  const software = groups.filter((group) => ['malware', 'tool'].includes(typeOf(group.object) ?? ''));
  const parts: Text[] = [];
  if (software.length > 0) {
    const numbers = cites.cite(software.flatMap((group) => group.claims));
    parts.push([stated(counted(software.length, 'malware or tool', 'malware and tools'), numbers)]);
  }
  if (techniques.length > 0) {
    const numbers = cites.cite(techniques.flatMap((group) => group.claims));
    parts.push([stated(counted(techniques.length, 'technique'), numbers)]);
  }
  return parts.length === 0 ? [] : [plain('uses '), ...joinTexts(parts, ' and ')];
}
