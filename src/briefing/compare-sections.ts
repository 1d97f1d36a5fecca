import type { Field, Item, Section, Text } from '../cards/card.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import { isOnlyMentioned, isWeighed, type Kind, type Stated, type StatedValues } from './compare-kinds.ts';
import { type Comparison, overlapOf, overlapText, type Shared } from './compare-overlap.ts';
import { type CompareParts, listed, rarityText } from './compare-words.ts';
import { take } from './composer.ts';
import { disagreementsSection } from './sections/disagreements.ts';
import { foundInWords } from './sections/named.ts';
import { bold, joinTexts, plain, stated } from './text.ts';

const shownShared = 12;
const shownAlone = 5;
const alonePerLine = 10;

/** For each kind how much of what any has all have, with what each has in all. */
export function overlapSection(comparisons: readonly Comparison[], parts: CompareParts): Section | undefined {
  const items = comparisons
    .filter((one) => isComparable(one, parts))
    .map(({ kind, overlap, values }): Item => {
      const each = values.map(
        (one, at) =>
          `${one.size === 0 ? 'none known' : one.size} of ${parts.labels[at] ?? ''}${throughCount(one)}`,
      );
      const claims = values.flatMap((one) => [...one.values()].flatMap((value) => value.claims));
      return {
        text: [
          bold(kind.heading),
          plain(': '),
          stated(overlapText(overlap), parts.cites.cite(claims)),
          plain(` — ${each.join(', ')}`),
        ],
      };
    });
  if (items.length === 0) return undefined;
  const heading = `In common of all that is known (Jaccard)`;
  return { type: 'list', id: 'overlap', heading, rank: 1, items };
}

/** How much of it is stated only of campaigns. */
function throughCount(values: StatedValues): string {
  const count = [...values.values()].filter(({ isThrough }) => isThrough === true).length;
  return count === 0 ? '' : ` (${count} through campaigns)`;
}

/** Of things of different types, where a kind is known of one alone there is nothing to hold against it. */
function isComparable({ values }: Comparison, { entities }: CompareParts): boolean {
  const isOneType = entities.every(({ type }) => type === entities[0]?.type);
  return isOneType || values.filter(({ size }) => size > 0).length > 1;
}

/** For three and more: how much every two have in common, in what actors use. */
export function pairsSection(comparisons: readonly Comparison[], parts: CompareParts): Section | undefined {
  if (parts.entities.length < 3) return undefined;
  const weighed = comparisons.filter(({ kind }) => isWeighed(kind));
  const measured = weighed.length > 0 ? weighed : comparisons;
  const items = parts.labels.flatMap((left, at) =>
    parts.labels.slice(at + 1).map((right, behind): Item => {
      const figures = measured.flatMap(({ kind, values }): readonly Text[] => {
        const sides = [values[at], values[at + 1 + behind]].filter((side) => side !== undefined);
        const claims = sides.flatMap((side) => [...side.values()].flatMap((value) => value.claims));
        const words = `${kind.heading.toLowerCase()} ${overlapText(overlapOf(sides))}`;
        return sides.some(({ size }) => size > 0) ? [[stated(words, parts.cites.cite(claims))]] : [];
      });
      return {
        text: [
          bold(`${left} and ${right}`),
          plain(': '),
          ...joinTexts(figures.length === 0 ? [[plain('nothing to compare')]] : figures),
        ],
      };
    }),
  );
  return { type: 'list', id: 'pairs', heading: 'Two by two', rank: 2, items };
}

/** What two or more of them have, kind by kind: what actors use with how rare it is, the rarest first. */
export function sharedSections(
  comparisons: readonly Comparison[],
  parts: CompareParts,
): readonly (Section | undefined)[] {
  const lists = comparisons.filter(({ kind, shared }) => shared.length > 0 && !isValue(kind));
  return [
    ...lists.map(({ kind, shared }): Section => {
      const { shown, total } = take(parts, shared, shownShared);
      const heading = `${kind.heading} in common${isWeighed(kind) ? ', rarest first' : ''}`;
      const items = shown.map((one) => sharedItem(one, parts));
      const rank = isWeighed(kind) ? 2 : 3;
      return { type: 'list', id: `shared-${kind.id}`, heading, rank, items, ...total };
    }),
    sharedValuesSection(comparisons, parts),
  ];
}

const valueKinds: readonly string[] = [
  'sectors',
  'regions',
  'countries',
  'motivation',
  'tactics',
  'platforms',
];

/** True for kinds of plain values, of which many stand in one line. */
function isValue({ id }: Kind): boolean {
  return valueKinds.includes(id);
}

function sharedValuesSection(comparisons: readonly Comparison[], parts: CompareParts): Section | undefined {
  const fields = comparisons.flatMap(({ kind, shared }): readonly Field[] => {
    if (shared.length === 0 || !isValue(kind)) return [];
    const { shown, hidden } = take(parts, shared, shownShared);
    const texts = shown.map((one): Text => {
      const who = ownersText(one, parts);
      const claims = one.stated.flatMap((value) => value.claims);
      return [
        stated(one.label, parts.cites.cite(claims)),
        ...(who === undefined ? [] : [plain(` (${who})`)]),
      ];
    });
    return [
      { label: kind.heading, value: joinTexts([...texts, hidden === 0 ? [] : [plain(`+${hidden} more`)]]) },
    ];
  });
  if (fields.length === 0) return undefined;
  return { type: 'fields', id: 'shared-values', heading: 'Also in common', rank: 2, fields };
}

/** Who of more than two has it; undefined of two, where it is both. */
function ownersText({ owners }: Shared, { entities, labels }: CompareParts): string | undefined {
  if (entities.length === 2) return undefined;
  return owners.length === entities.length ? 'all' : listed(owners.map((at) => labels[at] ?? ''));
}

function sharedItem(shared: Shared, parts: CompareParts): Item {
  const claims = shared.stated.flatMap((one) => one.claims);
  const who = ownersText(shared, parts);
  const found = shared.stated.some(isOnlyMentioned) ? [`a name was ${foundInWords}`] : [];
  const rarity = rarityText(shared, parts.knowledge);
  const remarks = [who, rarity, ...found].filter((remark) => remark !== undefined);
  return {
    text: [
      stated(shared.label, parts.cites.cite(claims)),
      ...(remarks.length === 0 ? [] : [plain(` — ${remarks.join('; ')}`)]),
    ],
  };
}

/** What each has alone: the rarest named, the others counted; with nothing left out, all of it in lines of ten. */
export function aloneSections(comparisons: readonly Comparison[], parts: CompareParts): readonly Section[] {
  return parts.entities.flatMap((_, at): readonly Section[] => {
    const items = comparisons.flatMap(({ kind, alone }): readonly Item[] => {
      const values = alone[at] ?? [];
      if (values.length === 0) return [];
      const label = bold(`${kind.heading} (${values.length})`);
      if (!parts.whole) {
        const { shown, hidden } = take(parts, values, shownAlone);
        const more: Text = hidden === 0 ? [] : [plain(`+${hidden} more`)];
        return [
          { text: [label, plain(': '), ...joinTexts([...shown.map((one) => aloneText(one, parts)), more])] },
        ];
      }
      return linesOf(values).map((line) => ({
        text: [label, plain(': '), ...joinTexts(line.map((one) => aloneText(one, parts)))],
      }));
    });
    if (items.length === 0) return [];
    const heading = `Only ${parts.labels[at]}`;
    return [{ type: 'list', id: `only-${at + 1}`, heading, rank: 4, items }];
  });
}

function aloneText({ label, claims }: Stated, { cites }: CompareParts): Text {
  return [stated(label, cites.cite(claims))];
}

function linesOf(values: readonly Stated[]): readonly (readonly Stated[])[] {
  const lines: (readonly Stated[])[] = [];
  for (let at = 0; at < values.length; at += alonePerLine) lines.push(values.slice(at, at + alonePerLine));
  return lines;
}

/** Where sources contradict one another about one of them, each line with whom it is about. */
export function disagreementsOf(parts: CompareParts): Section | undefined {
  const items = parts.entities.flatMap((entity, at): readonly Item[] => {
    const section = disagreementsSection({ ...parts, entity, whole: true });
    const lines = section?.type === 'list' ? section.items : [];
    return lines.map(({ text }) => ({ text: [plain(`${parts.labels[at]} — `), ...text] }));
  });
  if (items.length === 0) return undefined;
  const { shown, total } = take(parts, items, 6);
  return { type: 'list', id: 'disagreements', heading: 'Sources disagree', rank: 5, items: shown, ...total };
}

/** What a reader may not conclude. */
export function cautionSection(parts: CompareParts): Section {
  const kinds = new Set(parts.entities.map(({ type }) => entityTypeLabels[type].many.toLowerCase()));
  const text = `An overlap is no attribution: it counts what sources here record, and of some ${listed([...kinds])} they record far more than of others. “In common” is what all of them have, out of what any of them has.`;
  return { type: 'text', id: 'caution', rank: 3, paragraphs: [[plain(text)]] };
}
