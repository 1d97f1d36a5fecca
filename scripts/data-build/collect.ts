import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { SourceInfo } from '../../src/domain/source.ts';
import { readDocument } from '../../src/ingest/read-document.ts';
import { factsOnly } from './facts-only.ts';
import { foldSoftwareUses } from './fold-software.ts';

/** The records of one publisher's file, reduced to facts. */
export interface Collected {
  /** The name of the file in `data/`. */
  readonly file: string;
  readonly source: SourceInfo;
  readonly scope?: string;
  readonly records: readonly SourceRecord[];
  readonly from: { readonly name: string; readonly sha256: string };
}

/** The galaxies that are taken: actors, and every list of software. What mirrors ATT&CK is left out. */
const galaxies = new Set([
  'threat-actor',
  'malpedia',
  'ransomware',
  'tool',
  'rat',
  'backdoor',
  'stealer',
  'botnet',
  'banker',
]);

const maxBytes = 512 * 1024 * 1024;

/**
 * Reads every file of a folder with the product's own importers and keeps the newest bundle of each ATT&CK domain
 * and the galaxies that are bundled, in the order of their file names.
 */
export function collect(folder: string, log: (line: string) => void): readonly Collected[] {
  const best = new Map<string, Collected>();
  for (const path of jsonFiles(folder)) {
    const found = readFile(path);
    if (found === undefined) continue;
    const known = best.get(found.file);
    if (known === undefined || isNewer(found, known)) best.set(found.file, found);
    log(`${path}: ${found.records.length} records of ${found.file.replace('.jsonl', '')}`);
  }
  return [...best.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(?:\.gz)?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readFile(path: string): Collected | undefined {
  let source: SourceInfo | undefined;
  let scope: string | undefined;
  const records: SourceRecord[] = [];
  for (const item of readDocument({ place: path, path, maxBytes })) {
    if (item.kind === 'source') {
      source = item.source;
      scope = item.scope;
      if (!isBundled(source, scope)) return undefined;
    } else if (item.kind === 'record') records.push(item.record);
  }
  if (source === undefined || records.length === 0) return undefined;
  const version = /-(\d+\.\d+)\./.exec(basename(path))?.[1] ?? source.version;
  return {
    file: `${[source.name, ...(scope === undefined ? [] : [scope])].join('.')}.jsonl`,
    source: { ...source, ...(version === undefined ? {} : { version }) },
    ...(scope === undefined ? {} : { scope }),
    records: foldSoftwareUses(records).map(factsOnly),
    from: { name: basename(path), sha256: hash('sha256', readFileSync(path), 'hex') },
  };
}

function isBundled(source: SourceInfo, scope: string | undefined): boolean {
  if (source.kind === 'stix') return /^attack-(?:enterprise|ics|mobile)$/.test(source.name);
  if (source.kind === 'cisa-kev') return source.name === 'cisa-kev';
  return source.kind === 'misp-galaxy' && scope !== undefined && galaxies.has(scope);
}

/** The one whose newest object is newer; of two alike the one with more records (an excerpt of a bundle is none). */
function isNewer(a: Collected, b: Collected): boolean {
  const [newestOfA, newestOfB] = [newest(a), newest(b)];
  return newestOfA === newestOfB ? a.records.length > b.records.length : newestOfA > newestOfB;
}

function newest({ records }: Collected): string {
  let result = '';
  for (const { modified } of records) if (modified !== undefined && modified > result) result = modified;
  return result;
}
