import type { RecordClaim, SourceRecord } from '../../domain/record.ts';
import { uuidV5 } from '../../domain/stix-id.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { textsOf } from '../json-document.ts';
import { isoDay } from '../misp-event/times.ts';
import { reportTitle } from '../report-title.ts';

export type ReadReport =
  | { readonly ok: true; readonly record: SourceRecord; readonly dateNotice?: string }
  | { readonly ok: false; readonly reason: string };

/**
 * A row of the index as a report, which names nobody by itself: names are looked for in its title. Its key is made of
 * the document's SHA-1 and its file's name, since one document may stand under two names.
 */
export function rowToReport(members: ReadonlyMap<string, unknown>): ReadReport {
  const text = (key: string): string => (textsOf(members.get(key))[0] ?? '').slice(0, 2000);
  const file = text('filename');
  const title = reportTitle(text('title'));
  if (title === '') return { ok: false, reason: 'no title; expected a text under "Title"' };
  const sha1 = /^[0-9a-f]{40}$/i.exec(text('sha1'))?.[0].toLowerCase();
  const url = parseWebAddress(text('link'));
  const publisher = text('source').slice(0, 200);
  const written = text('date');
  const created = dayOf(written) ?? yearOf(text('year'));
  const identity = file === '' && sha1 === undefined ? [title, written, url ?? ''] : [sha1 ?? '', file];
  const claims: readonly RecordClaim[] = [
    { predicate: 'name', text: title },
    ...(sha1 === undefined
      ? []
      : [{ predicate: 'detail', label: 'SHA-1 of the document', text: sha1 } as const]),
    ...(url === undefined ? [] : [{ predicate: 'reference', url, title } as const]),
  ];
  const record: SourceRecord = {
    externalId: uuidV5(['aptnotes', ...identity].join('\n')),
    title,
    entity: { type: 'report', name: title, externalIds: [] },
    ...(url === undefined ? {} : { url }),
    ...(publisher === '' ? {} : { publisher }),
    ...(created === undefined ? {} : { created }),
    claims,
    mentionsIn: title,
  };
  const isDated = dayOf(written) !== undefined;
  const shown = written.slice(0, 40);
  return isDated
    ? { ok: true, record }
    : { ok: true, record, dateNotice: `"${shown}" is no date; expected MM/DD/YYYY` };
}

/** `MM/DD/YYYY`, as the index writes it, as an ISO date; undefined for a day that no calendar has. */
function dayOf(text: string): string | undefined {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (parts === null) return isoDay(text);
  const [, month = '', day = '', year = ''] = parts;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  // A date such as 02/30 rolls over into March.
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return isReal ? isoDay(iso) : undefined;
}

function yearOf(text: string): string | undefined {
  return /^(?:19[89]\d|20\d\d)$/.test(text) ? text : undefined;
}
