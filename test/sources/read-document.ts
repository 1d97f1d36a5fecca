import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import type { SourceInfo } from '../../src/domain/source.ts';
import type { Importer, Notice, Rejection } from '../../src/sources/types.ts';
import { corpusPath } from '../helpers/corpus.ts';

/** All that an importer yields, by kind. */
export interface ReadResult {
  readonly sources: readonly SourceInfo[];
  readonly records: readonly SourceRecord[];
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
}

/** Reads a text, or a value as JSON, with an importer. */
export function readWith(importer: Importer, content: unknown, place = 'folder/file.md'): ReadResult {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return collect(importer, new TextEncoder().encode(text), place);
}

/** Reads a file of the optional corpus, `.gz` included. */
export function readCorpus(importer: Importer, path: string): ReadResult {
  const bytes = readFileSync(corpusPath(path));
  return collect(importer, path.endsWith('.gz') ? gunzipSync(bytes) : bytes, path);
}

function collect(importer: Importer, bytes: Uint8Array, place: string): ReadResult {
  const items = [...importer.read({ place, bytes }, {})];
  return {
    sources: items.flatMap((item) => (item.kind === 'source' ? [item.source] : [])),
    records: items.flatMap((item) => (item.kind === 'record' ? [item.record] : [])),
    rejections: items.flatMap((item) => (item.kind === 'rejection' ? [item.rejection] : [])),
    notices: items.flatMap((item) => (item.kind === 'notice' ? [item.notice] : [])),
  };
}

/** The claims of one predicate. */
export function claimsOf<P extends RecordClaim['predicate']>(
  record: SourceRecord | undefined,
  predicate: P,
): readonly Extract<RecordClaim, { predicate: P }>[] {
  return (record?.claims ?? []).filter(
    (claim): claim is Extract<RecordClaim, { predicate: P }> => claim.predicate === predicate,
  );
}
