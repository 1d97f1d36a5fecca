import { describe, expect, it } from 'vitest';
import { isUuid, uuidOf } from '../../src/domain/stix-id.ts';
import { tlpLevels } from '../../src/domain/tlp.ts';
import type { Importer, ImportItem } from '../../src/sources/types.ts';

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
      for (const item of read(importer, sample)) {
        if (item.kind !== 'record') continue;
        const { record } = item;
        expect(record.externalId).not.toBe('');
        expect(record.title.trim()).not.toBe('');
        expect(record.entity === undefined || record.entity.name.trim() !== '').toBe(true);
        expect(record.entity?.id === undefined || isUuid(uuidOf(record.entity.id))).toBe(true);
        expect(record.marking === undefined || tlpLevels.includes(record.marking.tlp)).toBe(true);
        expect(record.url ?? 'https://').toMatch(/^https?:\/\//);
        for (const claim of record.claims) {
          expect(claim.reference ?? 'https://').toMatch(/^https?:\/\//);
          if (claim.predicate === 'reference') expect(claim.url).toMatch(/^https?:\/\//);
        }
        expect(JSON.parse(JSON.stringify(record))).toEqual(record);
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
