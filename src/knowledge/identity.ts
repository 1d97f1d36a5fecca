/**
 * An operator's decisions on identity. Each group lists two or more ids: a STIX id, a MISP uuid, an ATT&CK id, or
 * a main name that only one thing carries.
 */
export interface IdentityDecisions {
  readonly same: readonly (readonly string[])[];
  /** Every two of a group are kept apart, whatever the sources say. */
  readonly different: readonly (readonly string[])[];
}

export const noDecisions: IdentityDecisions = { same: [], different: [] };
