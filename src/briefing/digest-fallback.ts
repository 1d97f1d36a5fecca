import { type ClearText, clearDay, clearText, joinClear, whenClear } from '../cards/clear-text.ts';
import { strictest, unknownMarkingLevel } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { clip, entryMarking } from './digest-lines.ts';
import { timeText } from './digest-notes.ts';
import type { DigestEntry, DigestSectionId } from './digest-select.ts';
import type { DigestRequest } from './digest-types.ts';
import { clearName } from './names.ts';

const shownNames = 3;

/** What a notification of a day without news says: since when, and nothing of the filters, which may name things. */
export function emptyFallback({ kind, missed, window, zone }: DigestRequest): ClearText {
  const what = kind === 'watch' ? clearText`Nothing that you watch has changed` : clearText`Nothing new`;
  return clearText`${what} since ${clearTime(window.from, zone)}.${lateText(missed.length)}`;
}

/**
 * What a notification says: how much of what, and the first names of what concerns us where both the name and the news
 * are CLEAR. Numbers tell nothing of what is marked higher.
 */
export function digestFallback(
  sections: readonly { readonly id: DigestSectionId; readonly entries: readonly DigestEntry[] }[],
  { knowledge, kind, missed }: DigestRequest,
): ClearText {
  const parts = sections.map(({ id, entries }, at) => {
    const count = countText(id, entries.length, kind);
    // A notification is read at a glance: of the foremost section the names, of the others how many.
    const names = at === 0 ? clearNames(entries, knowledge) : undefined;
    return names === undefined ? count : clearText`${count}: ${names}`;
  });
  const late = lateText(missed.length);
  if (parts.length === 0) {
    const what = kind === 'watch' ? clearText`Watched` : clearText`Digest`;
    return clearText`${what}: nothing to name here.${late}`;
  }
  const told = joinClear(parts, clearText`; `);
  return told.endsWith('…') ? clearText`${told}${late}` : clearText`${told}.${late}`;
}

function lateText(missed: number): ClearText {
  if (missed === 0) return clearText``;
  return missed === 1
    ? clearText` 1 earlier digest not delivered.`
    : clearText` ${missed} earlier digests not delivered.`;
}

function countText(id: DigestSectionId, count: number, kind: DigestRequest['kind']): ClearText {
  const isOne = count === 1;
  switch (id) {
    case 'concerns':
      if (kind === 'watch')
        return isOne ? clearText`1 watched item changed` : clearText`${count} watched items changed`;
      return isOne ? clearText`1 item concerns us` : clearText`${count} items concern us`;
    case 'reports':
      return isOne ? clearText`1 report` : clearText`${count} reports`;
    case 'profiles':
      return isOne ? clearText`1 changed profile` : clearText`${count} changed profiles`;
    case 'vulnerabilities':
      return isOne ? clearText`1 exploited vulnerability` : clearText`${count} exploited vulnerabilities`;
    default:
      return assertNever(id);
  }
}

function clearNames(entries: readonly DigestEntry[], knowledge: Knowledge): ClearText | undefined {
  const names: ClearText[] = [];
  for (const entry of entries) {
    if (names.length === shownNames) break;
    const name = clearNameOf(entry, knowledge);
    if (name !== undefined) names.push(name);
  }
  if (names.length === 0) return undefined;
  const listed = joinClear(names, clearText`, `);
  return names.length < entries.length ? clearText`${listed}, …` : listed;
}

function clearNameOf(entry: DigestEntry, knowledge: Knowledge): ClearText | undefined {
  const { entity, changes } = entry.event;
  const markings = [entryMarking(entry, knowledge), ...changes.map(({ marking }) => marking)];
  if (clearName(entity, knowledge) === undefined) return undefined;
  return whenClear(clip(entity.name, 80), strictest(markings) ?? unknownMarkingLevel);
}

/** A moment in the readers' zone. */
function clearTime(at: number, zone: string | undefined): ClearText {
  return clearText`${whenClear(timeText(at, zone), 'clear') ?? clearDay(at)} ${whenClear(zone ?? 'UTC', 'clear') ?? clearText`UTC`}`;
}
