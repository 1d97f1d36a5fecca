import { nameKey } from '../domain/name-key.ts';
import type { Candidate } from './candidates.ts';
import type { Draft } from './draft.ts';
import { append, type JoinNode } from './join-node.ts';
import type { JoinRefusal } from './types.ts';

/** Two records that were not joined although something speaks for it. */
export type Refusal = Omit<Candidate, 'rule'> & { readonly rule: JoinRefusal['rule'] };

/** A name that more things than this carry tells nothing about any two of them. */
const maxOwners = 8;

interface Owner {
  readonly draft: Draft;
  readonly node: JoinNode;
  readonly key: string;
}

/** Pairs of things that carry one name, which alone never joins: each pair once, with all names they share. */
export function sharedNames(drafts: readonly Draft[]): readonly Refusal[] {
  const pairs = new Map<string, { readonly left: Owner; readonly right: Owner; readonly names: string[] }>();
  for (const owners of ownersByName(drafts)) {
    for (const [position, left] of owners.entries()) {
      for (const right of owners.slice(position + 1)) {
        const key = `${left.draft.position} ${right.draft.position}`;
        const pair = pairs.get(key) ?? { left, right, names: [] };
        pair.names.push(nameText(left.node, left.key));
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()].map(({ left, right, names }) => ({
    rule: 'shared-alias',
    left: left.node.index,
    right: right.node.index,
    by: left.node.index,
    detail: `both are called ${names.join(', ')}, which alone joins nothing`,
  }));
}

function ownersByName(drafts: readonly Draft[]): readonly (readonly Owner[])[] {
  const single = new Map<string, Draft>();
  const several = new Map<string, Owner[]>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      if (node.family !== 'intrusion-set' && node.family !== 'software' && node.family !== 'campaign')
        continue;
      for (const key of node.nameKeys) {
        const place = `${node.family} ${key}`;
        const first = single.get(place);
        if (first === undefined) single.set(place, draft);
        else if (first !== draft && !several.has(place)) several.set(place, []);
      }
    }
  }
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      for (const key of node.nameKeys) {
        const owners = several.get(`${node.family} ${key}`);
        if (owners !== undefined && owners.at(-1)?.draft !== draft) owners.push({ draft, node, key });
      }
    }
  }
  return [...several.values()].filter((owners) => owners.length <= maxOwners);
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

/** Refusals by the draft on either side. */
export function refusalsByDraft(
  refused: readonly Refusal[],
  draftOf: (node: number) => Draft | undefined,
): ReadonlyMap<
  Draft,
  readonly { readonly refusal: Refusal; readonly other: Draft; readonly mine: number }[]
> {
  const result = new Map<Draft, { refusal: Refusal; other: Draft; mine: number }[]>();
  for (const refusal of refused) {
    const [left, right] = [draftOf(refusal.left), draftOf(refusal.right)];
    if (left === undefined || right === undefined || left === right) continue;
    append(result, left, { refusal, other: right, mine: refusal.left });
    append(result, right, { refusal, other: left, mine: refusal.right });
  }
  return result;
}
