import type { Item, Section } from '../cards/card.ts';
import type { Claim, JoinRefusal } from '../knowledge/types.ts';
import { type Pair } from './compare-pair.ts';
import { type CompareParts, relationText, sharedNameText } from './compare-words.ts';
import { take } from './composer.ts';
import { bold, plain, stated } from './text.ts';
import { ruleWords } from './why-chain.ts';
import { decisionWords } from './why-decisions.ts';

/** Relations that sources state between the compared, then joins that were weighed and refused. */
export function relationsSection(pairs: readonly Pair[], parts: CompareParts): Section {
  const items: Item[] = pairs.flatMap((pair) => [
    ...pair.relations.map((group) => ({ text: relationText(group, parts) })),
    ...decisionItems(pair, parts),
    ...pair.refusals.map((refusal) => ({
      text: [
        stated(
          `${labelled(pair, parts)} were weighed as one and not joined — ${refusalText(refusal)}`,
          parts.cites.cite(weighedClaims(refusal, pair)),
        ),
      ],
    })),
  ]);
  const heading = 'What is said of them together';
  if (items.length === 0) {
    const who = parts.entities.length === 2 ? 'the two' : 'any two of them';
    return {
      type: 'list',
      id: 'relations',
      heading,
      rank: 1,
      items: [{ text: [plain(`No source here states a relation between ${who}, or that they are one.`)] }],
    };
  }
  const { shown, total } = take(parts, items, 8);
  return { type: 'list', id: 'relations', heading, rank: 1, items: shown, ...total };
}

/** The rule that proposed it, what it rests on, and what spoke against it. */
function refusalText({ rule, detail }: JoinRefusal): string {
  return rule === 'shared-alias' ? detail : `${ruleWords[rule]}: ${detail}`;
}

/** The names of the two records that were weighed. */
export function weighedClaims({ record, otherRecord }: JoinRefusal, { left, right }: Pair): readonly Claim[] {
  const keys = new Set([record, otherRecord].map(({ source, externalId }) => `${source}\n${externalId}`));
  return [left, right]
    .flatMap(({ names }) => names.flatMap(({ claims }) => claims))
    .filter(
      ({ predicate, provenance }) =>
        predicate === 'name' && keys.has(`${provenance.source}\n${provenance.record}`),
    );
}

function decisionItems({ left, right }: Pair, { knowledge }: CompareParts): readonly Item[] {
  const decisions = [
    ...(left.decisions ?? []).filter(({ others }) => others.includes(right.id)),
    ...(right.decisions ?? []).filter(({ others }) => others.includes(left.id)),
  ];
  const words = new Set(decisions.map((decision) => decisionWords(decision, knowledge)));
  return [...words].map((text) => ({ text: [plain(text)] }));
}

export function labelled({ left, right }: Pair, { entities, labels }: CompareParts): string {
  return `${labels[entities.indexOf(left)] ?? left.name} and ${labels[entities.indexOf(right)] ?? right.name}`;
}

/** Names that two of them carry, each with who gives it to whom. */
export function namesSection(pairs: readonly Pair[], parts: CompareParts): Section | undefined {
  const items = pairs.flatMap(({ left, right, sharedNames }) => {
    const [us, them] = [left, right].map((one) => parts.labels[parts.entities.indexOf(one)] ?? one.name);
    return sharedNames.map((name): Item => {
      const text = sharedNameText([us ?? '', name.left], [them ?? '', name.right], parts);
      return { text: [bold(name.left.text), plain(' — '), ...text] };
    });
  });
  if (items.length === 0) return undefined;
  const { shown, total } = take(parts, items, 8);
  return { type: 'list', id: 'shared-names', heading: 'Names in common', rank: 1, items: shown, ...total };
}
