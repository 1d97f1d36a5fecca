import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityType } from '../../src/domain/entity-type.ts';
import type { RecordClaim, RecordIndicator, SourceRecord } from '../../src/domain/record.ts';
import type { SourceInfo } from '../../src/domain/source.ts';
import { stixIdFromUuid } from '../../src/domain/stix-id.ts';
import type { ImportCounts, ImportSessionOptions, Store, StoredRecord } from '../../src/store/types.ts';

export const source: SourceInfo = {
  name: 'example-feed',
  kind: 'stix',
  title: 'Example feed',
  licence: 'Made up for tests',
  defaultMarking: 'green',
  reliability: 'B',
  version: '1.0',
};

export function idOf(type: EntityType, number: number): NonNullable<ReturnType<typeof stixIdFromUuid>> {
  const id = stixIdFromUuid(type, `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  if (id === undefined) throw new Error('no such id');
  return id;
}

/** An actor with the aliases given. */
export function actor(
  number: number,
  changes: Partial<SourceRecord> & { aliases?: string[] } = {},
): SourceRecord {
  const { aliases = [`Paper Tiger ${number}`], ...rest } = changes;
  const id = idOf('intrusion-set', number);
  return {
    externalId: id,
    title: `Actor ${number}`,
    entity: { type: 'intrusion-set', id, name: `Actor ${number}`, externalIds: [`G9${number}`] },
    claims: aliases.map((text) => ({ predicate: 'alias', text, relation: 'same-as' })),
    ...rest,
  };
}

/** A relationship: the actor uses the malware. */
export function uses(actorNumber: number, malwareNumber: number): SourceRecord {
  const claim: RecordClaim = {
    predicate: 'uses',
    subject: { types: ['intrusion-set'], id: idOf('intrusion-set', actorNumber), create: false },
    target: {
      types: ['malware'],
      id: idOf('malware', malwareNumber),
      name: `Malware ${malwareNumber}`,
      create: false,
    },
  };
  return {
    externalId: `relationship--${actorNumber}-${malwareNumber}`,
    title: `Actor ${actorNumber} uses Malware ${malwareNumber}`,
    claims: [claim],
  };
}

export function report(number: number, indicators: readonly RecordIndicator[] = []): SourceRecord {
  return {
    externalId: `report-${number}`,
    title: `Report ${number}`,
    entity: { type: 'report', name: `Report ${number}`, externalIds: [] },
    claims: [],
    ...(indicators.length === 0 ? {} : { indicators }),
  };
}

export function indicator(value: string, lookupValues: readonly string[] = [value]): RecordIndicator {
  return { type: 'domain', value, lookupValues };
}

/** Imports records in one session. */
export async function importRecords(
  store: Store,
  records: readonly SourceRecord[],
  options: Partial<ImportSessionOptions> & { source?: SourceInfo } = {},
): Promise<ImportCounts> {
  const { source: into = source, ...rest } = options;
  const session = await store.beginImport(into, { now: 1000, complete: true, ...rest });
  await session.put(records);
  return session.finish();
}

export async function collect(records: AsyncIterable<StoredRecord>): Promise<StoredRecord[]> {
  const all: StoredRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

export async function titles(records: AsyncIterable<StoredRecord>): Promise<string[]> {
  return (await collect(records)).map(({ record }) => record.title);
}

/** The changes of all times, short: `claim-added Actor 1 alias Paper Tiger`. */
export async function changeLines(store: Store, from = 0, to = Number.MAX_SAFE_INTEGER): Promise<string[]> {
  return (await store.changes(from, to)).map(({ kind, title, detail }) => {
    const claim = [detail['predicate'], detail['value']].filter((part) => typeof part === 'string');
    return [kind, title, ...claim].join(' ');
  });
}

/** A folder that is gone after `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-store-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
