/** What is known of one predicate of a MISP taxonomy: facts only, the words are our own. */
export interface TaxonomyPredicate {
  /** For people: "Source reliability". */
  readonly label: string;
  /** Labels of values whose writing tells nothing: "b" is "usually reliable". Others are told by their own words. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Confidence, 0–100, that a value gives what it is put on. Values that judge nothing are left out. */
  readonly confidence?: Readonly<Record<string, number>>;
}

/**
 * Predicates by `namespace:predicate`, in lower case. The numbers are those of the taxonomies (versions in
 * `src/sources/misp-taxonomy/README.md`), but "cannot be judged" gives no number, and a low risk of false positives
 * takes nothing away.
 */
const predicates: Readonly<Record<string, TaxonomyPredicate>> = {
  'admiralty-scale:source-reliability': {
    label: 'Source reliability',
    labels: {
      a: 'A, completely reliable',
      b: 'B, usually reliable',
      c: 'C, fairly reliable',
      d: 'D, not usually reliable',
      e: 'E, unreliable',
      f: 'F, cannot be judged',
      g: 'G, deliberately deceptive',
    },
    confidence: { a: 100, b: 75, c: 50, d: 25, e: 0, g: 0 },
  },
  'admiralty-scale:information-credibility': {
    label: 'Information credibility',
    labels: {
      1: '1, confirmed by other sources',
      2: '2, probably true',
      3: '3, possibly true',
      4: '4, doubtful',
      5: '5, improbable',
      6: '6, cannot be judged',
    },
    confidence: { 1: 100, 2: 75, 3: 50, 4: 25, 5: 0 },
  },
  'estimative-language:likelihood-probability': {
    label: 'Likelihood',
    confidence: {
      'almost-no-chance': 0,
      'very-unlikely': 5,
      unlikely: 20,
      'roughly-even-chance': 45,
      likely: 55,
      'very-likely': 80,
      'almost-certain': 95,
    },
  },
  'estimative-language:confidence-in-analytic-judgment': {
    label: 'Confidence in the judgment',
    confidence: { low: 0, moderate: 55, high: 95 },
  },
  'misp:confidence-level': {
    label: 'Confidence',
    confidence: {
      'completely-confident': 100,
      'usually-confident': 75,
      'fairly-confident': 50,
      'rarely-confident': 25,
      unconfident: 0,
    },
  },
  'false-positive:risk': { label: 'Risk of false positives', confidence: { medium: 50, high: 25 } },
  'false-positive:confirmed': { label: 'Confirmed false positive', confidence: { true: 0 } },
  'osint:certainty': { label: 'Certainty' },
  'osint:source-type': { label: 'Kind of source' },
  'osint:lifetime': { label: 'Lifetime of the information' },
  'misp:threat-level': { label: 'Threat level' },
  'misp:event-type': { label: 'Kind of event' },
  'misp:automation-level': {
    label: 'How it was made',
    labels: {
      unsupervised: 'automatically, checked by nobody',
      reviewed: 'automatically, checked by a person',
      manual: 'by a person',
    },
  },
  'workflow:state': { label: 'State of the work' },
  'workflow:todo': { label: 'To do' },
  'circl:incident-classification': { label: 'Kind of incident' },
  'circl:topic': { label: 'Topic' },
  'threatmatch:incident-type': { label: 'Kind of incident' },
  'threatmatch:malware-type': { label: 'Kind of malware' },
  'threatmatch:alert-type': { label: 'Kind of alert' },
};

/** What is known of a predicate; undefined for one that is not in the table. */
export function taxonomyPredicate(namespace: string, predicate: string): TaxonomyPredicate | undefined {
  const key = `${namespace}:${predicate}`.toLowerCase();
  return Object.hasOwn(predicates, key) ? predicates[key] : undefined;
}

/** The confidence, 0–100, that a value of a predicate stands for; undefined where it judges nothing. */
export function taxonomyConfidence(namespace: string, predicate: string, value: string): number | undefined {
  const scale = taxonomyPredicate(namespace, predicate)?.confidence;
  const key = value.trim().toLowerCase();
  return scale !== undefined && Object.hasOwn(scale, key) ? scale[key] : undefined;
}

/** A value of a predicate in words: its label, else its own words without the dashes of a key. */
export function valueLabel(known: TaxonomyPredicate, value: string): string {
  const text = value.trim().slice(0, 200);
  const key = text.toLowerCase();
  if (known.labels !== undefined && Object.hasOwn(known.labels, key)) return known.labels[key] ?? text;
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) ? text.replaceAll('-', ' ') : text;
}
