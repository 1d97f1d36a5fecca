import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { type Rarity, rarityOf, type UsedKind } from './rarity.ts';

/** One entry of the list: a technique or a software; several where one name is carried by several. */
export interface Wanted {
  /** As it was written. */
  readonly text: string;
  readonly kind: UsedKind;
  readonly entities: readonly Entity[];
}

/** How an actor comes by an entry of the list. */
export interface Hit {
  readonly wanted: Wanted;
  /** What the actor is known to use: the entry itself, a part of it, or what it is a part of. */
  readonly used: readonly StixId[];
  readonly how: 'itself' | 'part' | 'whole';
  /** How many actors count for the entry in the same way. */
  readonly users: number;
  readonly weight: number;
}

export interface RankedActor {
  readonly actor: Entity;
  /** Of all weight that the list has the share that the actor has, 0–1. */
  readonly score: number;
  /** The most telling first. */
  readonly hits: readonly Hit[];
  /** How much of what the actor itself is known to use, of the kinds that the list has, the hits are. */
  readonly own: { readonly matched: number; readonly known: number };
}

/** What an entry counts for an actor that is only known to use the technique which the entry is a part of. */
export const wholeShare = 0.5;

/**
 * Ranks actors by what they are known to use of a list, each entry weighed by ln((N + 1) / (n + 1)): N actors use
 * anything of its kind, n of them the entry. Use of a sub-technique counts for its technique; use of a technique
 * counts for a sub-technique of it by half of the technique's own weight. The score is the share of the list's whole
 * weight. Best first; equals by the share of what the actor is known to use, then by name.
 */
export function rankActors(
  list: readonly Wanted[],
  knowledge: Knowledge,
  except?: StixId,
): readonly RankedActor[] {
  const rarity = rarityOf(knowledge);
  const hits = new Map<StixId, Hit[]>();
  let whole = 0;
  for (const wanted of list) {
    const users = usersOf(wanted, rarity);
    const full = [...users.values()].filter(({ how }) => how !== 'whole').length;
    const weight = weightOf(full, wanted.kind, rarity);
    // What nobody is known to use tells no actor from another.
    if (users.size > 0) whole += weight;
    const ofWhole = wholeUsers(wanted, rarity);
    const byWhole = weightOf(ofWhole, wanted.kind, rarity) * wholeShare;
    for (const [actor, { used, how }] of users) {
      const hit: Hit =
        how === 'whole'
          ? { wanted, used, how, users: ofWhole, weight: byWhole }
          : { wanted, used, how, users: full, weight };
      const known = hits.get(actor);
      if (known === undefined) hits.set(actor, [hit]);
      else known.push(hit);
    }
  }
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  if (except !== undefined) hits.delete(except);
  return [...hits]
    .flatMap(([id, found]) => toRanked(id, found, whole, rarity, knowledge, kinds))
    .sort(byRank);
}

function toRanked(
  id: StixId,
  found: readonly Hit[],
  whole: number,
  rarity: Rarity,
  knowledge: Knowledge,
  kinds: readonly UsedKind[],
): readonly RankedActor[] {
  const actor = knowledge.entities.get(id);
  if (actor === undefined) return [];
  const weight = found.reduce((sum, hit) => sum + hit.weight, 0);
  const known = kinds.reduce((sum, kind) => sum + rarity.usedBy(id, kind).size, 0);
  const matched = new Set(found.flatMap(({ used }) => used)).size;
  const hits = found.toSorted((a, b) => b.weight - a.weight || a.users - b.users);
  return [{ actor, score: whole === 0 ? 0 : weight / whole, hits, own: { matched, known } }];
}

function byRank(a: RankedActor, b: RankedActor): number {
  const byScore = b.score - a.score;
  if (Math.abs(byScore) > rounding) return byScore;
  const byCount = b.hits.length - a.hits.length;
  if (byCount !== 0) return byCount;
  const shareOf = ({ own }: RankedActor): number => (own.known === 0 ? 0 : own.matched / own.known);
  return (
    shareOf(b) - shareOf(a) ||
    a.actor.name.localeCompare(b.actor.name, 'en') ||
    (a.actor.id < b.actor.id ? -1 : 1)
  );
}

/** Sums of the same weights in another order differ by less. */
const rounding = 1e-9;

interface Use {
  readonly used: StixId[];
  readonly how: Hit['how'];
}

/** Every actor that counts for an entry, each in the strongest way in which it does. */
function usersOf({ entities, kind }: Wanted, rarity: Rarity): ReadonlyMap<StixId, Use> {
  const users = new Map<StixId, Use>();
  const add = (ids: readonly StixId[], how: Hit['how']): void => {
    for (const id of ids) {
      for (const actor of rarity.usersOf(id)) {
        const use = users.get(actor);
        if (use === undefined) users.set(actor, { used: [id], how });
        else if (use.how === how && !use.used.includes(id)) use.used.push(id);
      }
    }
  };
  const ids = entities.map(({ id }) => id);
  add(ids, 'itself');
  if (kind === 'techniques') {
    add(
      ids.flatMap((id) => rarity.partsOf(id)),
      'part',
    );
    add(
      ids.flatMap((id) => rarity.parentOf(id) ?? []),
      'whole',
    );
  }
  return users;
}

function wholeUsers({ entities }: Wanted, rarity: Rarity): number {
  const users = new Set<StixId>();
  for (const { id } of entities) {
    const parent = rarity.parentOf(id);
    if (parent === undefined) continue;
    for (const one of [parent, ...rarity.partsOf(parent)])
      for (const actor of rarity.usersOf(one)) users.add(actor);
  }
  return users.size;
}

function weightOf(users: number, kind: UsedKind, rarity: Rarity): number {
  return Math.log((rarity.actorsWith(kind) + 1) / (users + 1));
}
