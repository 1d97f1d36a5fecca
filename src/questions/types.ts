import type { EntityType } from '../domain/entity-type.ts';
import type { Match } from '../search/types.ts';
import type { Condition } from './condition.ts';

/** What of an entity a question asks for. */
export const aspects = [
  'overview',
  'aliases',
  'malware',
  'tools',
  'software',
  'techniques',
  'sectors',
  'regions',
  'attribution',
  'motivation',
  'campaigns',
  'reports',
  'references',
  'related',
  'ids',
  'vulnerabilities',
  'indicators',
  'platforms',
] as const;
export type Aspect = (typeof aspects)[number];

/**
 * A question as understood. Pure data: whoever answers it needs nothing of the text but what stands here.
 */
export type Question =
  | AboutQuestion
  /** Several entities carry the name: a choice. */
  | { readonly kind: 'choice'; readonly matches: readonly Match[]; readonly aspect: Aspect }
  /** "who uses X": actors tied to a software, technique or vulnerability. */
  | UsersOfQuestion
  | ListQuestion
  | BreakdownQuestion
  | CompareSetsQuestion
  | BadFilterQuestion
  | CompareQuestion
  | MatchTechniquesQuestion
  | NewsQuestion
  | WhoCallsQuestion
  | ActivityQuestion
  | FollowUpQuestion
  | UnanswerableQuestion
  | IndicatorsQuestion
  | VerifyQuestion
  | BehindQuestion
  | UnknownIdQuestion
  /** An indicator's value, refanged: IP address, network, domain, URL, hash, e-mail address, file name. */
  | { readonly kind: 'indicator'; readonly value: string; readonly lookupValues: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'suggest'; readonly suggestions: readonly Match[]; readonly text: string }
  | { readonly kind: 'not-found'; readonly text: string }
  /** Not answered on purpose: empty, too long. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Who uses a thing. */
export interface UsersOfQuestion {
  readonly kind: 'users-of';
  readonly match: Match;
  /** What has the name without its kind ("Ryuk" of "Ryuk ransomware") or an alias: told where nobody uses the other. Absent for none. */
  readonly others?: readonly Match[];
  /** What the question says beside it and nothing was done with, as written. Absent for none. */
  readonly unused?: readonly string[];
}

/** One entity, wholly or one aspect of it ("what malware does APT39 use"). */
export interface AboutQuestion {
  readonly kind: 'about';
  readonly match: Match;
  readonly aspect: Aspect;
  /** Malware, tools and campaigns whose main name it is, too. */
  readonly alsoNamed?: readonly Match[];
  /** Further aspects, in the order asked: "malware and tools of APT39". Absent for none. */
  readonly more?: readonly Aspect[];
  /** How many there are is what is asked first. */
  readonly asks?: 'count';
  /** Only what lies within it is asked for: techniques of a tactic, software of a platform, targets in a region. */
  readonly within?: AspectScope;
  /** Words of the question that were not used, as written. Absent for none. */
  readonly unused?: readonly string[];
}

/** A key of `condition-tactic.ts`, `condition-platform.ts` or `condition-region.ts` (else an ISO country code). */
export interface AspectScope {
  readonly kind: 'tactic' | 'platform' | 'region';
  readonly key: string;
}

/** What a question of yes and no wants to have recorded of a thing. */
export type Supposed =
  /** `place` is a country's ISO code or a key of `condition-region.ts`, `sector` a key of `domain/sector.ts`. */
  | { readonly kind: 'targets'; readonly place?: string; readonly sector?: string; readonly text: string }
  | { readonly kind: 'origin'; readonly country: string }
  /** `by`: the body that is supposed to be the sponsor, as written; absent: any state. */
  | { readonly kind: 'sponsored'; readonly by?: string }
  /** A key of `condition-motivation.ts`. */
  | { readonly kind: 'motivation'; readonly key: string }
  /** Uses or exploits any of these, which carry one name. */
  | { readonly kind: 'uses'; readonly matches: readonly Match[] }
  /** Stands behind any of these: made it, ran it. */
  | { readonly kind: 'behind'; readonly matches: readonly Match[] }
  /** Is of one of the types, or listed under the kind of software; a key of `condition-software.ts`. */
  | {
      readonly kind: 'is-a';
      readonly types: readonly EntityType[];
      readonly software?: string;
      readonly text: string;
    };

/** "does APT29 target healthcare", "is APT39 Iranian", "has FIN7 used Cobalt Strike". */
export interface VerifyQuestion {
  readonly kind: 'verify';
  readonly match: Match;
  readonly supposed: Supposed;
  /** What else is supposed in the same breath: "Japan and Taiwan". Absent for nothing. */
  readonly also?: readonly Supposed[];
}

/** "who did NotPetya": who stands behind a campaign or a malware, as far as anything records it. */
export interface BehindQuestion {
  readonly kind: 'behind';
  readonly match: Match;
  /** Others of the name, or that it could mean. Absent for none. */
  readonly others?: readonly Match[];
}

/** Ids in the right form that nothing here has. */
export interface UnknownIdQuestion {
  readonly kind: 'unknown-id';
  readonly ids: readonly string[];
}

/** Everything of some types for which conditions hold. */
export interface ListQuestion {
  readonly kind: 'list';
  readonly types: readonly EntityType[];
  /** No condition at all is an `and` of nothing. */
  readonly where: Condition;
  /** What was done to read it, for people: spellings that were read as others, words that no record can answer. */
  readonly notes: readonly string[];
  /** Other readings of the same words. */
  readonly others: readonly Condition[];
  /** How many were asked for ("top 10"); absent: nothing was said. */
  readonly limit?: number;
  /** What few actors use comes first; absent: what best fits. */
  readonly isRarestFirst?: true;
}

/** What can be counted over a set of actors. */
export type BreakdownAspect = 'sectors' | 'regions' | 'attribution' | 'motivation';

/** What a set of actors has most of, counted by actors. */
export interface BreakdownQuestion {
  readonly kind: 'breakdown';
  readonly of: readonly BreakdownAspect[];
  /** Which actors; an `and` of nothing is all of them. */
  readonly who: Condition;
  readonly notes: readonly string[];
}

/** One side of a comparison of sets. */
export interface ActorSet {
  readonly where: Condition;
  readonly notes: readonly string[];
}

/** Two sets of actors: what each uses and targets most, what both do and what only one does. */
export interface CompareSetsQuestion {
  readonly kind: 'compare-sets';
  readonly sides: readonly [ActorSet, ActorSet];
  readonly focus: Aspect | 'all';
}

/** Filters that cannot be read. */
export interface BadFilterQuestion {
  readonly kind: 'bad-filter';
  /** What is wrong and what is accepted, in words. */
  readonly problem: string;
  /** The filter that was probably meant, and what of the question to put otherwise. */
  readonly nearest?: { readonly filter: string; readonly from: string; readonly to: string };
}

/** Two to five things side by side; one alone asks with whom it could be compared. */
export interface CompareQuestion {
  readonly kind: 'compare';
  /** One a side, in the order asked; the same entity may stand there twice, under two of its names. */
  readonly matches: readonly Match[];
  readonly mode: 'compare' | 'common' | 'links';
  readonly focus: Aspect | 'all';
  /** For each side whose name several carry: all of them, the one that was taken first. Absent for none. */
  readonly choices?: readonly (readonly Match[])[];
  /** Names that nobody here has, with near ones. Absent for none. */
  readonly unknown?: readonly { readonly text: string; readonly suggestions: readonly Match[] }[];
  /** Names beyond what a card compares, as written. Absent for none. */
  readonly left?: readonly string[];
}

/** A list of techniques, and of software that stands among them: which actors use most of it. */
export interface MatchTechniquesQuestion {
  readonly kind: 'match-techniques';
  /** In the order named, each once; several with one `matched.text` carry that name, and either counts. */
  readonly techniques: readonly Match[];
  /** Malware and tools of the list, likewise. Absent for none. */
  readonly software?: readonly Match[];
  /** Ids and names of the list that nothing here has, as written. */
  readonly unknown: readonly string[];
}

/** What changed since a time, about one thing or at all. */
export interface NewsQuestion {
  readonly kind: 'news';
  /** Absent: about nothing in particular. */
  readonly match?: Match;
  /** Several that carry the name: one of them is to be chosen. Absent for none. */
  readonly choices?: readonly Match[];
  /** As asked ("2025-01-01", "january", "last 30 days"); absent: nothing was said. */
  readonly since?: string;
}

/** Who calls something what. */
export interface WhoCallsQuestion {
  readonly kind: 'who-calls';
  readonly match: Match;
  /** Only the names that this organisation gives; as written. */
  readonly house?: string;
  /** Only who uses this name; as written. */
  readonly name?: string;
}

/** Since when and until when something was seen to be active. */
export interface ActivityQuestion {
  readonly kind: 'activity';
  readonly match: Match;
}

/** Asks for more about what a conversation spoke of, and names nothing itself. */
export interface FollowUpQuestion {
  readonly kind: 'follow-up';
  readonly text: string;
}

/** Why recorded facts have no answer. */
export const unanswerableTopics = [
  'prediction',
  'incident',
  'samples',
  'defence',
  'person',
  'verdict',
  'number',
  'opinion',
  'world',
] as const;
export type UnanswerableTopic = (typeof unanswerableTopics)[number];

/** What no recorded fact answers, with the things that were named, about which something else can be asked. */
export interface UnanswerableQuestion {
  readonly kind: 'unanswerable';
  readonly topic: UnanswerableTopic;
  readonly matches: readonly Match[];
  /** What happened, as named ("Sony"), for topic `incident`: whatever records it can be looked through. */
  readonly incident?: string;
}

/** Several indicators at once. */
export interface IndicatorsQuestion {
  readonly kind: 'indicators';
  /** Refanged, each once, in the order given. */
  readonly values: readonly string[];
  /** How many more there were than are looked up. */
  readonly left: number;
}

/** What an entity may be tied to for `users-of`. */
export const usableTypes: readonly EntityType[] = ['malware', 'tool', 'attack-pattern', 'vulnerability'];
