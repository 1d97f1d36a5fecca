import type { AppliedDecisions } from './apply-decisions.ts';
import type { Decision } from './decisions.ts';
import type { Draft } from './draft.ts';

/** A decision as one of the drafts that it concerns sees it. */
export interface DraftDecision {
  readonly decision: Decision;
  /** What it is kept apart from; empty for a decision that joined. */
  readonly others: readonly Draft[];
}

/** The decisions that joined a draft's records, or keep them apart from other drafts, each once for a draft. */
export function decisionsByDraft(
  { same, parted }: Pick<AppliedDecisions, 'same' | 'parted'>,
  draftOf: (node: number) => Draft | undefined,
): ReadonlyMap<Draft, readonly DraftDecision[]> {
  const result = new Map<Draft, Map<Decision, Draft[]>>();
  const add = (draft: Draft, decision: Decision, other: Draft | undefined): void => {
    const known = result.get(draft) ?? new Map<Decision, Draft[]>();
    const others = known.get(decision) ?? [];
    if (other !== undefined && !others.includes(other)) others.push(other);
    result.set(draft, known.set(decision, others));
  };
  for (const { left, right, decision } of same) {
    const draft = draftOf(left);
    if (draft !== undefined && draft === draftOf(right)) add(draft, decision, undefined);
  }
  for (const { left, right, decision } of parted) {
    const [a, b] = [draftOf(left), draftOf(right)];
    if (a === undefined || b === undefined || a === b) continue;
    add(a, decision, b);
    add(b, decision, a);
  }
  return new Map(
    [...result].map(([draft, decisions]) => [
      draft,
      [...decisions].map(([decision, others]) => ({ decision, others })),
    ]),
  );
}

export function arePartedBy(decisions: readonly DraftDecision[] | undefined, other: Draft): boolean {
  return decisions?.some(({ others }) => others.includes(other)) === true;
}
