import type { Item, Section } from '../cards/card.ts';
import { nameKey } from '../domain/name-key.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import { wordsMarking } from '../knowledge/identity.ts';
import type { Entity, EntityDecision, Knowledge } from '../knowledge/types.ts';
import type { StoredDecision } from '../store/types.ts';
import type { Composer } from './composer.ts';
import { bold, dayOf, plain } from './text.ts';

/** What an operator decided about an entity, as one line for each decision. */
export function decisionWords(decision: EntityDecision, knowledge: Knowledge): string {
  const others = decision.others.flatMap((id) => knowledge.entities.get(id)?.name ?? []);
  const names = (decision.names ?? []).map((name) => `“${name}”`);
  const parted = [
    ...(others.length === 0 ? [] : [`Kept apart from ${others.join(', ')} by an operator’s decision`]),
    ...(names.length === 0 ? [] : [`No longer called ${names.join(', ')}, by an operator’s decision`]),
  ].join('. ');
  const what =
    decision.kind === 'same' ? `Joined by an operator’s decision: ${decision.members.join(', ')}` : parted;
  return `${what}${circumstances(decision)}`;
}

/** For whom the words of a decision are: its own marking, else GREEN as soon as they tell a reason or who decided. */
export function markingOfWords({
  marking,
  reason,
  by,
}: Pick<EntityDecision, 'marking' | 'reason' | 'by'>): Tlp {
  return marking ?? (reason === undefined && by === undefined ? 'clear' : wordsMarking);
}

function circumstances({
  reason,
  by,
  date,
  place,
}: Pick<EntityDecision, 'reason' | 'by' | 'date' | 'place'>): string {
  const where = [by, date, place].filter((part) => part !== undefined).join(', ');
  return `${reason === undefined ? '' : `. ${reason}`}${where === '' ? '' : ` (${where})`}`;
}

/** The decisions in force, then those that were taken back. */
export function decisionsSection(
  past: readonly StoredDecision[],
  { entity, knowledge, cites }: Composer,
): Section | undefined {
  for (const decision of [...(entity.decisions ?? []), ...past]) cites.noteMarking(markingOfWords(decision));
  const items = [
    ...(entity.decisions ?? []).map(
      (decision): Item => ({ text: [plain(decisionWords(decision, knowledge))] }),
    ),
    ...past.map((decision): Item => ({ text: [bold('Taken back'), plain(`: ${pastWords(decision)}`)] })),
  ];
  return items.length === 0
    ? undefined
    : { type: 'list', id: 'decisions', heading: 'Decided by an operator', rank: 1, items };
}

function pastWords(decision: StoredDecision): string {
  const { kind, members, seenAt, goneAt } = decision;
  const what = kind === 'same' ? 'were one' : 'were kept apart';
  const until = goneAt === null ? '' : ` to ${dayOf(new Date(goneAt).toISOString())}`;
  return `${members.join(', ')} ${what} from ${dayOf(new Date(seenAt).toISOString())}${until}${circumstances(decision)}`;
}

/**
 * Decisions about an entity that are no longer in force, newest first, as far as the audience may know: all members
 * known to it, and the reason from GREEN or from the decision's own marking on.
 */
export function pastDecisions(
  entity: Entity,
  history: readonly StoredDecision[],
  knowledge: Knowledge,
  ceiling: Tlp,
): readonly StoredDecision[] {
  const names = new Set(entity.names.map(({ text }) => nameKey(text)));
  const isOfIt = (member: string): boolean =>
    knowledge.entity(member)?.id === entity.id || names.has(nameKey(member));
  const past = history.filter(
    (decision) =>
      decision.goneAt !== null &&
      isAllowed(decision.marking ?? 'clear', ceiling) &&
      decision.members.some(isOfIt) &&
      decision.members.every((member) => isOfIt(member) || isKnown(member, knowledge)),
  );
  return past.toReversed().map((decision) => {
    if (decision.marking !== undefined || isAllowed(wordsMarking, ceiling)) return decision;
    const { reason: _, by: __, ...shown } = decision;
    return shown;
  });
}

function isKnown(member: string, knowledge: Knowledge): boolean {
  if (knowledge.entity(member) !== undefined) return true;
  const key = nameKey(member);
  for (const { names } of knowledge.entities.values()) {
    if (names.some(({ text }) => nameKey(text) === key)) return true;
  }
  return false;
}
