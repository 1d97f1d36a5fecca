import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/ingest/read-document.ts';
import { importers } from '../../src/sources/registry.ts';
import type { ImportItem } from '../../src/sources/types.ts';
import { samples } from './samples.ts';

interface Read {
  readonly items: readonly ImportItem[];
  readonly end: string;
  readonly reason: string;
}

/** Reads bytes as a document of a kind, as the reading thread does. */
function read(kind: string, bytes: Uint8Array): Read {
  const items: ImportItem[] = [];
  const reading = readDocument({ place: 'folder/file', bytes, kind, maxBytes: 256 * 1024 * 1024 });
  for (;;) {
    const step = reading.next();
    if (step.done !== true) items.push(step.value);
    else return { items, end: step.value.status, reason: 'reason' in step.value ? step.value.reason : '' };
  }
}

function titles({ items }: Read): readonly string[] {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record.title] : []));
}

function faults({ items }: Read): readonly string[] {
  return items.flatMap((item) => (item.kind === 'rejection' ? [item.rejection.reason] : []));
}

const kinds = importers.map(({ kind }) => kind).filter((kind) => samples[kind] !== undefined);
const sampleOf = (kind: string): string => samples[kind] ?? '';
const isJson = (kind: string): boolean => /^[[{]/.test(sampleOf(kind));

describe.each(kinds)('bytes for %s', (kind) => {
  const text = sampleOf(kind);
  const good = read(kind, Buffer.from(text));

  it('that are good give records', () => {
    expect(good.end).toBe('read');
    expect(titles(good).length + faults(good).length).toBeGreaterThan(0);
  });

  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['gzip', gzipSync(text)],
    ['gzip in two members', Buffer.concat([gzipSync(text.slice(0, 20)), gzipSync(text.slice(20))])],
    ['blanks around it', Buffer.from(`\n\n${text}\n\n \n`)],
  ])('mean the same with %s', (_, bytes) => {
    expect(titles(read(kind, bytes))).toEqual(titles(good));
  });

  it('in Latin-1 are read with a notice', () => {
    const latin = Buffer.from(text.replaceAll('Made', 'Mäde').replaceAll('made', 'mäde'), 'latin1');
    const found = read(kind, latin);

    expect(found.end).toBe('read');
    const told = found.items.some((item) => item.kind === 'notice' && item.notice.text.includes('Latin-1'));
    expect(told).toBe(latin.includes(0xe4));
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t '],
    ['a NUL', `${text.slice(0, 10)}\0${text.slice(10)}`],
    ['nothing but NULs', '\0'.repeat(1000)],
    ['deep nesting', '['.repeat(5_000_000)],
    ['deep nesting of objects', '{"a":'.repeat(1_000_000)],
  ])('of %s are refused as a whole, with a reason', (_, hostile) => {
    const found = read(kind, Buffer.from(hostile));

    expect(found.end).toBe('unreadable');
    expect(found.reason).not.toBe('');
    expect(found.items).toEqual([]);
  });

  it('that are cut off give nothing that was not in the whole, or a reason', () => {
    for (let part = 1; part < 20; part += 1) {
      const found = read(kind, Buffer.from(text.slice(0, Math.floor((text.length * part) / 20))));

      if (isJson(kind)) {
        expect(titles(found), `${part} of 20`).toEqual([]);
        expect(found.end === 'unreadable' || faults(found).length > 0).toBe(true);
      } else {
        expect(['read', 'unreadable', 'unknown']).toContain(found.end);
      }
    }
  });

  it.each([
    ['a million nulls in a list', `[${'null,'.repeat(999_999)}null]`],
    ['a million empty objects in a list', `[${'{},'.repeat(999_999)}{}]`],
    ['a million elements in every list', ofEveryKey(`[${'0,'.repeat(99_999)}0]`)],
    ['a text of 1 MB in every place', ofEveryKey(JSON.stringify('x'.repeat(1_000_000)))],
    ['keys of objects', '{"__proto__": {"objects": []}, "constructor": {"values": 1}, "toString": "x"}'],
    ['many levels, none too deep', `{"objects": ${'['.repeat(60)}${']'.repeat(60)}}`],
    ['one line of 10 MB', 'x'.repeat(10_000_000)],
    ['a million lines', 'a, b: c\n'.repeat(1_000_000)],
    ['a million quotation marks', '"'.repeat(1_000_000)],
    ['a million tags', '<a>'.repeat(1_000_000)],
  ])('of %s take seconds at most, and nothing throws', (_, hostile) => {
    const startedAt = performance.now();

    const found = read(kind, Buffer.from(hostile));

    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(['read', 'unreadable', 'unknown']).toContain(found.end);
    for (const item of found.items) {
      if (item.kind === 'rejection') expect(item.rejection.reason.length).toBeLessThan(5000);
    }
  });
});

/** An object with every key that some format has at its top. */
function ofEveryKey(value: string): string {
  const keys = [
    'objects',
    'values',
    'Event',
    'response',
    'vulnerabilities',
    'predicates',
    'items',
    'type',
    'uuid',
  ];
  return `{${keys.map((key) => `"${key}": ${value}`).join(', ')}}`;
}

describe('objects that refer to each other', () => {
  it('in circles are read like others', () => {
    const id = (number: number): string => `report--00000000-0000-4000-8000-00000000000${number}`;
    const reports = [1, 2, 3].map((number) => ({
      type: 'report',
      id: id(number),
      name: `Report ${number}`,
      object_refs: [id((number % 3) + 1), id(number)],
    }));
    const revoked = [1, 2].map((number) => ({
      type: 'relationship',
      id: `relationship--00000000-0000-4000-8000-00000000001${number}`,
      relationship_type: 'revoked-by',
      source_ref: id(number),
      target_ref: id(3 - number),
    }));

    const found = read(
      'stix',
      Buffer.from(JSON.stringify({ type: 'bundle', objects: [...reports, ...revoked] })),
    );

    expect(titles(found)).toEqual(['Report 1', 'Report 2', 'Report 3']);
  });

  it('that thousands of reports name each other do not multiply', () => {
    const actors = Array.from({ length: 90 }, (_, index) => `intrusion-set--${hex(index)}`);
    const ids = Array.from({ length: 1500 }, (_, index) => `report--${hex(1000 + index)}`);
    const objects = ids.map((id) => ({ type: 'report', id, name: id, object_refs: [...actors, ...ids] }));
    const startedAt = performance.now();

    const found = read(
      'stix',
      Buffer.from(JSON.stringify({ type: 'bundle', objects: objects.slice(0, 150) })),
    );

    expect(titles(found)).toHaveLength(150);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

function hex(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
