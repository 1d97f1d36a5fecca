import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../src/domain/record.ts';
import { isUuid, uuidOf } from '../../src/domain/stix-id.ts';
import { tlpLevels } from '../../src/domain/tlp.ts';
import type { Importer, ImportItem } from '../../src/sources/types.ts';
import { mutantsOf } from './hostile-mutations.ts';

export interface SourceSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly place: string;
}

/** What every importer promises, whatever its format. Each of `samples` is a good document of the format. */
export function describeSourceContract(importer: Importer, samples: readonly SourceSample[]): void {
  describe(`${importer.kind} keeps the contract of a source`, () => {
    it.each(samples)('knows $name as its own by content', ({ bytes, place }) => {
      const head = new TextDecoder().decode(bytes.subarray(0, 65_536));

      expect(importer.detect(head, place)).toBeGreaterThanOrEqual(0.5);
    });

    it.each(foreignTo(importer))('does not take $name for its own', ({ text }) => {
      expect(importer.detect(text, 'file')).toBeLessThan(0.5);
    });

    it.each(samples)('gives the source before its first record of $name', (sample) => {
      const kinds = read(importer, sample).map(({ kind }) => kind);

      expect(kinds).toContain('record');
      expect(kinds.indexOf('source')).toBeGreaterThanOrEqual(0);
      expect(kinds.indexOf('source')).toBeLessThan(kinds.indexOf('record'));
    });

    it.each(samples)('gives records of $name that the store can keep', (sample) => {
      for (const record of recordsIn(read(importer, sample))) expectStorable(record);
    });

    it.each(samples)('takes $name with hostile values in it, at once and for what it is', (sample) => {
      for (const { name, bytes } of mutantsOf(sample.bytes, 20_261_122, 40)) {
        const startedAt = performance.now();

        const items = readSafely(importer, { ...sample, bytes }, name);

        // A machine that does other things beside may take some times longer.
        expect(performance.now() - startedAt, name).toBeLessThan(10_000);
        for (const record of recordsIn(items)) {
          try {
            expectStorable(record);
          } catch (error) {
            throw new Error(`${name}: ${String(error)}`, { cause: error });
          }
        }
      }
    });

    it.each(samples)('gives the same items of $name each time', (sample) => {
      expect(read(importer, sample)).toEqual(read(importer, sample));
    });

    it.each(samples)('takes the name and the marking that the operator gives for $name', (sample) => {
      const options = { sourceName: 'own-name', defaultMarking: 'red' } as const;

      const sources = [...importer.read(sample, options)].flatMap((item) =>
        item.kind === 'source' ? [item.source] : [],
      );

      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(source).toMatchObject({ name: 'own-name', defaultMarking: 'red' });
    });

    it.each(broken)('never throws for $name, and names the document in what it rejects', ({ text }) => {
      const bytes = new TextEncoder().encode(text);

      for (const item of importer.read({ place: 'broken-file', bytes }, {})) {
        if (item.kind === 'rejection') {
          expect(item.rejection.place).toBe('broken-file');
          expect(item.rejection.reason).not.toBe('');
        }
      }
    });

    it.each(samples)('never throws for a piece of $name', (sample) => {
      for (const part of [0.2, 0.5, 0.9]) {
        const bytes = sample.bytes.subarray(0, Math.floor(sample.bytes.length * part));

        expect(() => [...importer.read({ place: sample.place, bytes }, {})]).not.toThrow();
      }
    });
  });
}

function recordsIn(items: readonly ImportItem[]): readonly SourceRecord[] {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record] : []));
}

function readSafely(importer: Importer, sample: SourceSample, name: string): readonly ImportItem[] {
  try {
    return read(importer, sample);
  } catch (error) {
    throw new Error(`${importer.kind} threw for ${name}`, { cause: error });
  }
}

/** Fails unless the store can keep the record and every reader of it can take it for what its type says. */
function expectStorable(record: SourceRecord): void {
  expect(record.externalId.trim()).not.toBe('');
  expect(record.externalId.length).toBeLessThanOrEqual(500);
  expect(record.title.trim()).not.toBe('');
  expect(record.entity === undefined || record.entity.name.trim() !== '').toBe(true);
  expect(record.entity?.id === undefined || isUuid(uuidOf(record.entity.id))).toBe(true);
  expect(record.marking === undefined || tlpLevels.includes(record.marking.tlp)).toBe(true);
  expect(record.url ?? 'https://').toMatch(/^https?:\/\//);
  for (const date of [record.created, record.modified]) {
    expect(date === undefined || !Number.isNaN(Date.parse(date)), date).toBe(true);
  }
  const confidence = record.confidence ?? 0;
  expect(confidence >= 0 && confidence <= 100, String(confidence)).toBe(true);
  for (const claim of record.claims) {
    expect(claim.reference ?? 'https://').toMatch(/^https?:\/\//);
    if (claim.predicate === 'reference') expect(claim.url).toMatch(/^https?:\/\//);
    if ('text' in claim) expect(typeof claim.text).toBe('string');
  }
  for (const { value, lookupValues } of record.indicators ?? []) {
    expect(value).not.toBe('');
    expect(value.length).toBeLessThanOrEqual(4096);
    expect(lookupValues.every((text) => typeof text === 'string')).toBe(true);
  }
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
}

function read(importer: Importer, { bytes, place }: SourceSample): readonly ImportItem[] {
  return [...importer.read({ place, bytes }, {})];
}

interface ForeignDocument {
  readonly name: string;
  readonly text: string;
  /** The kind whose own document it is. */
  readonly own?: string;
}

function foreignTo({ kind }: Importer): readonly ForeignDocument[] {
  return foreign.filter(({ own }) => own !== kind);
}

const foreign: readonly ForeignDocument[] = [
  { name: 'an empty text', text: '' },
  { name: 'prose', text: 'A licence.\n\nPermission is hereby granted, free of charge, to any person.' },
  { name: 'a list of numbers', text: '[1, 2, 3]' },
  { name: 'a JSON schema', text: '{"$schema": "https://json-schema.org/draft-07/schema", "type": "object"}' },
  {
    name: 'a taxonomy',
    own: 'misp-taxonomy',
    text: '{"namespace": "tlp", "predicates": [{"value": "red"}], "version": 1}',
  },
  { name: 'a table', text: 'name,value\na,1\nb,2\n' },
  { name: 'a web feed', own: 'web-feed', text: '<?xml version="1.0"?><rss version="2.0"><channel/></rss>' },
];

const broken = [
  { name: 'nothing', text: '' },
  { name: 'a cut object', text: '{"type": "bundle", "objects": [{"ty' },
  { name: 'a wrong type', text: '{"type": 5, "objects": {}, "values": 7, "Event": [], "response": "x"}' },
  { name: 'null members', text: '{"type": null, "objects": null, "values": null, "Event": null}' },
  { name: 'a list of nulls', text: '[null, null]' },
  { name: 'null', text: 'null' },
  { name: 'deep nesting', text: '['.repeat(100_000) },
  {
    name: 'prototype keys',
    text: '{"__proto__": {"x": 1}, "constructor": 1, "objects": [{"__proto__": null}]}',
  },
  { name: 'control characters', text: '# Title\u0000\u0001\u202e\n\u0007text' },
];
