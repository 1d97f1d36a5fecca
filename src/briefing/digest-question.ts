import { shownFilters } from './digest-filter-shown.ts';
import type { DigestRequest } from './digest-types.ts';

/** Leaves room in the 1,500 encoded characters of a button for text that encodes to three times its length. */
const maxChars = 400;

/**
 * The question that shows all of a digest's window again, at any later time: `digest
 * 2026-11-22T07:00:00.000Z..2026-11-23T07:00:00.000Z sector:telecom`. Undefined for one too long for a button, and for
 * filters that name something which the readers may not see.
 */
export function digestQuestion({
  window,
  filters,
  kind,
  knowledge,
}: Pick<DigestRequest, 'window' | 'filters' | 'kind' | 'knowledge'>): string | undefined {
  // A button carries nothing that its card may not say.
  const shown = shownFilters(filters, knowledge);
  if (shown.isPartial) return undefined;
  const times = `${new Date(window.from).toISOString()}..${new Date(window.to).toISOString()}`;
  const written = shown.text;
  const question = ['digest', ...(kind === 'watch' ? ['watched'] : []), times, written].join(' ').trim();
  return question.length > maxChars ? undefined : question;
}

export interface DigestWindowQuestion {
  readonly window: DigestRequest['window'];
  readonly kind: DigestRequest['kind'];
  /** In the style of code search. */
  readonly filters: string;
}

const instant = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{3})?)?Z';
const form = new RegExp(`^(watched\\s+)?(${instant})\\.\\.(${instant})(?:\\s+([\\s\\S]*))?$`, 'i');

/** Reads what stands behind the word "digest" in such a question; undefined for anything else. */
export function parseDigestQuestion(rest: string): DigestWindowQuestion | undefined {
  const [, watched, start = '', end = '', filters = ''] = form.exec(rest.trim()) ?? [];
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) return undefined;
  return { window: { from, to }, kind: watched === undefined ? 'digest' : 'watch', filters: filters.trim() };
}
