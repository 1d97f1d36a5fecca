import type { EntityType } from '../../domain/entity-type.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { assertNever } from '../../support/assert-never.ts';
import { galaxyKind, isMispGalaxy } from '../galaxy-kinds.ts';
import { parseJsonDocument } from '../json-document.ts';
import { slug } from '../stix/text.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { kindByContent } from './kind-by-content.ts';
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
      const name = `the galaxy "${file.data.type.slice(0, 60)}"`;
      const guess = kindByContent(file.data);
      const text =
        guess === undefined
          ? `${name} does not tell what its ${file.data.values.length} entries are: nothing is taken from it; a \`category\` of actor, malware, tool, campaign or technique tells`
          : `${name} does not tell what its entries are: taken for ${guess}, by their metadata`;
      yield { kind: 'notice', notice: { place, path: '', text } };
      if (guess === undefined) return;
      yield sourceItem(file.data, options);
      yield* readEntries(file.data, guess, place);
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

/** The galaxies of the MISP project are one public source; any other is its owner's, and nobody said that it is public. */
function sourceItem(file: ClusterFile, options: ImportOptions): ImportItem {
  const isProjects = isMispGalaxy(file.type);
  const title = isProjects ? 'MISP galaxy' : `${(file.name ?? file.type).slice(0, 100)} (galaxy)`;
  const source: SourceInfo = {
    name: options.sourceName ?? (isProjects ? 'misp-galaxy' : `misp-galaxy-${slug(file.type) || 'unknown'}`),
    kind: 'misp-galaxy',
    title: options.sourceName ?? title,
    licence: isProjects
      ? 'CC0 1.0 or 2-clause BSD (MISP Project)'
      : 'none stated in the data: ask the publisher before passing it on',
    defaultMarking: options.defaultMarking ?? (isProjects ? 'clear' : 'green'),
    reliability: isProjects ? 'B' : 'F',
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
