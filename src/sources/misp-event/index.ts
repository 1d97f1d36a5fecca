import { isUuid } from '../../domain/stix-id.ts';
import { peekJson } from '../json/peek.ts';
import { isJsonObject, ownValue, parseJsonDocument } from '../json-document.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { eventSchema } from './schema.ts';
import { mispPublisher, mispSource } from './source-of.ts';
import { type EventResult, eventToRecord } from './to-domain.ts';

/**
 * MISP events in all five wrappers: `{"response":[{"Event":…}]}`, `{"Event":…}`, the bare event, a list of index
 * rows, and a feed's `UUID.json`. Each event is a record of the source `misp-<slug of the creator>`.
 */
export const mispEventImporter: Importer = {
  kind: 'misp-event',
  title: 'MISP event',
  detect,
  read,
  mentions: true,
};

const manifestStart = /^\s*\{\s*"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}"\s*:/;

function detect(head: string): number {
  const start = head.slice(0, 2000);
  if (!/^\s*[[{]/.test(start) || manifestStart.test(start)) return 0;
  if (/^\s*\{\s*"(?:response|Event)"\s*:/.test(start) && /"Event"\s{0,20}:/.test(head)) return 0.95;
  if (/"type"\s{0,20}:\s{0,20}"bundle"/.test(start)) return 0;
  const seen = peekJson(head);
  if (seen.kind === 'object' && /^\{[^]*"uuid"\s{0,20}:/.test(seen.members.get('Event')?.start ?? ''))
    return 0.95;
  if (/"EventTag"\s{0,20}:|"threat_level_id"\s{0,20}:/.test(head)) return 0.9;
  // A bare event whose attributes come first and fill the head.
  const hasAttributes = /"to_ids"\s{0,20}:/.test(head) && /"category"\s{0,20}:/.test(head);
  return hasAttributes && /"(?:Attribute|Galaxy|Object)"\s{0,20}:/.test(head) ? 0.85 : 0;
}

function read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  return readEvents(document, options, false);
}

/** Reads the events of a document; `respectsDistribution` for those that an instance gave to its own user. */
export function* readEvents(
  document: SourceDocument,
  options: ImportOptions,
  respectsDistribution: boolean,
): Iterable<ImportItem> {
  const { place } = document;
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield parsed;
    return;
  }
  const events = unwrap(parsed.value);
  if (typeof events === 'string') {
    yield { kind: 'rejection', rejection: { place, path: '', reason: events } };
    return;
  }
  let source = '';
  let rows = 0;
  for (const { value, path } of events) {
    const event = eventSchema.safeParse(value);
    if (!event.success) {
      const reason = 'no MISP event; expected an object with a UUID `uuid`';
      yield { kind: 'rejection', rejection: { place, path, reason } };
      continue;
    }
    const info = mispSource(event.data, options);
    if (info.name !== source) yield { kind: 'source', source: info, complete: false };
    source = info.name;
    const result = eventToRecord(event.data, {
      respectsDistribution,
      defaultMarking: info.defaultMarking,
      publisher: mispPublisher(event.data, options),
    });
    if (result.record.summary === true) rows += 1;
    yield* itemsOf(result, place, path);
  }
  if (rows > 0) {
    const text = `${rows} ${rows === 1 ? 'row' : 'rows'} of an event index: titles and tags only; give the events themselves for their indicators`;
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
}

function* itemsOf(result: EventResult, place: string, path: string): Iterable<ImportItem> {
  const { record, rejections, unknownMarkings } = result;
  yield { kind: 'record', record };
  const prefix = path === '' ? '' : `${path}.`;
  for (const rejection of rejections) {
    yield {
      kind: 'rejection',
      rejection: { place, path: `${prefix}${rejection.path}`, reason: rejection.reason },
    };
  }
  for (const marking of unknownMarkings) {
    yield { kind: 'notice', notice: { place, path, text: unknownMarkingNotice(marking) } };
  }
}

interface Wrapped {
  readonly value: unknown;
  readonly path: string;
}

/** The events in a document, or why there are none. */
function unwrap(value: unknown): readonly Wrapped[] | string {
  if (Array.isArray(value)) return unwrapList(value, '');
  if (!isJsonObject(value)) return 'expected a MISP event: a JSON object or a list of them';
  const response = ownValue(value, 'response');
  if (Array.isArray(response)) return unwrapList(response, 'response');
  if (isJsonObject(response)) return [unwrapOne(response, 'response')];
  if (Object.keys(value).some((key) => key !== 'uuid' && isUuid(key))) {
    return "this is a feed's manifest, no event: give the folder with its UUID.json files";
  }
  return [unwrapOne(value, '')];
}

function unwrapList(list: readonly unknown[], path: string): readonly Wrapped[] | string {
  if (list.length === 0) return 'the list of events is empty';
  return list.map((item, index) => unwrapOne(item, `${path}[${index}]`));
}

function unwrapOne(value: unknown, path: string): Wrapped {
  const inner = isJsonObject(value) ? ownValue(value, 'Event') : undefined;
  return inner === undefined
    ? { value, path }
    : { value: inner, path: path === '' ? 'Event' : `${path}.Event` };
}
