import type { SourceRecord } from '../../domain/record.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { stixIdFromUuid } from '../../domain/stix-id.ts';
import { slug } from '../stix/text.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { md5OfValueIndicator } from './indicator.ts';
import { hashesForm, readHashLines } from './lines.ts';

/**
 * `hashes.csv` of a MISP feed in MISP's own form, "MD5 of a value,uuid of an event": tells which event holds a value
 * without the event itself. Each event is a summary that an event of the same source replaces.
 */
export const mispHashesImporter: Importer = {
  kind: 'misp-hashes',
  title: 'hashes.csv of a MISP feed (MD5 of a value, event)',
  detect: (head) => (hashesForm(head) === 'value' ? 0.9 : 0),
  read,
};

const maxRejections = 20;

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const byEvent = new Map<string, Set<string>>();
  let faults = 0;
  for (const line of readHashLines(document.bytes)) {
    if (line.kind === 'value') {
      const hashes = byEvent.get(line.uuid) ?? new Set();
      byEvent.set(line.uuid, hashes.add(line.md5));
      continue;
    }
    faults += 1;
    const reason =
      line.kind === 'file'
        ? `a hash of the feed's file ${line.file}, of no value: nothing can be looked up by it`
        : 'expected "MD5 of a value,uuid of an event"';
    const path = line.kind === 'file' ? line.file : `line ${line.line}`;
    if (faults <= maxRejections) yield { kind: 'rejection', rejection: { place, path, reason } };
  }
  if (faults > maxRejections) {
    const reason = `${faults - maxRejections} more lines like these`;
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
  }
  if (byEvent.size === 0) {
    const reason = 'no line "MD5 of a value,uuid of an event" in it';
    if (faults === 0) yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  yield { kind: 'source', source: sourceOf(place, options), complete: false };
  for (const [uuid, hashes] of byEvent) yield { kind: 'record', record: summaryOf(uuid, hashes) };
}

function summaryOf(uuid: string, hashes: ReadonlySet<string>): SourceRecord {
  const title = `MISP event ${uuid}`;
  const id = stixIdFromUuid('report', uuid);
  return {
    externalId: uuid,
    title,
    summary: true,
    entity: {
      type: 'report',
      ...(id === undefined ? {} : { id }),
      name: title,
      externalIds: [`misp:${uuid}`],
    },
    claims: [{ predicate: 'name', text: title }],
    indicators: [...hashes].flatMap((hash) => md5OfValueIndicator(hash) ?? []),
  };
}

/** The feed, by its host or its folder: the file itself names nobody. */
function sourceOf(place: string, options: ImportOptions): SourceInfo {
  const words = slug(feedOf(place)) || 'unknown';
  return {
    name: options.sourceName ?? `misp-feed-${words}`,
    kind: 'misp-hashes',
    title: options.sourceName ?? `MISP feed ${words} (hashes)`,
    licence: 'none stated in the data: ask the publisher before passing it on',
    defaultMarking: options.defaultMarking ?? 'green',
    reliability: 'F',
  };
}

function feedOf(place: string): string {
  if (URL.canParse(place) && /^https?:/i.test(place)) return new URL(place).host;
  return (
    place
      .split(/[\\/]+/)
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .at(-2) ?? ''
  );
}
