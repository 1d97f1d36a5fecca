/**
 * Confidence that the entity is meant, by kind of evidence. Only `suggestion` is not enough for an
 * answer. The figures follow the share of right answers of each kind on the labelled set.
 */
export const scores = {
  id: 1,
  exact: 0.98,
  inSentence: 0.96,
  wordOrder: 0.94,
  letterShapes: 0.92,
  oneTypo: 0.92,
  oneTypoInSentence: 0.88,
  genericWord: 0.9,
  twoTypos: 0.86,
  twoTyposInSentence: 0.82,
  distinctiveWord: 0.8,
  prefix: 0.78,
  loneWord: 0.77,
  faintTypo: 0.75,
  suggestion: 0.5,
} as const;

/** At most so many in a choice that is not the owners of one exact name, and in suggestions. */
export const maxChoices = 5;
