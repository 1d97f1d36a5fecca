import type { Section, Text } from '../../cards/card.ts';
import { countryName } from '../../domain/country.ts';
import type { Claim } from '../../knowledge/types.ts';
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
  const parts = [attributionPart(composer), sincePart(composer), targetsPart(composer), usesPart(composer)];
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
  const name = stated(entity.name, cites.cite(nameClaims(entity, knowledge)));
  const also = otherNames(entity).filter((other) => other.relation === 'same-as');
  const { shown, hidden } = take({ whole: false }, also, 3);
  const texts = shown.map((other): Text => [stated(other.text, cites.cite(other.claims))]);
  const more: Text = hidden === 0 ? [] : [plain(`${hidden} more`)];
  const alias: Text =
    texts.length === 0 ? [] : [plain(' (also '), ...joinTexts([...texts, more]), plain(')')];
  const motives = groupClaims(knowledge.claims(entity.id, 'motivation'))
    .slice(0, 2)
    .map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  const motive: Text =
    motives.length === 0 ? [] : [plain(', motivation '), ...joinTexts(motives, ', ', ' and ')];
  return [{ ...name, style: 'bold' }, ...alias, ...motive];
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

function targetsPart({ entity, knowledge, cites }: Composer): Text {
  const sectors = groupClaims(knowledge.claims(entity.id, 'targets-sector'))
    .slice(0, 3)
    .map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  const regions = groupClaims(knowledge.claims(entity.id, 'targets-region'))
    .slice(0, 3)
    .map((group): Text => [stated(group.value, cites.cite(group.claims))]);
  if (sectors.length === 0 && regions.length === 0) return [];
  const where: Text = regions.length === 0 ? [] : [plain('in '), ...joinTexts(regions, ', ', ' and ')];
  return [plain('targets '), ...joinTexts([joinTexts(sectors, ', ', ' and '), where], ' ')];
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
    parts.push([stated(counted(software.length, 'software', 'software'), numbers)]);
  }
  if (techniques.length > 0) {
    const numbers = cites.cite(techniques.flatMap((group) => group.claims));
    parts.push([stated(counted(techniques.length, 'technique'), numbers)]);
  }
  return parts.length === 0 ? [] : [plain('uses '), ...joinTexts(parts, ' and ')];
}
