import type { EntityType } from '../../domain/entity-type.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { assertNever } from '../../support/assert-never.ts';
import { galaxyKind } from '../galaxy-kinds.ts';
import { parseJsonDocument } from '../json-document.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { type ClusterFile, clusterFileSchema, clusterSchema } from './schema.ts';
import { clusterToRecord } from './to-domain.ts';

/**
 * MISP galaxy cluster files. Each file is one scope, complete, of the source `misp-galaxy`; a record's external id
 * is the entry's uuid.
 */
export const mispGalaxyImporter: Importer = {
  kind: 'misp-galaxy',
  title: 'MISP galaxy cluster file',
  detect,
  read,
};

function detect(head: string): number {
  if (!/^\s*\{/.test(head.slice(0, 1000)) || !/"values"\s{0,20}:\s{0,20}\[/.test(head)) return 0;
  const hasEntries = /"value"\s{0,20}:/.test(head) && /"uuid"\s{0,20}:/.test(head);
  const isNamed = /"(?:authors|category|type)"\s{0,20}:/.test(head);
  if (hasEntries && isNamed) return 0.95;
  // An empty galaxy, or one whose first entry is longer than the head.
  return isNamed && /"authors"\s{0,20}:/.test(head) ? 0.8 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield parsed;
    return;
  }
  const file = clusterFileSchema.safeParse(parsed.value);
  if (!file.success) {
    const reason = 'no MISP galaxy cluster file; expected an object with a text `type` and a list `values`';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  const kind = galaxyKind(file.data.type, file.data.category);
  switch (kind.kind) {
    case 'other': {
      const text = `the galaxy "${file.data.type.slice(0, 60)}" holds neither actors, software, techniques nor campaigns: nothing is taken from it`;
      yield { kind: 'notice', notice: { place, path: '', text } };
      return;
    }
    case 'reference': {
      const text = `reference data (${file.data.values.length} entries of the galaxy "${file.data.type}"): known by uuid already, nothing is taken from it`;
      yield { kind: 'notice', notice: { place, path: '', text } };
      return;
    }
    case 'entity':
      yield sourceItem(file.data, options);
      yield* readEntries(file.data, kind.type, place);
      return;
    default:
      assertNever(kind);
  }
}

function sourceItem(file: ClusterFile, options: ImportOptions): ImportItem {
  const source: SourceInfo = {
    name: options.sourceName ?? 'misp-galaxy',
    kind: 'misp-galaxy',
    title: options.sourceName ?? 'MISP galaxy',
    licence: 'CC0 1.0 or 2-clause BSD (MISP Project)',
    defaultMarking: options.defaultMarking ?? 'clear',
    reliability: 'B',
    ...(file.version === undefined ? {} : { version: String(file.version) }),
  };
  return { kind: 'source', source, complete: true, scope: file.type };
}

function* readEntries(file: ClusterFile, type: EntityType, place: string): Iterable<ImportItem> {
  for (const [index, value] of file.values.entries()) {
    const cluster = clusterSchema.safeParse(value);
    if (!cluster.success) {
      const problem = cluster.error.issues
        .map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`)
        .join('; ');
      const reason = `${problem}; expected an object with a UUID \`uuid\` and a text \`value\``;
      yield { kind: 'rejection', rejection: { place, path: `values[${index}]`, reason } };
      continue;
    }
    const { record, notices } = clusterToRecord(cluster.data, file.type, type);
    yield { kind: 'record', record };
    for (const notice of notices) {
      const path = `values[${index}] (${record.title.slice(0, 80)}).${notice.path}`;
      yield { kind: 'notice', notice: { place, path, text: notice.text } };
    }
  }
}
