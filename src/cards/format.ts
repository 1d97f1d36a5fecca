import { type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { Card, SourceNote, Text } from './card.ts';
import { cleanLine } from './clean-text.ts';
import { hostOf } from './safe-url.ts';

const countFormat = new Intl.NumberFormat('en-US');

/** `12,345`. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** An ISO date or date-time of any precision as its date (`2025`, `2025-04`, `2025-04-16`); other text as it is. */
export function formatDate(iso: string): string {
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|T)/.exec(iso)?.[0] ?? cleanLine(iso);
}

/** `1 source`, `12 sources`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `[1][4]`, behind the run that the notes belong to; empty for none. */
export function citeLabel(cites: readonly number[] | undefined): string {
  return (cites ?? []).map((number) => `[${number}]`).join('');
}

/** `2 items withheld: TLP:AMBER`, or `up to TLP:RED` of several markings; undefined when nothing was. */
export function withheldLine(withheld: Card['withheld']): string | undefined {
  if (withheld.count <= 0) return undefined;
  const upTo = withheld.isMixed === true ? 'up to ' : '';
  const marking = withheld.highest === null ? '' : `: ${upTo}${tlpLabel(withheld.highest)}`;
  return `${countOf(withheld.count, 'item')} withheld${marking}`;
}

/** `As of 2025-04-16`. */
export function asOfLine(asOf: string): string {
  return `As of ${formatDate(asOf)}`;
}

/** `Evidence E-7KQ2MX4P`: what to ask "why" about later. */
export function evidenceLine(evidence: string): string {
  return `Evidence ${evidence}`;
}

/** A source's date, marking, and confidence where it gives one. */
export function sourceFacts(note: SourceNote): readonly string[] {
  const date = note.date === undefined ? [] : [formatDate(note.date)];
  const confidence = note.confidence === null ? [] : [`confidence ${note.confidence}`];
  return [...date, tlpLabel(note.marking), ...confidence];
}

/** What stands behind a linked title: its host, so that a title cannot pose as another site, then its facts. */
export function sourceDetails(note: SourceNote): readonly string[] {
  return [...(note.url === undefined ? [] : [hostOf(note.url)]), ...sourceFacts(note)];
}

/** A text's words alone, with its cites: for places that take no styles. */
export function plainText(text: Text): string {
  return text
    .map(({ text: words, cites }) =>
      cites === undefined || cites.length === 0 ? words : `${words} ${citeLabel(cites)}`,
    )
    .join('');
}

/** The marking in words for a badge or a line. */
export function markingLabel(tlp: Tlp): string {
  return tlpLabel(tlp);
}
