import { readFileSync } from 'node:fs';
import { searchEntities } from '../../../src/briefing/search-entities.ts';
import { decodeRecords, manifestSchema } from '../../../src/ingest/bundled-format.ts';
import { createKnowledgeBase } from '../../../src/knowledge/knowledge-base.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import type { StoredRecord, StoredSource } from '../../../src/store/types.ts';

const folder = new URL('../../../data/', import.meta.url);

/** The entities of the bundled data as the product indexes them, at the lowest ceiling. */
export function bundledEntities(): readonly SearchEntity[] {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));
  const records: StoredRecord[] = [];
  const sources: StoredSource[] = [];
  for (const { file, source } of manifest.files) {
    const { version, ...rest } = source;
    sources.push({ ...rest, ...(version === undefined ? {} : { version }), recordCount: 0, importedAt: 0 });
    for (const record of decodeRecords(readFileSync(new URL(file, folder), 'utf8'))) {
      records.push({
        source: source.name,
        record,
        contentHash: '',
        validFrom: 0,
        present: true,
        bundled: true,
      });
    }
  }
  return searchEntities(createKnowledgeBase({ records, sources, version: 1 }).at('clear'));
}
