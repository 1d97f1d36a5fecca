import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/export/markdown.ts';
import { markdownLink, markdownText } from '../../src/export/markdown-text.ts';
import { markdownProfileImporter } from '../../src/sources/markdown-profile/index.ts';
import { ids, sampleRecords } from '../helpers/knowledge.ts';
import { claimsOf, readWith } from '../sources/read-document.ts';
import { collected } from './world.ts';

describe('a markdown export', () => {
  it('cites a numbered source for every statement', async () => {
    const text = toMarkdown(await collected(ids.actor, 'green'));

    expect(text).toContain('| HeronDoor | \\[1\\] |  |');
    expect(text).toMatch(
      /^1\. Alpha Framework 1\.0, 2025-04-16, TLP:CLEAR, <https:\/\/alpha\.example\/\S+>$/m,
    );
    expect(text).toContain('| A paper on herons | \\[1\\] | <https://alpha.example/paper> |');
    expect(text).toContain('| domain: heron\\[.\\]example |');
    expect(text).toContain('tlp: "green"');
  });

  it('has nothing above its ceiling', async () => {
    const text = toMarkdown(await collected(ids.actor, 'clear'));

    expect(text).not.toMatch(/Delta Press\.|Quiet herons|heron\\\[|Russia/);
    expect(text).toContain('tlp: "clear"');
  });

  it('comes back through our own importer as the same profile', async () => {
    const text = toMarkdown(await collected(ids.actor, 'green'));

    const { records, rejections } = readWith(markdownProfileImporter, text, 'exports/apt900.md');

    expect(rejections).toEqual([]);
    expect(records).toHaveLength(1);
    const [record] = records;
    expect(record).toMatchObject({ title: 'APT900', marking: { tlp: 'green' } });
    expect(claimsOf(record, 'alias').map(({ text: alias }) => alias)).toContain('Shared Name');
    expect(claimsOf(record, 'uses').map(({ target }) => target.name)).toEqual(
      expect.arrayContaining(['HeronDoor', 'NetPeek']),
    );
    expect(claimsOf(record, 'targets-sector').map(({ text: sector }) => sector)).toContain(
      'Telecommunications',
    );
  });

  it.each(Object.values(ids).slice(0, 7))('is made of %s', async (id) => {
    expect(toMarkdown(await collected(id, 'green'))).toMatch(/^---\ntitle: .+\ntlp: .+\n---\n\n# /);
  });

  it('keeps what names say as text, whatever they say', async () => {
    const hostile =
      '](https://evil.example) <script>alert(1)</script> ![x](//e.example/p.png) `code` **bold** @here | --- |';
    const records = sampleRecords.map((one) =>
      one.record.externalId === ids.door && one.record.entity !== undefined
        ? { ...one, record: { ...one.record, entity: { ...one.record.entity, name: hostile } } }
        : one,
    );

    const text = toMarkdown(await collected(ids.actor, 'clear', { records }));

    const line = text.split('\n').find((one) => one.includes('alert')) ?? '';
    expect(line).not.toMatch(/(?<!\\)[[\]<>`*|]/);
    expect(line).not.toMatch(/https?:|(?<!\\)@/);
  });
});

describe('data as markdown', () => {
  it('is one line without markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (data) => {
        const text = markdownText(data);

        expect(text).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
        // A character of markup stands behind an odd number of backslashes.
        for (const [, slashes] of text.matchAll(/(\\*)[`*[\]<>|~]/g))
          expect((slashes?.length ?? 0) % 2).toBe(1);
        expect(text).not.toMatch(/^[#+=:-]|^\d+[.)]/);
      }),
      { numRuns: 100 },
    );
  });

  it('links only to what is a web address', () => {
    expect(markdownLink('https://a.example/x y>z')).toBe('<https://a.example/x%20y%3Ez>');
    expect(markdownLink('javascript:alert(1)')).toBeUndefined();
    expect(markdownLink(undefined)).toBeUndefined();
  });
});
