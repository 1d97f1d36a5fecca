import { peekJson } from '../json/peek.ts';
import { splitPieces } from '../json/split-array.ts';
import type { Importer, ImportItem, ImportOptions, Notice, Rejection, SourceDocument } from '../types.ts';
import type { Context } from './context.ts';
import { sourceOf } from './source-of.ts';
import { type Survey, surveyBundle } from './survey.ts';
import { dayOf } from './text.ts';
import { toDomain } from './to-domain.ts';

/** Reads STIX 2.0 and 2.1 bundles of any producer, and ATT&CK's by its own conventions. */
export const stixImporter: Importer = {
  kind: 'stix',
  title: 'STIX 2.0 or 2.1 bundle',
  detect,
  read,
  streams: true,
};

/** A bundle by its type or its id (which of the two comes first is the producer's choice), else a list of objects. */
function detect(head: string): number {
  const seen = peekJson(head);
  if (seen.kind !== 'object') return 0;
  const { members } = seen;
  if (members.get('type')?.value === 'bundle') return 1;
  const id = members.get('id')?.value;
  if (typeof id === 'string' && /^bundle--/i.test(id)) return 1;
  const objects = members.get('objects')?.start ?? '';
  // A TAXII envelope, or a bundle whose type comes last: the first object tells.
  return /^\[\s*\{[^]*?"(?:id|created_by_ref)"\s*:\s*"[a-z0-9-]+--[0-9a-f]{8}-/i.test(objects) ? 0.9 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Generator<ImportItem> {
  const { place } = document;
  const survey = surveyBundle(piecesOf(document));
  const fault = faultOf(survey);
  if (fault !== undefined) {
    yield rejection({ place, path: '', reason: fault });
    return;
  }
  yield {
    kind: 'source',
    source: sourceOf(survey, place, options),
    complete: survey.attack.complete && options.sourceName === undefined,
  };
  const tally = createTally();
  yield* readObjects(document, survey, tally);
  yield* tally.notices(place);
}

function faultOf(survey: Survey): string | undefined {
  if (survey.broken !== undefined) return `not a whole STIX bundle: ${survey.broken}`;
  if (survey.wrongObjects) return 'objects: expected a list of STIX objects';
  return survey.hasObjects ? undefined : 'a STIX bundle without objects: nothing to import';
}

function piecesOf(document: SourceDocument): Iterable<Uint8Array> {
  return document.open?.() ?? [document.bytes];
}

function* readObjects(document: SourceDocument, survey: Survey, tally: Tally): Generator<ImportItem> {
  const { place } = document;
  const context: Context = {
    survey,
    load: (id) => {
      const found = survey.objects.placeOf(id);
      return found === undefined ? undefined : parseObject(sliceOf(document, found), found).value;
    },
  };
  for (const item of splitPieces(piecesOf(document), 'objects')) {
    if (item.kind === 'refused') {
      yield rejection({ place, path: `objects[${item.index}]`, reason: item.reason });
    } else if (item.kind === 'element') {
      const { value, reason } = parseObject(item.bytes, item);
      const id = idOf(value);
      const path = id === undefined ? `objects[${item.index}]` : `objects[${item.index}] (${id})`;
      if (reason !== undefined) {
        yield rejection({ place, path, reason });
      } else if (id !== undefined && (survey.objects.indexOf(id) ?? item.index) !== item.index) {
        tally.note('older versions of objects in the same bundle');
      } else {
        yield* readObject(value, context, place, path, tally);
      }
    }
  }
}

function sliceOf(document: SourceDocument, { start, end }: { start: number; end: number }): Buffer {
  const bytes = document.slice?.(start, end) ?? document.bytes.subarray(start, end);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function* readObject(
  value: unknown,
  context: Context,
  place: string,
  path: string,
  tally: Tally,
): Generator<ImportItem> {
  const converted = toDomain(value, context);
  if (converted.kind === 'fault') {
    yield rejection({ place, path, reason: converted.reason });
  } else if (converted.kind === 'dropped') {
    tally.note(converted.what);
  } else if (converted.kind === 'record') {
    const { marking } = converted.record;
    for (const text of noTimesOf(value)) tally.noTime(text, path);
    if (marking?.unknown === true) tally.unknownMarking(marking.text ?? '', path);
    yield { kind: 'record', record: converted.record };
  }
}

function parseObject(
  bytes: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
): { value: unknown; reason?: string } {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { value: undefined, reason: `not JSON (bytes ${start} to ${end})` };
  }
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id.trim().toLowerCase().slice(0, 200) : undefined;
}

/** What an object gives as the time when it was first or last seen and is none, as written. */
function noTimesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const first = 'first_seen' in value ? value.first_seen : undefined;
  const last = 'last_seen' in value ? value.last_seen : undefined;
  return [first, last].flatMap((time) =>
    typeof time === 'string' && time !== '' && dayOf(time) === undefined ? time.slice(0, 40) : [],
  );
}

function rejection(rejected: Rejection): ImportItem {
  return { kind: 'rejection', rejection: rejected };
}

/** A publisher has a dozen kinds at most; a hostile bundle has one for each object. */
const maxKinds = 20;

interface Tally {
  readonly note: (what: string) => void;
  readonly unknownMarking: (text: string, path: string) => void;
  readonly noTime: (text: string, path: string) => void;
  readonly notices: (place: string) => Generator<ImportItem>;
}

/** Counts what was left out, so that one notice tells it all. */
function createTally(): Tally {
  const dropped = new Map<string, number>();
  const markings = new Map<string, { path: string; count: number }>();
  let noTime: { readonly text: string; readonly path: string; count: number } | undefined;
  return {
    note: (what) => void dropped.set(what, (dropped.get(what) ?? 0) + 1),
    unknownMarking: (text, path) => {
      const before = markings.get(text);
      markings.set(text, { path: before?.path ?? path, count: (before?.count ?? 0) + 1 });
    },
    noTime: (text, path) => {
      noTime ??= { text, path, count: 0 };
      noTime.count += 1;
    },
    *notices(place): Generator<ImportItem> {
      for (const [text, { path, count }] of markings) {
        const says = `marking "${text}" is none that TLP defines: ${count} ${count === 1 ? 'object' : 'objects'} taken as TLP:AMBER+STRICT`;
        yield notice({ place, path, text: says });
      }
      if (noTime !== undefined) {
        const { text, path, count } = noTime;
        const more = count === 1 ? '' : `, and ${count - 1} more like it`;
        yield notice({
          place,
          path,
          text: `"${text}" is no time when it was seen, and is left out${more}`,
        });
      }
      const total = [...dropped.values()].reduce((sum, count) => sum + count, 0);
      if (total === 0) return;
      const all = [...dropped].sort((a, b) => b[1] - a[1]).map(([what, count]) => `${count} ${what}`);
      const kinds =
        all.length <= maxKinds ? all : [...all.slice(0, maxKinds), `${all.length - maxKinds} more kinds`];
      yield notice({
        place,
        path: 'objects',
        text: `${total} ${total === 1 ? 'object holds' : 'objects hold'} no facts that are kept: ${kinds.join(', ')}`,
      });
    },
  };
}

function notice(told: Notice): ImportItem {
  return { kind: 'notice', notice: told };
}
