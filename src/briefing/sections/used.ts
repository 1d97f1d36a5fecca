import type { Item, Section, Text } from '../../cards/card.ts';
import type { EntityType } from '../../domain/entity-type.ts';
import { entityTypeLabels } from '../../domain/entity-type.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Entity, Knowledge } from '../../knowledge/types.ts';
import { tacticLabel } from '../../questions/condition-tactic.ts';
import { assertNever } from '../../support/assert-never.ts';
import { type Composer, take } from '../composer.ts';
import { sourceCount } from '../facts.ts';
import { firstTactics, labelOf, tacticTitles } from '../labels.ts';
import { bold, counted, joinTexts, plain, stated } from '../text.ts';
import { tacticsOf, type Used, usedBy } from '../used.ts';
import { throughWords } from '../uses-of.ts';

/** What is most characteristic: the software and techniques that the fewest other actors use. */
export function firstUseSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const line = (label: string, types: readonly EntityType[], limit: number): readonly Item[] => {
    const { shown } = take({ whole: false }, usedBy(entity, knowledge, types), limit);
    if (shown.length === 0) return [];
    const texts = shown.map(
      (used): Text => [
        stated(labelOf(used.entity), cites.cite(used.group.claims)),
        plain(` (${rarityPhrase(used, entity)})${throughWords(used.via)}`),
      ],
    );
    return [{ text: [bold(label), plain(': '), ...joinTexts(texts)] }];
  };
  const items = [...line('Software', ['malware', 'tool'], 4), ...line('Techniques', ['attack-pattern'], 3)];
  return items.length === 0
    ? undefined
    : {
        type: 'list',
        id: 'first-use',
        heading: 'What they use, rarest in these sources first',
        rank: 1,
        items,
      };
}

/** How many actors are known to use it. On an actor's own card one is that actor. */
function rarityPhrase({ users }: Used, owner: Entity): string {
  return users === 1 && owner.type === 'intrusion-set' ? 'only this actor' : counted(users, 'actor');
}

/** For each tactic of the beginning of an intrusion, the techniques that most sources state. */
export function checkFirstSection(composer: Composer): Section | undefined {
  const byTactic = techniquesByTactic(composer);
  const items = firstTactics.flatMap((tactic): readonly Item[] => {
    const techniques = [...(byTactic.get(tactic) ?? [])].sort(
      (a, b) => sourceCount(b.group.claims) - sourceCount(a.group.claims),
    );
    return techniques.length === 0 ? [] : [tacticItem(tactic, techniques.slice(0, 2), 0, composer)];
  });
  return items.length === 0
    ? undefined
    : { type: 'list', id: 'check-first', heading: 'What to check first', rank: 1, items };
}

/** All techniques, a line for each tactic in the order of an intrusion. */
export function techniquesSection(composer: Composer): Section | undefined {
  const byTactic = techniquesByTactic(composer);
  if (byTactic.size === 0) return undefined;
  const order = [
    ...tacticTitles.keys(),
    ...[...byTactic.keys()].filter((tactic) => !tacticTitles.has(tactic)),
  ];
  const items = order.flatMap((tactic): readonly Item[] => {
    const techniques = byTactic.get(tactic);
    if (techniques === undefined) return [];
    if (composer.whole || composer.within !== undefined)
      return chunks(techniques, 10).map((part) => tacticItem(tactic, part, 0, composer));
    const { shown, hidden } = take(composer, techniques, 5);
    return [tacticItem(tactic, shown, hidden, composer)];
  });
  return { type: 'list', id: 'techniques', heading: 'Techniques by tactic', rank: 3, items };
}

const noTactic = 'tactic not stated';

function techniquesByTactic(composer: Composer): ReadonlyMap<string, readonly Used[]> {
  const { entity, knowledge, cites, within } = composer;
  const byTactic = new Map<string, Used[]>();
  for (const used of usedBy(entity, knowledge, ['attack-pattern'])) {
    const tactics = tacticsOf(used.entity, knowledge);
    cites.note(knowledge.claims(used.entity.id, 'tactic'));
    for (const tactic of tactics.length === 0 ? [noTactic] : tactics) {
      if (within?.kind === 'tactic' && within.key !== tactic) continue;
      byTactic.set(tactic, [...(byTactic.get(tactic) ?? []), used]);
    }
  }
  return byTactic;
}

function tacticItem(tactic: string, techniques: readonly Used[], hidden: number, composer: Composer): Item {
  const title = tacticTitles.get(tactic) ?? tactic;
  const texts = techniques.map(
    (used): Text => [
      stated(labelOf(used.entity), composer.cites.cite(used.group.claims)),
      ...(used.via.length === 0 ? [] : [plain(throughWords(used.via))]),
    ],
  );
  const more: Text = hidden === 0 ? [] : [plain(`+${hidden} more`)];
  return { text: [bold(title), plain(': '), ...joinTexts([...texts, more])] };
}

function chunks<Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  const parts: (readonly Value[])[] = [];
  for (let start = 0; start < values.length; start += size) parts.push(values.slice(start, start + size));
  return parts;
}

export function softwareSection(composer: Composer): Section | undefined {
  return softwareOf(composer, ['malware', 'tool'], 'software', 'Software');
}

export function malwareSection(composer: Composer): Section | undefined {
  return softwareOf(composer, ['malware'], 'malware', entityTypeLabels.malware.many);
}

export function toolsSection(composer: Composer): Section | undefined {
  return softwareOf(composer, ['tool'], 'tools', entityTypeLabels.tool.many);
}

/** What the entity uses of some types, within the scope that was asked for. */
export function usedWithin(
  { entity, knowledge, within }: Composer,
  types: readonly EntityType[],
): readonly Used[] {
  const used = usedBy(entity, knowledge, types);
  if (within === undefined) return used;
  switch (within.kind) {
    case 'tactic':
      // Software has no tactic of its own: what counts is that it does a technique of the tactic.
      return used.filter(({ entity: one }) =>
        one.type === 'attack-pattern'
          ? tacticsOf(one, knowledge).includes(within.key)
          : techniquesWithin(one, within.key, knowledge).length > 0,
      );
    case 'platform':
      return used.filter((one) =>
        knowledge.claims(one.entity.id, 'platform').some(({ value }) => nameKey(value) === within.key),
      );
    case 'region':
      return used;
    default:
      return assertNever(within.kind);
  }
}

/** What a software does of a tactic's techniques, as sources state it. */
function techniquesWithin(software: Entity, tactic: string, knowledge: Knowledge): readonly Used[] {
  return usedBy(software, knowledge, ['attack-pattern']).filter((one) =>
    tacticsOf(one.entity, knowledge).includes(tactic),
  );
}

/** ": does Bootkit (T1542.003), +2 more"; empty where no tactic is asked for. */
function doesText(software: Entity, { knowledge, within, cites }: Composer): Text {
  if (within?.kind !== 'tactic') return [];
  const done = techniquesWithin(software, within.key, knowledge);
  const shown = done
    .slice(0, 2)
    .map((one): Text => [stated(labelOf(one.entity), cites.cite(one.group.claims))]);
  const more: Text = done.length > shown.length ? [plain(`+${done.length - shown.length} more`)] : [];
  return [plain('; does '), ...joinTexts([...shown, more])];
}

function softwareOf(
  composer: Composer,
  types: readonly EntityType[],
  id: string,
  heading: string,
): Section | undefined {
  const used = usedWithin(composer, types);
  if (used.length === 0) return undefined;
  const { shown, total } = take(composer, used, 12);
  const kindOf = ({ entity }: Used): readonly string[] =>
    types.length === 1 ? [] : [entityTypeLabels[entity.type].one.toLowerCase()];
  const items = shown.map(
    (one): Item => ({
      text: [
        stated(labelOf(one.entity), composer.cites.cite(one.group.claims)),
        plain(
          ` — ${[...kindOf(one), rarityPhrase(one, composer.entity)].join(', ')}${throughWords(one.via)}`,
        ),
        ...doesText(one.entity, composer),
      ],
    }),
  );
  return { type: 'list', id, heading: `${heading}${ofTactic(composer)}`, rank: 3, items, ...total };
}

/** Software has no tactic of its own, so the heading says what was asked of it. */
function ofTactic({ within }: Composer): string {
  return within?.kind === 'tactic' ? `, by techniques of ${tacticLabel(within.key)} that it does` : '';
}
