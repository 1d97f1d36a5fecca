import type { AppliedDecisions } from './apply-decisions.ts';
import type { Decision } from './decisions.ts';
import type { Draft } from './draft.ts';

/** A decision as one of the drafts that it concerns sees it. */
export interface DraftDecision {
  readonly decision: Decision;
  /** What it is kept apart from; empty for a decision that joined. */
  readonly others: readonly Draft[];
  /** Names that the decision took from it. */
  readonly names: readonly string[];
}

/** The decisions that joined a draft's records, or keep them apart from other drafts, each once for a draft. */
export function decisionsByDraft(
  { same, parted, names }: Pick<AppliedDecisions, 'same' | 'parted' | 'names'>,
  draftOf: (node: number) => Draft | undefined,
): ReadonlyMap<Draft, readonly DraftDecision[]> {
  const result = new Map<Draft, Map<Decision, { others: Draft[]; names: string[] }>>();
  const add = (draft: Draft, decision: Decision, other?: Draft, name?: string): void => {
    const known = result.get(draft) ?? new Map<Decision, { others: Draft[]; names: string[] }>();
    const entry = known.get(decision) ?? { others: [], names: [] };
    if (other !== undefined && !entry.others.includes(other)) entry.others.push(other);
    if (name !== undefined && !entry.names.includes(name)) entry.names.push(name);
    result.set(draft, known.set(decision, entry));
  };
  for (const { left, right, decision } of same) {
    const draft = draftOf(left);
    if (draft !== undefined && draft === draftOf(right)) add(draft, decision);
  }
  for (const { left, right, decision } of parted) {
    const [a, b] = [draftOf(left), draftOf(right)];
    if (a === undefined || b === undefined || a === b) continue;
    add(a, decision, b);
    add(b, decision, a);
  }
  for (const { text, nodes, decision } of names) {
    for (const { index } of nodes) {
      const draft = draftOf(index);
      if (draft !== undefined) add(draft, decision, undefined, text);
    }
  }
  return new Map(
    [...result].map(([draft, decisions]) => [
      draft,
      [...decisions].map(([decision, found]) => ({ decision, ...found })),
    ]),
  );
}

export function arePartedBy(decisions: readonly DraftDecision[] | undefined, other: Draft): boolean {
  return decisions?.some(({ others }) => others.includes(other)) === true;
}

/** The keys of the names that an operator took from each draft. */
export function takenNames(
  names: AppliedDecisions['names'],
  draftOf: (node: number) => Draft | undefined,
): ReadonlyMap<Draft, ReadonlySet<string>> {
  const taken = new Map<Draft, Set<string>>();
  for (const { key, nodes } of names) {
    for (const { index } of nodes) {
      const draft = draftOf(index);
      if (draft !== undefined) taken.set(draft, (taken.get(draft) ?? new Set()).add(key));
    }
  }
  return taken;
}
