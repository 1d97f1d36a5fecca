import { countryName } from '../domain/country.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { sectorLabel } from '../domain/sector.ts';
import type { Knowledge } from '../knowledge/types.ts';
import {
  type Condition,
  type ConditionLeaf,
  type DatedKind,
  isLeaf,
  leavesOf,
} from '../questions/condition.ts';
import { motivationLabel } from '../questions/condition-motivation.ts';
import { platformLabel } from '../questions/condition-platform.ts';
import { placeName } from '../questions/condition-region.ts';
import { softwareKind } from '../questions/condition-software.ts';
import { stateBodyLabel } from '../questions/condition-sponsor.ts';
import { tacticLabel } from '../questions/condition-tactic.ts';
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
      if (isNobodyElse(condition.of)) return 'used by no other actor';
      return condition.of.kind === 'source'
        ? `leaving out what ${shorten(condition.of.name, 60)} says`
        : `not ${grouped(condition.of, context)}`;
    case 'of-actors': {
      const tie = context.types.includes('campaign') ? 'attributed to' : 'used by';
      const behind = grouped(condition.of, { ...context, types: ['intrusion-set'] });
      return leavesOf(condition.of).some(() => true) &&
        leavesOf(condition.of).every(({ leaf }) => leaf.kind === 'entity')
        ? `${tie} ${behind}`
        : `${tie} actors ${behind}`.trim();
    }
    default:
      return assertNever(condition);
  }
}

/** "Not used by those that are not X": what nobody but X uses. */
function isNobodyElse(condition: Condition): boolean {
  return condition.kind === 'of-actors' && condition.of.kind === 'not';
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
    case 'dated':
      return datedWords(leaf);
    case 'tactic':
      return types.includes('attack-pattern')
        ? `of the tactic ${tacticLabel(leaf.key)}`
        : `using techniques of ${tacticLabel(leaf.key)}`;
    case 'platform':
      return types.some((type) => type === 'malware' || type === 'tool' || type === 'attack-pattern')
        ? `for ${platformLabel(leaf.key)}`
        : `using software for ${platformLabel(leaf.key)}`;
    case 'sponsored':
      return leaf.body === undefined
        ? 'with a recorded state sponsor'
        : `attributed to ${stateBodyLabel(leaf.body)}`;
    case 'entity':
      return labelById(knowledge, leaf.id, leaf.id);
    case 'source':
      return `as ${shorten(leaf.name, 60)} says`;
    case 'name':
      return `called “${shorten(leaf.text, 60)}”`;
    default:
      return assertNever(leaf);
  }
}

const datedLeads: Readonly<Record<DatedKind, string>> = {
  'first-seen': 'first seen',
  'last-seen': 'last seen',
  seen: 'active',
};

function datedWords({ which, from, to }: Extract<ConditionLeaf, { kind: 'dated' }>): string {
  const lead = datedLeads[which];
  if (from?.startsWith('P')) return `${lead} ${sinceWords(from)}`;
  if (from !== undefined && from === to) return `${lead} in ${from}`;
  if (from !== undefined && to !== undefined) return `${lead} from ${from} to ${to}`;
  return from === undefined ? `${lead} in ${to ?? ''} or before` : `${lead} since ${from}`;
}

const units: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

function sinceWords(date: string): string {
  const length = /^P(\d+)([DWMY])$/.exec(date);
  return length === null
    ? `since ${date}`
    : `in the last ${counted(Number(length[1]), units[length[2] ?? 'D'] ?? 'day')}`;
}
