import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectImporter, importerOf, importers } from '../../src/sources/registry.ts';

describe('the registry of importers', () => {
  it('has a line for every folder of an importer', () => {
    const folder = new URL('../../src/sources/', import.meta.url);
    const folders = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/index.ts`, folder)))
      .map((entry) => entry.name);

    expect(importers.map(({ kind }) => kind).toSorted()).toEqual(folders.toSorted());
  });

  it('finds an importer by kind and by content', () => {
    expect(importerOf('stix')?.kind).toBe('stix');
    expect(importerOf('nothing')).toBeUndefined();
    expect(detectImporter('{"type": "bundle", "objects": []}', 'x')?.kind).toBe('stix');
    expect(detectImporter('Permission is hereby granted', 'LICENSE')).toBeUndefined();
  });
});
