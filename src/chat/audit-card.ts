import { timeIn } from '../briefing/time-in.ts';
import type { Action, Card, Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { stricter, strictest } from '../domain/tlp.ts';
import type { AuditPage } from './audit-reader.ts';
import { type AuditReading, bareId, toldActivity, toldChange } from './audit-told.ts';
import { messageCard } from './message-cards.ts';
import { ask, textSection } from './subscription-cards.ts';

export interface AuditCardInput {
  readonly page: AuditPage;
  /** From 0. */
  readonly number: number;
  readonly reading: AuditReading;
  /** What was asked for, in words. */
  readonly about: string;
  /** The IANA zone in which times are told. */
  readonly zone: string;
  readonly now: Date;
  /** The question that gives a page of the same. */
  readonly question: (page: number) => string;
}

/** One page of the audit, newest first, with the ids of what it names. What the reader may not see is counted. */
export function auditCard(input: AuditCardInput): { readonly card: Card; readonly named: readonly string[] } {
  const { page, number, reading, about, zone, now } = input;
  const told = page.entries.map((entry) => ({
    entry,
    told: entry.kind === 'asked' ? toldActivity(entry, reading) : toldChange(entry, reading),
  }));
  const items = told.map(({ entry, told: { text, evidence } }): Item => {
    const who = bareId(entry.kind === 'asked' ? entry.person.id : entry.by.id);
    const line = [{ text: `${timeIn(zone, entry.at)} ${who} `, style: 'bold' } as const, ...text];
    return evidence === undefined
      ? { text: line }
      : { text: line, action: ask('Evidence', `why ${evidence}`) };
  });
  const withheld = told.flatMap(({ told: one }) => one.withheld ?? []);
  const markings = told.flatMap(({ told: { marking } }) => marking ?? []);
  const highest = strictest(withheld.flatMap(({ highest: one }) => one ?? [])) ?? null;
  const sections: readonly Section[] =
    items.length === 0
      ? [textSection('none', number === 0 ? 'Nothing is kept of that.' : 'Nothing is older than that.')]
      : [{ type: 'list', id: 'entries', rank: 0, items }];
  const card: Card = {
    ...messageCard('Audit', sections, now),
    subtitle: [{ text: `${about} (${zone})${number === 0 ? '' : `, page ${number + 1}`}` }],
    marking: markings.reduce(stricter, 'clear'),
    withheld: { count: withheld.length, highest },
    actions: actionsOf(input),
    notice: clearText`A page of the audit.`,
  };
  return { card, named: told.flatMap(({ told: { named } }) => named) };
}

/** The first asks for this very page: by it a renderer asks for what did not fit. */
function actionsOf({ page, number, question }: AuditCardInput): readonly Action[] {
  return [
    ask('Refresh', question(number)),
    ...(page.isMore ? [ask('More', question(number + 1))] : []),
    ...(number > 0 ? [ask('Newer', question(number - 1))] : []),
  ];
}
