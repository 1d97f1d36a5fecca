import type { Tlp } from './tlp.ts';

/** Admiralty reliability of a source (NATO AJP-2.1): A completely reliable … F cannot be judged. */
export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Reliability = (typeof reliabilities)[number];

/** A publisher's data set, and what is true of all its records unless a record says otherwise. */
export interface SourceInfo {
  /** Stable name in lower-case words: `attack-enterprise`, `misp-galaxy`, `acme-misp`. */
  readonly name: string;
  /** Which importer reads it: a key of the source registry. */
  readonly kind: string;
  /** For people: "MITRE ATT&CK Enterprise". */
  readonly title: string;
  /** One line on the licence, or why there is none. */
  readonly licence: string;
  readonly defaultMarking: Tlp;
  readonly reliability: Reliability;
  /** The release as the publisher names it ("18.1", "349"), where it does. */
  readonly version?: string;
}
