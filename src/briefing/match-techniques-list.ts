import type { Item, Section } from '../cards/card.ts';
import { parseAttackId } from '../domain/name-key.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { CiteBook } from './cites.ts';
import { take } from './composer.ts';
import { attackIdOf, labelOf } from './labels.ts';
import type { Wanted } from './match-techniques-rank.ts';
import { wantedLabel } from './match-techniques-words.ts';
import { nameClaims } from './names.ts';
import { rarityOf } from './rarity.ts';
import { plain, shorten, stated } from './text.ts';

/** How the figures come about, in words that someone can compute after. */
export function formulaText(list: readonly Wanted[], knowledge: Knowledge): Section | undefined {
  if (list.length === 0) return undefined;
  const rarity = rarityOf(knowledge);
  const counts = `${rarity.actorsWith('techniques')} actors with techniques, ${rarity.actorsWith('software')} with software`;
  const text = `The percentage is the share of the list’s weight. An entry weighs ln((N + 1) / (n + 1)), where n of the N actors that use anything of its kind use it (${counts}); entries that no actor uses weigh nothing. A sub-technique counts for its technique; a technique counts for a sub-technique of it by half of its own weight.`;
  return {
    type: 'text',
    id: 'formula',
    heading: 'How this is counted',
    rank: 3,
    paragraphs: [[plain(text)]],
  };
}

interface ListParts {
  readonly knowledge: Knowledge;
  readonly cites: CiteBook;
  readonly whole: boolean;
}

const shownEntries = 15;

/** What the list was read as: each entry with how many use it, and ids that were replaced by others. */
export function listSection(list: readonly Wanted[], parts: ListParts): Section | undefined {
  if (list.length === 0) return undefined;
  const { shown, total } = take(parts, list, shownEntries);
  const items = shown.map((wanted) => entryItem(wanted, parts));
  return { type: 'list', id: 'entries', heading: 'The list, as read', rank: 3, items, ...total };
}

function entryItem(wanted: Wanted, { knowledge, cites }: ListParts): Item {
  const rarity = rarityOf(knowledge);
  const { entities, kind } = wanted;
  const users = new Set(
    entities.flatMap(({ id }) =>
      [id, ...(kind === 'techniques' ? rarity.partsOf(id) : [])].flatMap((one) => [...rarity.usersOf(one)]),
    ),
  ).size;
  const claims = entities.flatMap((entity) => nameClaims(entity, knowledge));
  const said = entities.flatMap((entity) => replacedText(wanted.text, entity));
  const either =
    entities.length > 1 ? [`“${shorten(wanted.text, 60)}” is a name of each, and either counts`] : [];
  const rare =
    users === 0
      ? `no actor here is known to use it`
      : `used by ${users} of ${rarity.actorsWith(kind)} actors with ${kind}`;
  return {
    text: [
      stated(wantedLabel(wanted), cites.cite(claims)),
      plain(` — ${[rare, ...said, ...either].join('; ')}`),
    ],
  };
}

/** An id that its publisher gave up for another. */
function replacedText(written: string, entity: Entity): readonly string[] {
  const id = parseAttackId(written.replace('/', '.'));
  const now = attackIdOf(entity);
  if (id === undefined || now === undefined || id === now || !entity.externalIds.includes(id)) return [];
  const isRevoked = entity.joins.some(({ rule }) => rule === 'revoked-by');
  return [isRevoked ? `${id} was revoked in favour of ${now} (${labelOf(entity)})` : `${id} is ${now} now`];
}
