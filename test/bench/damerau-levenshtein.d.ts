declare module 'damerau-levenshtein' {
  /** `steps` is the distance, `similarity` 1 for equal texts and 0 for texts that share nothing. */
  function distance(a: string, b: string): { readonly steps: number; readonly similarity: number };
  export default distance;
}
