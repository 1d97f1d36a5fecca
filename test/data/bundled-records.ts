import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createIdentitySource } from '../../src/identity/identity-source.ts';
import { decodeRecords, manifestSchema } from '../../src/ingest/bundled-format.ts';
import type { IdentityDecisions } from '../../src/knowledge/identity.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { KnowledgeBase } from '../../src/knowledge/types.ts';
import type { StoredRecord, StoredSource } from '../../src/store/types.ts';

/** The folder of the data that come with the product. */
export const dataFolder = fileURLToPath(new URL('../../data/', import.meta.url));

/** The bundled data as a store would give them back. */
export function bundledRecords(): { records: readonly StoredRecord[]; sources: readonly StoredSource[] } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(`${dataFolder}manifest.json`, 'utf8')));
  const sources = new Map<string, StoredSource>();
  const records = manifest.files.flatMap(({ file, source: { version, ...info } }) => {
    const about = { ...info, ...(version === undefined ? {} : { version }) };
    sources.set(info.name, { ...about, recordCount: 0, importedAt: 0 });
    return decodeRecords(readFileSync(`${dataFolder}${file}`, 'utf8')).map((record) => ({
      source: info.name,
      record,
      contentHash: '',
      validFrom: 0,
      present: true,
      bundled: true,
    }));
  });
  return { records, sources: [...sources.values()] };
}

/** The decisions on identity that come with the product. */
export function bundledDecisions(): IdentityDecisions {
  return createIdentitySource([{ path: `${dataFolder}identity.yaml`, required: true }]).current().decisions;
}

/** The knowledge base of a fresh checkout. */
export function bundledKnowledgeBase(): KnowledgeBase {
  return createKnowledgeBase({ ...bundledRecords(), version: 1, identity: bundledDecisions() });
}
