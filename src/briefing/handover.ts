import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge, Withheld } from '../knowledge/types.ts';
import type { EntityDiff } from './diff.ts';
import type { Span } from './diff-time.ts';
import { isWholeFor, mayReadWords } from './told-words.ts';

/** One thing that somebody did in the workspace, as far as a handover needs it. */
export interface HandoverActivity {
  readonly at: number;
  readonly person: string;
  /** True: the reader's own. */
  readonly isOwn: boolean;
  /** True: in the place in which the handover is asked for. */
  readonly isHere: boolean;
  readonly isDirect: boolean;
  readonly kind: 'lookup' | 'share';
  readonly question: string | null;
  /** The strictest marking of what was shown. */
  readonly marking: Tlp;
  /** The strictest marking that the one who asked could see there. */
  readonly ceiling: Tlp;
  /** Ids, the first of them what was asked about. */
  readonly entities: readonly string[];
}

/** A digest that came, or did not. */
export interface HandoverDelivery {
  readonly at: number;
  readonly isHere: boolean;
  readonly state: 'posted' | 'failed' | 'skipped';
  readonly problem: string | null;
}

export interface HandoverInput {
  readonly window: Span;
  readonly now: Date;
  /** The IANA zone in which times are written. */
  readonly zone: string;
  readonly knowledge: Knowledge;
  readonly ceiling: Tlp;
  /** True: the one who asks reads it alone, in a direct message. A card of any other place may be read by all who are there. */
  readonly isAlone: boolean;
  /** Newest first. */
  readonly activities: readonly HandoverActivity[];
  /** True: more happened than was read. */
  readonly isCut: boolean;
  readonly watches: readonly { readonly entity: string; readonly isOwn: boolean }[];
  readonly deliveries: readonly HandoverDelivery[];
  /** Changes of subscriptions, settings and the like: action and how often. */
  readonly deeds: ReadonlyMap<string, number>;
  /** True: nothing is left out, for paging. */
  readonly whole: boolean;
}

/** What the team did with one thing. */
export interface HandoverActor {
  readonly entity: Entity;
  readonly lookups: number;
  readonly shares: number;
  /** How many different people; nobody is named. */
  readonly people: number;
  readonly own: number;
  readonly lastAt: number;
}

export interface HandoverLookups {
  /** Most asked first. */
  readonly actors: readonly HandoverActor[];
  /** Questions of this place, and the reader's own, newest first. */
  readonly questions: readonly { readonly at: number; readonly text: string; readonly isOwn: boolean }[];
  readonly lookups: number;
  readonly shares: number;
  readonly people: number;
  /** What was asked elsewhere and is not told, because people from outside may read here. */
  readonly elsewhere: number;
  /** What is marked higher than the reader may see. */
  readonly withheld: Withheld;
}

/** Whose changes are told; one reading of the changes serves all of them. */
export const maxHandoverActors = 12;

/**
 * What of a team's look-ups may be told in a place. Nobody is named. From other places only what was asked about is told,
 * and how often; the words of a question stay in the place in which it was asked, and who asked reads them all in their own
 * direct message. Where people from outside may read (a ceiling of CLEAR), nothing is told of other places, there but the
 * reader's own. An answer that was marked above the ceiling is counted.
 */
export function gatherLookups(input: HandoverInput): HandoverLookups {
  const { knowledge, ceiling, isAlone } = input;
  const hidden: Tlp[] = [];
  let elsewhere = 0;
  const told = input.activities.filter((activity) => {
    if (ceiling === 'clear' && !activity.isHere && !(isAlone && activity.isOwn)) {
      elsewhere += 1;
      return false;
    }
    // What is not known here cannot be named, whatever its marking was then.
    const isKnown =
      activity.entities.length === 0 || activity.entities.some((id) => knowledge.entity(id) !== undefined);
    if (isAllowed(activity.marking, ceiling) && isKnown) return true;
    hidden.push(activity.marking);
    return false;
  });
  const above = hidden.filter((marking) => !isAllowed(marking, ceiling));
  return {
    actors: actorsOf(told, knowledge),
    questions: told.flatMap((activity) => {
      const { at, question, isOwn, isHere, isDirect, kind } = activity;
      const isForHere = isHere && !isDirect && mayReadWords(activity, knowledge, ceiling);
      const isForWriter = isAlone && isOwn && isWholeFor(activity, knowledge, ceiling);
      const mayTell = kind === 'lookup' && (isForWriter || isForHere);
      return question !== null && mayTell ? [{ at, text: question, isOwn }] : [];
    }),
    lookups: told.filter(({ kind }) => kind === 'lookup').length,
    shares: told.filter(({ kind }) => kind === 'share').length,
    people: new Set(told.map(({ person }) => person)).size,
    elsewhere,
    withheld: { count: hidden.length, highest: strictest(above) ?? null },
  };
}

/** What somebody watches is told as what is looked up elsewhere: where people from outside may read, only the reader's own. */
export function toldWatches({ watches, ceiling, isAlone }: HandoverInput): HandoverInput['watches'] {
  return ceiling === 'clear' ? watches.filter(({ isOwn }) => isAlone && isOwn) : watches;
}

interface Tally {
  lookups: number;
  shares: number;
  own: number;
  lastAt: number;
  readonly people: Set<string>;
}

function actorsOf(activities: readonly HandoverActivity[], knowledge: Knowledge): readonly HandoverActor[] {
  const tallies = new Map<Entity, Tally>();
  for (const { entities, kind, person, at, isOwn } of activities) {
    for (const entity of aboutOf(entities, knowledge)) {
      const tally = tallies.get(entity) ?? { lookups: 0, shares: 0, own: 0, lastAt: 0, people: new Set() };
      tally[kind === 'share' ? 'shares' : 'lookups'] += 1;
      tally.own += isOwn ? 1 : 0;
      tally.lastAt = Math.max(tally.lastAt, at);
      tally.people.add(person);
      tallies.set(entity, tally);
    }
  }
  return [...tallies]
    .map(([entity, { people, ...tally }]) => ({ entity, ...tally, people: people.size }))
    .sort(
      (a, b) =>
        b.lookups + b.shares - (a.lookups + a.shares) ||
        b.lastAt - a.lastAt ||
        (a.entity.id < b.entity.id ? -1 : 1),
    );
}

/** A comparison is about both; what has others tied to it is about the first; who stands in a list was not looked up. */
function aboutOf(ids: readonly string[], knowledge: Knowledge): readonly Entity[] {
  const [first, ...rest] = new Set(ids.flatMap((id) => knowledge.entity(id) ?? []));
  if (first === undefined) return [];
  const alike = rest.filter(({ type }) => type === first.type);
  if (alike.length === 0) return [first];
  return rest.length === 1 ? [first, ...rest] : [];
}

/** A line on what changed about an actor. */
export interface HandoverChange {
  readonly words: string;
  readonly source: string;
  readonly marking: Tlp;
}

/** What changed about an actor meanwhile, newest first. */
export function changesFor({ learned }: EntityDiff): readonly HandoverChange[] {
  return learned.flatMap(({ source, lines }) =>
    lines.map(({ words, marking }) => ({ words, source, marking })),
  );
}
