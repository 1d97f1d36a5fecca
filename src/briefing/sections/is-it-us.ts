import type { Section, Text } from '../../cards/card.ts';
import { regionKey } from '../../domain/region.ts';
import { sectorKey } from '../../domain/sector.ts';
import type { Claim } from '../../knowledge/types.ts';
import { placeName, placesIn } from '../../questions/condition-region.ts';
import { type Composer, take } from '../composer.ts';
import type { Ours } from '../context.ts';
import { groupClaims } from '../facts.ts';
import { joinTexts, plain, stated } from '../text.ts';

/**
 * Whether an actor concerns us: those of its recorded targets that are our sectors, or lie in our regions, or that our
 * regions lie in. Nothing where nobody said what we are.
 */
export function isItUsSection(composer: Composer, ours: Ours | undefined): Section | undefined {
  if (ours === undefined || (ours.sectors.length === 0 && ours.regions.length === 0)) return undefined;
  const sectors = hits(composer, 'targets-sector', (claim) =>
    ours.sectors.includes(sectorKey(claim.value)) ? '' : undefined,
  );
  const regions = hits(composer, 'targets-region', (claim) => placeWords(claim, ours.regions));
  const found = joinTexts([sectors, regions], '; ');
  const words: Text =
    found.length === 0
      ? [plain(`No source records ${oursText(ours)} among its targets.`)]
      : [{ text: 'Concerns us', style: 'bold' }, plain(': targets '), ...found, plain('.')];
  return { type: 'text', id: 'is-it-us', heading: 'Is it us?', rank: 0, paragraphs: [words] };
}

function oursText({ sectors, regions }: Ours): string {
  if (regions.length === 0) return 'our sectors';
  return sectors.length === 0 ? 'our regions' : 'our sectors or regions';
}

const shownHits = 5;

/** Targets that concern us, most sources first; `wordsOf` gives what stands behind one, or undefined for none of ours. */
function hits(
  { entity, knowledge, cites }: Composer,
  predicate: 'targets-sector' | 'targets-region',
  wordsOf: (claim: Claim) => string | undefined,
): Text {
  const groups = groupClaims(knowledge.claims(entity.id, predicate)).flatMap((group) => {
    const [first] = group.claims;
    const words = first === undefined ? undefined : wordsOf(first);
    return words === undefined ? [] : [{ group, words }];
  });
  const { shown, hidden } = take({ whole: false }, groups, shownHits);
  const texts = shown.map(
    ({ group, words }): Text => [stated(`${group.value}${words}`, cites.cite(group.claims))],
  );
  return joinTexts([...texts, hidden === 0 ? [] : [plain(`${hidden} more`)]], ', ', ' and ');
}

/** How a targeted place is one of ours: `` for the same, ` (in Europe)`, ` (with Germany)`; undefined for none. */
function placeWords({ given, value }: Claim, regions: readonly string[]): string | undefined {
  const place =
    given.predicate === 'targets-region' && given.country !== undefined ? given.country : regionKey(value);
  if (regions.includes(place)) return '';
  const around = regions.find((ours) => placesIn(ours).has(place));
  if (around !== undefined) return ` (in ${placeName(around)})`;
  const inside = regions.find((ours) => placesIn(place).has(ours));
  return inside === undefined ? undefined : ` (with ${placeName(inside)})`;
}
