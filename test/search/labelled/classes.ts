/** One question with what must come of it. */
export interface LabelledQuery {
  readonly className: ClassName;
  readonly text: string;
  /** Ids of the entities that carry the name; empty where nothing must be answered. */
  readonly expected: readonly string[];
}

/**
 * The classes with the share of hits that a run must reach. A hit: the expected entity is found alone or is among at
 * most five of a choice; every owner of a shared name is in the choice; where nothing is expected, nothing is answered.
 */
export const classFloors = {
  exact: 1,
  alias: 1,
  id: 1,
  'case and spacing': 0.99,
  hyphens: 0.99,
  'split and joined': 0.99,
  'zero-width': 1,
  'script variants': 1,
  'other scripts': 1,
  'number schemes': 1,
  'one typo': 0.99,
  swap: 0.99,
  'two typos': 0.98,
  prefix: 0.98,
  partial: 0.98,
  'word order': 0.98,
  'in a sentence': 1,
  'typo in a sentence': 0.98,
  'look-alike': 1,
  'full-width': 1,
  'chat marks': 1,
  ambiguous: 1,
  'near-code': 1,
  none: 0.99,
  paragraph: 1,
  'by hand': 1,
} as const;

export type ClassName = keyof typeof classFloors;
export const classNames = Object.keys(classFloors) as readonly ClassName[];

/** Over all questions: the least share answered and right, the largest share answered and wrong. */
export const overall = { right: 0.97, wrong: 0.005 } as const;
