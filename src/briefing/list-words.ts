import { countryName } from '../domain/country.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { sectorLabel } from '../domain/sector.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { type Condition, type ConditionLeaf, isLeaf } from '../questions/condition.ts';
import { motivationLabel } from '../questions/condition-motivation.ts';
import { placeName } from '../questions/condition-region.ts';
import { softwareKind } from '../questions/condition-software.ts';
import { assertNever } from '../support/assert-never.ts';
import { labelById } from './labels.ts';
import { counted, shorten } from './text.ts';

/** `37 actors`, `1 technique`, `12 malware and tools`. */
export function countedTypes(count: number, types: readonly EntityType[]): string {
  const labels = types.map((type) => entityTypeLabels[type]);
  const one = labels.map((label) => label.one.toLowerCase()).join(' or ');
  return counted(count, one, labels.map((label) => label.many.toLowerCase()).join(' and '));
}

/** What the words of a condition are about. */
export interface WordsContext {
  readonly knowledge: Knowledge;
  readonly types: readonly EntityType[];
}

/** A condition in words, as the card says how it was read: "from Iran and targeting Energy". */
export function conditionWords(condition: Condition, context: WordsContext): string {
  if (isLeaf(condition)) return leafWords(condition, context);
  switch (condition.kind) {
    case 'and':
      return joinWords(condition.of, 'and', context);
    case 'or':
      return joinWords(condition.of, 'or', context);
    case 'not':
      return condition.of.kind === 'source'
        ? `leaving out what ${shorten(condition.of.name, 60)} says`
        : `not ${grouped(condition.of, context)}`;
    case 'of-actors': {
      const tie = context.types.includes('campaign') ? 'attributed to' : 'used by';
      return `${tie} actors ${grouped(condition.of, { ...context, types: ['intrusion-set'] })}`;
    }
    default:
      return assertNever(condition);
  }
}

function joinWords(parts: readonly Condition[], joint: 'and' | 'or', context: WordsContext): string {
  // Whose word counts is said last.
  const limits = parts.filter((part) => part.kind === 'source');
  const others = parts.filter((part) => part.kind !== 'source');
  return [...others, ...limits].map((part) => grouped(part, context)).join(` ${joint} `);
}

function grouped(part: Condition, context: WordsContext): string {
  const words = conditionWords(part, context);
  return (part.kind === 'and' || part.kind === 'or') && part.of.length > 1 ? `(${words})` : words;
}

/** One condition in words. */
export function leafWords(leaf: ConditionLeaf, { knowledge, types }: WordsContext): string {
  switch (leaf.kind) {
    case 'country':
      return `from ${countryName(leaf.code)}`;
    case 'origin-region':
      return `from a country of ${placeName(leaf.key)}`;
    case 'sector':
      return `targeting ${sectorLabel(leaf.key)}`;
    case 'region':
      return `targeting ${placeName(leaf.key)}`;
    case 'uses':
      return `using ${labelById(knowledge, leaf.id, leaf.id)}`;
    case 'software': {
      const isOwn = types.includes('malware') || types.includes('tool');
      return `${isOwn ? 'listed as' : 'using'} ${softwareKind(leaf.key)?.many ?? leaf.key}`;
    }
    case 'motivation':
      return `motivated by ${motivationLabel(leaf.key)}`;
    case 'since':
      return `active ${sinceWords(leaf.date)}`;
    case 'source':
      return `as ${shorten(leaf.name, 60)} says`;
    case 'name':
      return `called “${shorten(leaf.text, 60)}”`;
    default:
      return assertNever(leaf);
  }
}

const units: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

function sinceWords(date: string): string {
  const length = /^P(\d+)([DWMY])$/.exec(date);
  return length === null
    ? `since ${date}`
    : `in the last ${counted(Number(length[1]), units[length[2] ?? 'D'] ?? 'day')}`;
}
