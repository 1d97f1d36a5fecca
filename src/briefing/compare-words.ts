import type { Text } from '../cards/card.ts';
import type { Predicate } from '../domain/record.ts';
import { strictest } from '../domain/tlp.ts';
import type { Entity, EntityName, Knowledge, Withheld } from '../knowledge/types.ts';
import type { CiteBook } from './cites.ts';
import { voicesOf } from './cites.ts';
import type { Shared } from './compare-overlap.ts';
import type { ClaimGroup } from './facts.ts';
import { attackIdOf, labelById, relationLabels, titleOf } from './labels.ts';
import { rarityOf, usedKindOf } from './rarity.ts';
import { counted, joinTexts, plain, stated } from './text.ts';

/** What every part of a comparison's card is composed from. */
export interface CompareParts {
  readonly entities: readonly Entity[];
  /** How each is called on the card, in their order: by name and id where names alone do not tell them apart. */
  readonly labels: readonly string[];
  readonly knowledge: Knowledge;
  readonly cites: CiteBook;
  readonly whole: boolean;
}

export function labelsOf(entities: readonly Entity[]): readonly string[] {
  const titles = entities.map(titleOf);
  return entities.map((entity, at) => {
    const title = titles[at] ?? entity.name;
    const isOnly = titles.filter((other) => other === title).length === 1;
    return isOnly ? title : `${title} (${attackIdOf(entity) ?? entity.externalIds[0] ?? entity.id})`;
  });
}

/** "used by 3 of 187 actors with techniques"; undefined for what is nothing that actors use. */
export function rarityText(
  thing: Pick<Shared, 'entity' | 'users'>,
  knowledge: Knowledge,
): string | undefined {
  const kind = usedKindOf(thing.entity?.type);
  if (kind === undefined || thing.users === 0) return undefined;
  return `used by ${thing.users} of ${counted(rarityOf(knowledge).actorsWith(kind), 'actor')} with ${kind}`;
}

/** "a, b and c" */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const relationWords: Readonly<Record<string, string>> = {
  'same-as': 'is the same as',
  overlaps: 'overlaps with',
  'part-of': 'is part of',
  disputed: 'stands in a disputed relation to',
  related: 'is related to',
  'subtechnique-of': 'is a sub-technique of',
};

/** "APT29 uses Mimikatz", with everyone who says so. */
export function relationText(group: ClaimGroup, { knowledge, cites }: CompareParts): Text {
  const [{ given, standing }] = group.claims;
  const from = labelById(knowledge, group.subject, '');
  const to = labelById(knowledge, group.object, group.value);
  const likelihood =
    given.predicate === 'related-to' && given.likelihood !== undefined
      ? ` (likelihood ${given.likelihood})`
      : '';
  const voices = voicesOf(group.claims, knowledge).join(', ');
  return [
    stated(`${from} ${verbOf(group, standing !== undefined)} ${to}${likelihood}`, cites.cite(group.claims)),
    plain(` — ${voices}`),
  ];
}

const verbs: Readonly<Partial<Record<Predicate, string>>> = {
  uses: 'uses',
  exploits: 'exploits',
  'attributed-to': 'is attributed to',
  'reported-in': 'is named in',
};

function verbOf({ predicate, claims: [{ given }] }: ClaimGroup, isWeakened: boolean): string {
  if (isWeakened) return 'is called similar to, and not joined with,';
  if (given.predicate === 'related-to') return relationWords[given.relation] ?? given.relation;
  if (given.predicate === 'exploits' && given.negated === true) return 'was not observed to exploit';
  return verbs[predicate] ?? `is tied (${predicate}) to`;
}

/** A name of both, in the sense in which each side's sources give it. */
export function sharedNameText(
  [us, left]: readonly [string, EntityName],
  [them, right]: readonly [string, EntityName],
  { knowledge, cites }: CompareParts,
): Text {
  const side = (label: string, name: EntityName): Text => {
    const sense = name.kind === 'name' ? 'the name' : relationLabels[name.relation];
    const voices = voicesOf(name.claims, knowledge).join(', ');
    return [plain(`of ${label} (${sense}) `), stated(voices, cites.cite(name.claims))];
  };
  return joinTexts([side(us, left), side(them, right)], '; ');
}

/** What the ceiling holds back of any of them. */
export function withheldOf(entities: readonly Entity[], knowledge: Knowledge): Withheld {
  const each = entities.map(({ id }) => knowledge.withheld(id));
  const levels = each.flatMap(({ highest }) => highest ?? []);
  return { count: each.reduce((sum, { count }) => sum + count, 0), highest: strictest(levels) ?? null };
}
