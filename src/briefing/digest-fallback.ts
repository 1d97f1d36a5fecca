import type { Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { clip, entryMarking } from './digest-lines.ts';
import { timeText } from './digest-notes.ts';
import type { DigestEntry, DigestSectionId } from './digest-select.ts';
import type { DigestRequest } from './digest-types.ts';
import { isNameClear } from './names.ts';
import { counted } from './text.ts';

const shownNames = 3;

/** What a notification of a day without news says: since when, and nothing of the filters, which may name things. */
export function emptyFallback({ kind, missed, window, zone }: DigestRequest): string {
  const what = kind === 'watch' ? 'Nothing that you watch has changed' : 'Nothing new';
  return `${what} since ${timeText(window.from, zone)} ${zone ?? 'UTC'}.${lateText(missed.length)}`;
}

/**
 * What a notification says: how much of what, and the first names of what concerns us where both the name and the news
 * are CLEAR. Numbers tell nothing of what is marked higher.
 */
export function digestFallback(
  sections: readonly { readonly id: DigestSectionId; readonly entries: readonly DigestEntry[] }[],
  { knowledge, kind, missed }: DigestRequest,
): string {
  const parts = sections.map(({ id, entries }, at) => {
    // A notification is read at a glance: of the foremost section the names, of the others how many.
    const names = at === 0 ? clearNames(entries, knowledge) : '';
    return `${countText(id, entries.length, kind)}${names === '' ? '' : `: ${names}`}`;
  });
  const late = lateText(missed.length);
  if (parts.length === 0) return `${kind === 'watch' ? 'Watched' : 'Digest'}: nothing to name here.${late}`;
  const told = parts.join('; ');
  return `${told}${told.endsWith('…') ? '' : '.'}${late}`;
}

function lateText(missed: number): string {
  return missed === 0 ? '' : ` ${counted(missed, 'earlier digest')} not delivered.`;
}

function countText(id: DigestSectionId, count: number, kind: DigestRequest['kind']): string {
  switch (id) {
    case 'concerns':
      return kind === 'watch'
        ? `${counted(count, 'watched item')} changed`
        : `${counted(count, 'item')} ${count === 1 ? 'concerns' : 'concern'} us`;
    case 'reports':
      return counted(count, 'report');
    case 'profiles':
      return counted(count, 'changed profile');
    case 'vulnerabilities':
      return counted(count, 'exploited vulnerability', 'exploited vulnerabilities');
    default:
      return assertNever(id);
  }
}

function clearNames(entries: readonly DigestEntry[], knowledge: Knowledge): string {
  const names: string[] = [];
  for (const entry of entries) {
    if (names.length === shownNames) break;
    if (isClear(entry, knowledge)) names.push(clip(entry.event.entity.name, 80));
  }
  if (names.length === 0) return '';
  return names.length < entries.length ? `${names.join(', ')}, …` : names.join(', ');
}

function isClear(entry: DigestEntry, knowledge: Knowledge): boolean {
  return (
    entry.event.changes.every(({ marking }) => marking === 'clear') &&
    entryMarking(entry, knowledge) === 'clear' &&
    isNameClear(entry.event.entity, knowledge)
  );
}
