import { nameKey } from '../../domain/name-key.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { parseJsonDocument } from '../json-document.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { type NameRow, readRow, rowsIn } from './schema.ts';
import { rowsToRecord } from './to-domain.ts';

/** Microsoft's list of threat actor names, in the schemas of 2023, 2024 and since. Each document is the whole list. */
export const microsoftNamesImporter: Importer = {
  kind: 'microsoft-names',
  title: 'Microsoft’s list of threat actor names',
  detect,
  read,
};

const nameMember = /"\s{0,5}(?:threat[\s_-]{0,3}actor[\s_-]{0,3}name|new[\s_-]{0,3}name)\s{0,5}"\s{0,20}:/i;
const otherMember =
  /"\s{0,5}(?:origin\s{0,5}\/\s{0,5}threat|other[\s_-]{0,3}names?|previous[\s_-]{0,3}names?)\s{0,5}"\s{0,20}:/i;

function detect(head: string): number {
  if (!/^\s*[[{]/.test(head.slice(0, 1000))) return 0;
  return nameMember.test(head) && otherMember.test(head) ? 0.9 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield parsed;
    return;
  }
  const values = rowsIn(parsed.value);
  if (values === undefined) {
    const reason = 'no list of actors; expected a list of objects with "Threat actor name" and "Other names"';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  yield { kind: 'source', source: sourceOf(options), complete: true };
  const actors = new Map<string, [NameRow, ...NameRow[]]>();
  for (const [index, value] of values.entries()) {
    const result = readRow(value);
    if (!result.ok) {
      yield { kind: 'rejection', rejection: { place, path: `[${index}]`, reason: result.reason } };
      continue;
    }
    const key = nameKey(result.row.name);
    const before = actors.get(key);
    if (before === undefined) actors.set(key, [result.row]);
    else {
      before.push(result.row);
      const text = `${result.row.name} stands in the list more than once: its rows are taken together`;
      yield { kind: 'notice', notice: { place, path: `[${index}]`, text } };
    }
  }
  for (const rows of actors.values()) yield { kind: 'record', record: rowsToRecord(rows) };
}

function sourceOf(options: ImportOptions): SourceInfo {
  return {
    name: options.sourceName ?? 'microsoft-names',
    kind: 'microsoft-names',
    title: options.sourceName ?? 'Microsoft threat actor names',
    licence: 'CC BY 4.0 (Microsoft)',
    defaultMarking: options.defaultMarking ?? 'clear',
    reliability: 'B',
  };
}
