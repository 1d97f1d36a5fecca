import type { Item, Section, Text } from '../cards/card.ts';
import type { Claim } from '../knowledge/types.ts';
import { voicesOf } from './cites.ts';
import { isWeighed } from './compare-kinds.ts';
import { labelled, weighedClaims } from './compare-links.ts';
import type { Comparison } from './compare-overlap.ts';
import { isAlike, type ListedApart, type Pair } from './compare-pair.ts';
import { type CompareParts, rarityText } from './compare-words.ts';
import { take } from './composer.ts';
import { countriesExclude, motivationsExclude, sectorsExclude } from './exclusions.ts';
import type { ClaimGroup } from './facts.ts';
import { nameClaims } from './names.ts';
import { bold, counted, plain, stated } from './text.ts';

/** At most so many users make a software or a technique rare, for what speaks for a link. */
const rareUsers = 5;
const shownRare = 5;

/** Recorded facts that speak for a link, pair by pair: names, rare means, origin, campaigns and reports of both. */
export function forSection(
  pairs: readonly Pair[],
  comparisons: readonly Comparison[],
  parts: CompareParts,
): Section | undefined {
  const items = pairs.flatMap((pair) => {
    const at = positionsOf(pair, parts);
    return [...namesItem(pair, parts), ...comparisons.flatMap((one) => sharedItems(one, at, parts))].map(
      (item) => prefixed(item, pair, parts),
    );
  });
  return pointsSection('speaks-for', 'Recorded facts that speak for a link', items, parts);
}

/** Recorded facts that speak against it: refused joins, lists that have both, origins and aims that exclude another. */
export function againstSection(
  pairs: readonly Pair[],
  comparisons: readonly Comparison[],
  parts: CompareParts,
): Section | undefined {
  const items = pairs.flatMap((pair) => {
    const at = positionsOf(pair, parts);
    return [
      ...refusalItems(pair, parts),
      ...(isAlike(pair) ? pair.listedApart.map((list) => listItem(list, parts)) : []),
      ...comparisons.flatMap((one) => excludedItems(one, at, parts)),
    ].map((item) => prefixed(item, pair, parts));
  });
  return pointsSection('speaks-against', 'Recorded facts that speak against it', items, parts);
}

function pointsSection(
  id: string,
  heading: string,
  items: readonly Item[],
  parts: CompareParts,
): Section | undefined {
  if (items.length === 0) return undefined;
  const { shown, total } = take(parts, items, 8);
  return { type: 'list', id, heading, rank: 2, items: shown, ...total };
}

function positionsOf({ left, right }: Pair, { entities }: CompareParts): readonly [number, number] {
  return [entities.indexOf(left), entities.indexOf(right)];
}

/** With more than two the pair is named. */
function prefixed(item: Item, pair: Pair, parts: CompareParts): Item {
  return parts.entities.length === 2
    ? item
    : { text: [bold(labelled(pair, parts)), plain(': '), ...item.text] };
}

function namesItem({ sharedNames }: Pair, { cites }: CompareParts): readonly Item[] {
  if (sharedNames.length === 0) return [];
  const texts = sharedNames.slice(0, shownRare).map(({ left }) => `“${left.text}”`);
  const more = sharedNames.length - texts.length;
  const words = `${texts.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  const claims = sharedNames.flatMap(({ left, right }) => [...left.claims, ...right.claims]);
  return [{ text: [plain('Both are called '), stated(words, cites.cite(claims))] }];
}

/** What the two share of a kind: rare means one by one, other values in a line. */
function sharedItems(
  { kind, shared }: Comparison,
  [left, right]: readonly [number, number],
  parts: CompareParts,
): readonly Item[] {
  const both = shared.filter(({ owners }) => owners.includes(left) && owners.includes(right));
  const claimsOf = ({ owners, stated: values }: (typeof both)[number]): readonly Claim[] =>
    values.flatMap(({ claims }, at) => (owners[at] === left || owners[at] === right ? claims : []));
  if (isWeighed(kind)) {
    return both
      .filter(({ users }) => users > 0 && users <= rareUsers)
      .toSorted((a, b) => a.users - b.users)
      .slice(0, shownRare)
      .map((one) => ({
        text: [
          plain('Both use '),
          stated(one.label, parts.cites.cite(claimsOf(one))),
          plain(`, ${rarityText(one, parts.knowledge)}`),
        ],
      }));
  }
  const words = sharedWords[kind.id];
  if (words === undefined || both.length === 0) return [];
  const shown = both.slice(0, shownRare);
  const more = both.length - shown.length;
  const labels = `${shown.map(({ label }) => label).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  return [{ text: [plain(words), stated(labels, parts.cites.cite(both.flatMap(claimsOf)))] }];
}

const sharedWords: Readonly<Record<string, string>> = {
  countries: 'Both are attributed to ',
  motivation: 'Both have the motivation ',
  campaigns: 'Both are tied to ',
  reports: 'Both are named in ',
  users: 'Both are used by ',
};

/** What somebody knows that tells the two apart. */
function refusalItems(pair: Pair, { cites }: CompareParts): readonly Item[] {
  const reasons = Map.groupBy(pair.refusals, ({ apart, detail }) => apart ?? detail.split(', but ')[1]);
  return [...reasons].flatMap(([reason, refusals]): readonly Item[] => {
    if (reason === undefined) return [];
    const claims = refusals.flatMap((refusal) => weighedClaims(refusal, pair));
    return [{ text: [stated(`Not joined: ${reason}`, cites.cite(claims))] }];
  });
}

function listItem({ source, collection, claims }: ListedApart, { knowledge, cites }: CompareParts): Item {
  const title = knowledge.sources.get(source)?.title ?? source;
  const list = collection === undefined || title.includes(collection) ? '' : ` (${collection})`;
  return { text: [stated(`${title}${list} has an entry for each of the two`, cites.cite(claims))] };
}

type Excludes = (a: ReadonlySet<string>, b: ReadonlySet<string>) => boolean;

const exclusions: Readonly<Record<string, readonly [Excludes, string]>> = {
  countries: [countriesExclude, 'Attributed to different countries'],
  motivation: [motivationsExclude, 'Different motivation'],
  sectors: [sectorsExclude, 'No target sector in common'],
};

/** Values of the two of which none can be the other's, and means of which none is shared. */
function excludedItems(
  { kind, values }: Comparison,
  [left, right]: readonly [number, number],
  parts: CompareParts,
): readonly Item[] {
  const [ours, theirs] = [values[left], values[right]];
  if (ours === undefined || theirs === undefined || ours.size === 0 || theirs.size === 0) return [];
  const sides = [
    [parts.labels[left], ours],
    [parts.labels[right], theirs],
  ] as const;
  if (isWeighed(kind)) {
    if ([...ours.keys()].some((key) => theirs.has(key))) return [];
    const claims = sides.flatMap(([, side]) => [...side.values()].flatMap((value) => value.claims));
    const words = sides.map(([label, side]) => `${side.size} of ${label}`).join(', ');
    return [{ text: [plain(`No ${kind.id} in common: `), stated(words, parts.cites.cite(claims))] }];
  }
  const [excludes, words] = exclusions[kind.id] ?? [];
  if (excludes === undefined || words === undefined) return [];
  const textsOf = (side: typeof ours): ReadonlySet<string> =>
    new Set(kind.id === 'countries' ? side.keys() : [...side.values()].map(({ label }) => label));
  if (!excludes(textsOf(ours), textsOf(theirs))) return [];
  const texts = sides.flatMap(([label, side], at) => {
    const shown = [...side.values()].slice(0, shownRare);
    const more = side.size - shown.length;
    const claims = shown.flatMap((value) => value.claims);
    const list = `${shown.map((value) => value.label).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
    return [plain(`${at === 0 ? '' : '; '}${label}: `), stated(list, parts.cites.cite(claims))];
  });
  return [{ text: [plain(`${words}: `), ...texts] }];
}

/** The sentence that answers "are they the same" and "how are they related" first. */
export function verdictText(pair: Pair, parts: CompareParts): Text {
  const both = labelled(pair, parts);
  const { cites, knowledge } = parts;
  if (pair.isDecided) return [plain(`${both} are two here, by an operator’s decision.`)];
  const same = pair.relations.filter(saysSimilar).flatMap(({ claims }) => claims);
  if (same.length > 0) {
    const voices = voicesOf(same, knowledge).join(', ');
    return [stated(`${both} are two here, though called similar by ${voices}`, cites.cite(same)), plain('.')];
  }
  const stating = pair.relations.flatMap(({ claims }) => claims);
  if (stating.length > 0) {
    const words = `sources state ${counted(pair.relations.length, 'relation')} between them`;
    return [plain(`${both} are two here; `), stated(words, cites.cite(stating)), plain('.')];
  }
  const names = pair.sharedNames.flatMap(({ left, right }) => [...left.claims, ...right.claims]);
  if (names.length > 0) {
    const words = counted(pair.sharedNames.length, 'name stands with both', 'names stand with both');
    return [plain(`${both} are two here; `), stated(words, cites.cite(names)), plain('.')];
  }
  const named = [pair.left, pair.right].flatMap((entity) => nameClaims(entity, knowledge));
  return [
    stated(`${both} are two here`, cites.cite(named)),
    plain(', and no source here states a relation between them.'),
  ];
}

function saysSimilar({ claims: [{ given, standing }] }: ClaimGroup): boolean {
  return given.predicate === 'related-to' && (given.relation === 'same-as' || standing === 'weakened');
}
