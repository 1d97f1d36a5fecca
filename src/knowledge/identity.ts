import type { Tlp } from '../domain/tlp.ts';

/**
 * One decision of an operator on identity: its members are one thing (`same`), or every two of them are not
 * (`different`). A member is a STIX id, a MISP uuid, an ATT&CK id, or a name that only one thing carries.
 */
export interface IdentityGroup {
  readonly members: readonly string[];
  readonly reason?: string;
  /** Who decided. */
  readonly by?: string;
  /** ISO date of the decision. */
  readonly date?: string;
  /**
   * Who may know of it: below this ceiling the decision does not apply. Absent: it applies everywhere, and its reason
   * and who made it are told from GREEN on.
   */
  readonly marking?: Tlp;
  /** Where it is written, for problems: `identity.yaml line 12`. */
  readonly place?: string;
}

/** A group as its members alone, where nothing more is known of it. */
type Members = readonly string[];

/**
 * An operator's decisions, of one file or of several. A `different` is stronger than a `same` of the same rank:
 * apart is the safe side.
 */
export interface IdentityDecisions {
  readonly same: readonly (IdentityGroup | Members)[];
  /** Every two of a group are kept apart, whatever the sources say. */
  readonly different: readonly (IdentityGroup | Members)[];
  /** Weaker decisions: they hold where these say nothing against them. */
  readonly under?: IdentityDecisions;
}

export const noDecisions: IdentityDecisions = { same: [], different: [] };

export type DecisionKind = 'same' | 'different';

/** A decision with how strong it is: 0 is the strongest. */
export interface RankedDecision extends IdentityGroup {
  readonly kind: DecisionKind;
  readonly rank: number;
}

/** All decisions in the order in which they are applied: by rank, `different` before `same`. */
export function rankedDecisions(decisions: IdentityDecisions): readonly RankedDecision[] {
  const ranked: RankedDecision[] = [];
  let rank = 0;
  for (let layer: IdentityDecisions | undefined = decisions; layer !== undefined; layer = layer.under) {
    for (const kind of ['different', 'same'] as const) {
      for (const group of layer[kind]) ranked.push({ ...toGroup(group), kind, rank });
    }
    rank += 1;
  }
  return ranked;
}

/** Who may know of a decision's reason and of who made it, where the decision itself does not say. */
export const wordsMarking: Tlp = 'green';

/** Every marking from which on something of the decisions is told. */
export function decisionMarkings(decisions: IdentityDecisions): readonly Tlp[] {
  return rankedDecisions(decisions).flatMap(({ marking, reason, by }) => {
    if (marking !== undefined) return [marking];
    return reason === undefined && by === undefined ? [] : [wordsMarking];
  });
}

function toGroup(group: IdentityGroup | Members): IdentityGroup {
  return isMembers(group) ? { members: group } : group;
}

function isMembers(group: IdentityGroup | Members): group is Members {
  return Array.isArray(group);
}

/** Equal for equal decisions of one kind, whatever the order of the members and where they are written. */
export function decisionKey({
  kind,
  members,
  reason,
  by,
  date,
  marking,
}: IdentityGroup & { kind: DecisionKind }): string {
  const said = [...new Set(members.map((member) => member.trim()))].sort();
  return JSON.stringify([kind, said, reason ?? null, by ?? null, date ?? null, marking ?? null]);
}

/** An operator's decisions as they are now. */
export interface IdentityState {
  /** Equal for equal contents: part of what tells one set of knowledge from another. */
  readonly key: string;
  readonly decisions: IdentityDecisions;
}

/** Port: decisions that can change while the program runs. */
export interface IdentitySource {
  /** What was read last. */
  current(): IdentityState;
  /** Reads them again where they changed. Throws for what cannot be used; `current` stays what it was. */
  refresh(): IdentityState;
}
