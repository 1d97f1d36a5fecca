import { nameKey } from '../domain/name-key.ts';
import type { Candidate } from './candidates.ts';
import type { Draft } from './draft.ts';
import type { JoinNode } from './join-node.ts';
import { compareText } from './prepare.ts';
import type { NameTables } from './resolver.ts';
import type { JoinRefusal } from './types.ts';

/** Two records that were not joined although something speaks for it. */
export type Refusal = Omit<Candidate, 'rule'> & Pick<JoinRefusal, 'rule' | 'apart'>;

/** A name that more things than this carry tells nothing about any two of them. */
const maxOwners = 8;

interface Pair {
  readonly left: Draft;
  readonly right: Draft;
  readonly keys: string[];
}

/** Pairs of things that carry one name, which alone never joins: each pair once, with all names they share. */
export function sharedNames({ allNames }: NameTables): readonly Refusal[] {
  const pairs = new Map<string, Pair>();
  for (const family of ['intrusion-set', 'campaign', 'software'] as const) {
    for (const [key, owners] of allNames.entries(family)) {
      if (Array.isArray(owners) && owners.length <= maxOwners) addPairs(key, owners, pairs);
    }
  }
  return [...pairs.values()].flatMap(({ left, right, keys }) => {
    const [from, to] = [carrier(left, keys[0]), carrier(right, keys[0])];
    if (from === undefined || to === undefined) return [];
    const names = keys.map((key) => nameText(carrier(left, key) ?? from, key)).join(', ');
    const detail = `both are called ${names}, which alone joins nothing`;
    const apart = keptApartBy(left, right);
    return [
      {
        rule: 'shared-alias',
        left: from.index,
        right: to.index,
        by: from.index,
        detail,
        ...(apart === undefined ? {} : { apart }),
      },
    ];
  });
}

/** Who says that the two are different: ATT&CK with an object for each, or a list with an entry for each. */
function keptApartBy(left: Draft, right: Draft): string | undefined {
  const [first, second] = [attackIdOf(left), attackIdOf(right)];
  if (first !== undefined && second !== undefined) {
    return `ATT&CK keeps ${[first, second].toSorted(compareText).join(' and ')} apart`;
  }
  for (const a of left.nodes) {
    for (const b of right.nodes) {
      if (a.prepared.list !== b.prepared.list || namesOther(a, b) || namesOther(b, a)) continue;
      return `${a.prepared.list} has both ${a.prepared.record.title} and ${b.prepared.record.title}`;
    }
  }
  return undefined;
}

function attackIdOf({ nodes }: Draft): string | undefined {
  return nodes.find(({ attackIds }) => attackIds.length > 0)?.attackIds[0];
}

function namesOther(a: JoinNode, b: JoinNode): boolean {
  return a.nameKeys.includes(b.prepared.mainKey);
}

function addPairs(key: string, owners: readonly Draft[], pairs: Map<string, Pair>): void {
  for (const [position, left] of owners.entries()) {
    for (const right of owners.slice(position + 1)) {
      const place = `${left.position} ${right.position}`;
      const pair = pairs.get(place);
      if (pair === undefined) pairs.set(place, { left, right, keys: [key] });
      else pair.keys.push(key);
    }
  }
}

/** The best record of a thing that carries the name. */
function carrier(draft: Draft, key: string | undefined): JoinNode | undefined {
  return draft.nodes.find((node) => key !== undefined && node.nameKeys.includes(key));
}

function nameText(node: JoinNode, key: string): string {
  const { entity, claims } = node.prepared.record;
  if (key === node.prepared.mainKey) return entity?.name ?? key;
  for (const claim of claims) {
    if ((claim.predicate === 'alias' || claim.predicate === 'name') && nameKey(claim.text) === key) {
      return claim.text.trim();
    }
  }
  return key;
}

/** A refusal as one of the two drafts sees it. */
export interface DraftRefusal {
  readonly refusal: Refusal;
  readonly other: Draft;
  /** The node on this side. */
  readonly mine: number;
}

/** Refusals by the draft on either side. */
export function refusalsByDraft(
  refused: readonly Refusal[],
  draftOf: (node: number) => Draft | undefined,
): ReadonlyMap<
  Draft,
  readonly { readonly refusal: Refusal; readonly other: Draft; readonly mine: number }[]
> {
  const result = new Map<Draft, DraftRefusal[]>();
  const add = (draft: Draft, entry: DraftRefusal): void => {
    const known = result.get(draft);
    if (known === undefined) result.set(draft, [entry]);
    else known.push(entry);
  };
  for (const refusal of refused) {
    const [left, right] = [draftOf(refusal.left), draftOf(refusal.right)];
    if (left === undefined || right === undefined || left === right) continue;
    add(left, { refusal, other: right, mine: refusal.left });
    add(right, { refusal, other: left, mine: refusal.right });
  }
  return result;
}
