import { cleanLine } from '../cards/clean-text.ts';
import type { AuditEntry } from '../chat/audit-entries.ts';
import { tlpLabel } from '../domain/tlp.ts';
import { isoTime } from './sources-json.ts';

const maxTextChars = 200;

/** One entry as a line of words: when, who, where, what, what was shown. No control character of it gets through. */
export function auditLine(entry: AuditEntry): string {
  const parts = entry.kind === 'changed' ? changedParts(entry) : askedParts(entry);
  return cleanLine([isoTime(entry.at), ...parts].join('  '));
}

function changedParts({ by, action, target, detail }: AuditEntry & { kind: 'changed' }): readonly string[] {
  const facts = Object.entries(detail).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [`${by.platform} ${by.id}`, action, target, cut(facts.join(' '))];
}

function askedParts(entry: AuditEntry & { kind: 'asked' }): readonly string[] {
  const { person, place, placeKind, action, question, outcome, marking, ceiling } = entry;
  const shown =
    entry.entityCount === 0
      ? []
      : [`${entry.entityCount} shown: ${cut(entry.entities.slice(0, 3).join(' '))}`];
  const withheld = entry.withheldCount === 0 ? [] : [`${entry.withheldCount} withheld`];
  return [
    `${person.platform} ${person.id}`,
    `in ${placeKind === 'direct' ? 'direct ' : ''}${place}`,
    `${action}${question === null ? '' : ` “${cut(question)}”`}`,
    `${outcome} ${tlpLabel(marking)} of ${tlpLabel(ceiling)}`,
    ...shown,
    ...withheld,
    ...(entry.evidence === null ? [] : [entry.evidence]),
  ];
}

function cut(text: string): string {
  return text.length <= maxTextChars ? text : `${text.slice(0, maxTextChars)}…`;
}
