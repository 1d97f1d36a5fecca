import type { Item, Section, Text } from '../../cards/card.ts';
import { countryName, parseCountry } from '../../domain/country.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Claim } from '../../knowledge/types.ts';
import { voiceOf } from '../cites.ts';
import type { Composer } from '../composer.ts';
import { labelById } from '../labels.ts';
import { bold, joinTexts, plain, stated } from '../text.ts';

/** Who attributes the entity to whom: one line for each country, sponsor or actor, each source with its confidence. */
export function attributionSection(composer: Composer): Section | undefined {
  const claims = composer.knowledge.claims(composer.entity.id, 'attributed-to');
  const isActor = composer.entity.type === 'intrusion-set';
  if (claims.length === 0 && !isActor) return undefined;
  const items: Item[] = [...byAttribution(claims, composer)].map(([name, sides]) => ({
    text: [bold(name), plain(' — '), ...voices(sides, composer)],
  }));
  if (items.length === 0)
    items.push({ text: [plain('No source here attributes it to a country or a sponsor.')] });
  return { type: 'list', id: 'attribution', heading: 'Who says so', rank: 1, items };
}

function byAttribution(
  claims: readonly Claim[],
  { knowledge }: Composer,
): ReadonlyMap<string, readonly Claim[]> {
  const lines = new Map<string, Claim[]>();
  const add = (name: string, claim: Claim): void => {
    lines.set(name, [...(lines.get(name) ?? []), claim]);
  };
  for (const claim of claims) {
    const { given, object } = claim;
    if (given.predicate !== 'attributed-to') continue;
    if (object !== undefined) add(labelById(knowledge, object, claim.value), claim);
    if (given.country !== undefined) add(countryName(given.country), claim);
    if (given.sponsor !== undefined && !isCountry(given.sponsor, given.country))
      add(`Sponsor: ${given.sponsor}`, claim);
    if (object === undefined && given.country === undefined && given.sponsor === undefined)
      add(given.text, claim);
  }
  return lines;
}

function voices(claims: readonly Claim[], composer: Composer): Text {
  const texts = new Map<string, { label: string; link: string | undefined; claims: Claim[] }>();
  for (const claim of claims) {
    const label = `${voiceOf(claim.provenance, composer.knowledge)}${remarks(claim)}`;
    const known = texts.get(label);
    if (known === undefined) texts.set(label, { label, link: claim.provenance.reference, claims: [claim] });
    else known.claims.push(claim);
  }
  return joinTexts(
    [...texts.values()].map((voice) => [stated(voice.label, composer.cites.cite(voice.claims), voice.link)]),
  );
}

/** Confidence, and the words as written where they say more than the country's name. */
function remarks({ given, provenance }: Claim): string {
  const parts: string[] = [];
  if (provenance.confidence !== null) parts.push(`confidence ${provenance.confidence}`);
  if (
    given.predicate === 'attributed-to' &&
    given.country !== undefined &&
    isHedged(given.text, given.country) &&
    // A sponsor's name has a line of its own.
    nameKey(given.text) !== nameKey(given.sponsor ?? '')
  ) {
    parts.push(`“${given.text}”`);
  }
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** "Russian Federation" as the sponsor of an actor of Russia says nothing more. */
function isCountry(sponsor: string, country: string | undefined): boolean {
  return country !== undefined && parseCountry(sponsor)?.code === country;
}

function isHedged(text: string, country: string): boolean {
  return (
    nameKey(text) !== nameKey(countryName(country)) &&
    nameKey(text) !== nameKey(country) &&
    parseCountry(text)?.code !== country
  );
}
