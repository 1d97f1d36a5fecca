import * as fc from 'fast-check';
import type { ReadJob } from '../../../src/ingest/messages.ts';
import { readDocument } from '../../../src/ingest/read-document.ts';
import { importers } from '../../../src/sources/registry.ts';
import {
  applyByteEdits,
  applyLineEdits,
  type ByteEdit,
  byteEdits,
  type LineEdit,
  lineEdits,
} from '../byte-edits.ts';
import { applyJsonEdits, type JsonEdit, jsonEdits } from '../json-edits.ts';
import { type Sample, samplesOf } from '../samples.ts';
import { storableProblems } from '../storable.ts';
import { defineTarget, type FuzzTarget } from '../target.ts';
import { edited } from '../words.ts';
import { mappings } from './tables.ts';

/** A sound document and what became of it. */
interface Broken {
  readonly sample: number;
  readonly json: readonly JsonEdit[];
  readonly lines: readonly LineEdit[];
  readonly bytes: readonly ByteEdit[];
  readonly place: string;
  /** True: the operator named the format. */
  readonly isNamed: boolean;
  readonly mapping?: string;
}

const maxBytes = 4 * 1024 * 1024;
const samplesByKind = new Map<string, readonly Sample[]>();

/** One target for each format: documents of it, broken anywhere, by the way that every import goes. */
export const importerTargets: readonly FuzzTarget[] = importers.map(({ kind, title }) =>
  defineTarget<Broken>(`import-${kind}`, `documents: ${title}`, () => {
    samplesByKind.set(kind, samplesOf(kind));
    return { inputs: brokenOf(kind), problemsOf: (input) => readProblems(jobOf(kind, input)) };
  }),
);

function brokenOf(kind: string): fc.Arbitrary<Broken> {
  return fc.record({
    sample: fc.nat(samplesByKind.get(kind)?.length ?? 1),
    json: jsonEdits,
    lines: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, lineEdits),
    bytes: fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, byteEdits),
    place: edited(
      fc.constantFrom('folder/file.json', 'a.md', 'https://feeds.example.org/osint/hashes.csv'),
      1,
    ),
    isNamed: fc.boolean(),
    ...(kind === 'csv' ? { mapping: mappings } : {}),
  });
}

function jobOf(kind: string, { sample, json, lines, bytes, place, isNamed, mapping }: Broken): ReadJob {
  const samples = samplesByKind.get(kind) ?? [];
  const { text } = samples[sample % Math.max(1, samples.length)] ?? { text: '' };
  const broken = applyLineEdits(withJsonEdits(text, json), lines);
  return {
    place,
    bytes: applyByteEdits(Buffer.from(broken), bytes),
    maxBytes,
    ...(isNamed ? { kind } : {}),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

function withJsonEdits(text: string, edits: readonly JsonEdit[]): string {
  const document = documentOf(text);
  return document === undefined ? text : (JSON.stringify(applyJsonEdits(document, edits)) ?? '');
}

/** Undefined for what is no JSON. */
function documentOf(text: string): unknown {
  try {
    return /^\s*[[{]/.test(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads to the end, and looks at each item. */
function readProblems(job: ReadJob): readonly string[] {
  const problems: string[] = [];
  let hasSource = false;
  const reading = readDocument(job);
  for (let next = reading.next(); ; next = reading.next()) {
    if (next.done === true) {
      if (next.value.status === 'unreadable' && next.value.reason === '')
        problems.push('unreadable without a reason');
      return problems;
    }
    const item = next.value;
    if (item.kind === 'source') hasSource = true;
    if (item.kind === 'record') {
      problems.push(...storableProblems(item.record));
      if (!hasSource) problems.push('a record comes before its source');
    }
    if (item.kind === 'rejection' && (item.rejection.reason === '' || item.rejection.place !== job.place)) {
      problems.push('a rejection without a reason or of another document');
    }
    if (problems.length > 5) return problems;
  }
}
