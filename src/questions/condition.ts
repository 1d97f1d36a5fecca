import type { StixId } from '../domain/stix-id.ts';
import { assertNever } from '../support/assert-never.ts';

/**
 * Which recorded dates a condition is held against: the first activity, the last, or any (also those of attributed
 * campaigns, as a span, and of reports).
 */
export type DatedKind = 'first-seen' | 'last-seen' | 'seen';

/** One thing that must be recorded of an actor (or of a software, a technique, a campaign) for it to be listed. */
export type ConditionLeaf =
  /** A source attributes it to the country; ISO 3166-1 alpha-2. */
  | { readonly kind: 'country'; readonly code: string }
  /** A source attributes it to a country of this region; a key of `condition-region.ts`. */
  | { readonly kind: 'origin-region'; readonly key: string }
  /** A source names the sector as its target; a key of `domain/sector.ts`. */
  | { readonly kind: 'sector'; readonly key: string }
  /** A source names the country (ISO code) or region (a key of `condition-region.ts`) as its target. */
  | { readonly kind: 'region'; readonly key: string }
  /** A source says that it uses or exploits the thing, or a sub-technique of it. */
  | { readonly kind: 'uses'; readonly id: StixId }
  /** It uses software that a source lists under this kind, or is such software; a key of `condition-software.ts`. */
  | { readonly kind: 'software'; readonly key: string }
  /** A key of `condition-motivation.ts`. */
  | { readonly kind: 'motivation'; readonly key: string }
  /** A source dates activity then or later: ISO date of any precision, or a length of time before now (`P30D`). */
  | { readonly kind: 'since'; readonly date: string }
  /** A source dates it then; see `DatedKind` for which dates count. At least one end is given, both included. */
  | { readonly kind: 'dated'; readonly which: DatedKind; readonly from?: string; readonly to?: string }
  /** Technique: a source puts it under the tactic (ATT&CK's short name). Else: it uses such a technique. */
  | { readonly kind: 'tactic'; readonly key: string }
  /** Runs on the platform, by the `nameKey` of ATT&CK's word for it. Actor: uses software that does. */
  | { readonly kind: 'platform'; readonly key: string }
  /** A source names a state or a state body as its sponsor; with `body`, that one (a key of `condition-sponsor.ts`). */
  | { readonly kind: 'sponsored'; readonly body?: string }
  /** The thing itself. */
  | { readonly kind: 'entity'; readonly id: StixId }
  /** A source, by its name or title as typed. Standing alone among what must hold, it limits whose word counts. */
  | { readonly kind: 'source'; readonly name: string }
  /** One of its names has this word, or these words one behind the other. */
  | { readonly kind: 'name'; readonly text: string };

/** What a list is filtered by. */
export type Condition =
  | ConditionLeaf
  | { readonly kind: 'and'; readonly of: readonly Condition[] }
  | { readonly kind: 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** Things that an actor uses, exploits or (a campaign) stands behind, for which the inner condition holds. */
  | { readonly kind: 'of-actors'; readonly of: Condition };

/** All of them; one alone stays itself, and conditions joined likewise are taken apart. */
export function allOf(parts: readonly Condition[]): Condition {
  return joined('and', parts);
}

/** Any of them. */
export function anyOf(parts: readonly Condition[]): Condition {
  return joined('or', parts);
}

export function notOf(part: Condition): Condition {
  return part.kind === 'not' ? part.of : { kind: 'not', of: part };
}

function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const distinct = [...new Map(flat.map((part) => [JSON.stringify(part), part])).values()];
  const [only] = distinct;
  return only !== undefined && distinct.length === 1 ? only : { kind, of: distinct };
}

/** The parts of which each must hold. */
export function requiredParts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.of : [condition];
}

/** Every leaf with whether it stands under a `not`. */
export function leavesOf(
  condition: Condition,
  isNegated = false,
): readonly { readonly leaf: ConditionLeaf; readonly isNegated: boolean }[] {
  if (isLeaf(condition)) return [{ leaf: condition, isNegated }];
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.flatMap((part) => leavesOf(part, isNegated));
    case 'not':
      return leavesOf(condition.of, !isNegated);
    case 'of-actors':
      return leavesOf(condition.of, isNegated);
    default:
      return assertNever(condition);
  }
}

/** A condition in the written form of filters, as `parseFilters` reads it back. */
export function formatCondition(condition: Condition, nameOf: (id: StixId) => string = String): string {
  if (isLeaf(condition)) return formatLeaf(condition, nameOf);
  switch (condition.kind) {
    case 'and':
      return condition.of.map((part) => inBrackets(part, 'or', nameOf)).join(' and ');
    case 'or':
      return condition.of.map((part) => inBrackets(part, 'and', nameOf)).join(' or ');
    case 'not':
      return isLeaf(condition.of)
        ? `-${formatCondition(condition.of, nameOf)}`
        : `not (${formatCondition(condition.of, nameOf)})`;
    case 'of-actors':
      return `by:(${formatCondition(condition.of, nameOf)})`;
    default:
      return assertNever(condition);
  }
}

function inBrackets(part: Condition, kind: 'and' | 'or', nameOf: (id: StixId) => string): string {
  const text = formatCondition(part, nameOf);
  return part.kind === kind ? `(${text})` : text;
}

/** True for a condition that is not made of others. */
export function isLeaf(condition: Condition): condition is ConditionLeaf {
  const { kind } = condition;
  return kind !== 'and' && kind !== 'or' && kind !== 'not' && kind !== 'of-actors';
}

function formatLeaf(leaf: ConditionLeaf, nameOf: (id: StixId) => string): string {
  switch (leaf.kind) {
    case 'country':
      return `country:${leaf.code}`;
    case 'origin-region':
      return `country:${leaf.key}`;
    case 'sector':
      return `sector:${leaf.key}`;
    case 'region':
      return `region:${leaf.key}`;
    case 'uses':
      return `uses:${quoted(nameOf(leaf.id))}`;
    case 'software':
      return `uses:${leaf.key}`;
    case 'motivation':
      return `motivation:${leaf.key}`;
    case 'since':
      return `since:${leaf.date}`;
    case 'dated':
      return `${leaf.which}:${rangeText(leaf)}`;
    case 'tactic':
      return `tactic:${leaf.key}`;
    case 'platform':
      return `platform:${leaf.key}`;
    case 'sponsored':
      return `sponsor:${leaf.body ?? 'state'}`;
    case 'entity':
      return `id:${quoted(nameOf(leaf.id))}`;
    case 'source':
      return `source:${quoted(leaf.name)}`;
    case 'name':
      return `name:${quoted(leaf.text)}`;
    default:
      return assertNever(leaf);
  }
}

/** `2022`, `2020..2022`, `2020..`, `..2022`. */
export function rangeText({ from, to }: { readonly from?: string; readonly to?: string }): string {
  return from !== undefined && from === to ? from : `${from ?? ''}..${to ?? ''}`;
}

function quoted(text: string): string {
  return /[\s,():"]/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}
