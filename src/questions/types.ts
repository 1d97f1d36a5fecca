import type { EntityType } from '../domain/entity-type.ts';
import type { Match } from '../search/types.ts';

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
] as const;
export type Aspect = (typeof aspects)[number];

/**
 * A question as understood. Pure data: whoever answers it needs nothing of the text but what stands here.
 */
export type Question =
  /**
   * One entity, wholly or one aspect of it ("what malware does APT39 use"). `alsoNamed`: malware, tools and campaigns
   * whose main name it is, too.
   */
  | {
      readonly kind: 'about';
      readonly match: Match;
      readonly aspect: Aspect;
      readonly alsoNamed?: readonly Match[];
    }
  /** Several entities carry the name: a choice. */
  | { readonly kind: 'choice'; readonly matches: readonly Match[]; readonly aspect: Aspect }
  /** "who uses X": actors tied to a software, technique or vulnerability. */
  | { readonly kind: 'users-of'; readonly match: Match }
  /** An indicator's value, refanged: IP address, domain, URL, hash, e-mail address. */
  | { readonly kind: 'indicator'; readonly value: string; readonly lookupValues: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'suggest'; readonly suggestions: readonly Match[]; readonly text: string }
  | { readonly kind: 'not-found'; readonly text: string }
  /** Not answered on purpose: empty, too long. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What an entity may be tied to for `users-of`. */
export const usableTypes: readonly EntityType[] = ['malware', 'tool', 'attack-pattern', 'vulnerability'];
