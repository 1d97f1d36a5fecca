import { uuidV5 } from '../../domain/stix-id.ts';
import { type Definitions, needsOf } from './definitions.ts';
import type { PageObject } from './page.ts';

/** A bundle that grows page by page. */
export interface BundleDraft {
  /** Takes an object; of the same version of one, the first. */
  add(object: PageObject, page: number): void;
  readonly count: () => number;
  readonly bytes: () => number;
  /** First and last page that something of it stood on. */
  readonly pages: () => readonly [number, number];
  /** Ids that its objects need and that neither it nor `known` has. */
  missing(known: Definitions): {
    readonly definitions: readonly string[];
    readonly indicators: readonly string[];
  };
  /** The text of the bundle, with the definitions that its objects refer to. */
  finish(known: Definitions): Uint8Array;
}

export function createBundle(name: string): BundleDraft {
  const pieces: Uint8Array[] = [];
  const versions = new Set<string>();
  const ids = new Set<string>();
  const needed = new Set<string>();
  const indicators = new Set<string>();
  let bytes = 0;
  let first = 0;
  let last = 0;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    bytes += piece.length + 1;
  };
  return {
    add: (object, page) => {
      const key = `${object.id} ${object.version}`;
      if (versions.has(key)) return;
      versions.add(key);
      ids.add(object.id);
      const needs = needsOf(object);
      for (const id of needs.definitions) needed.add(id);
      for (const id of needs.indicators) indicators.add(id);
      // A copy: a piece of a page would keep all of the page.
      push(Uint8Array.from(object.bytes));
      if (first === 0) first = page;
      last = page;
    },
    count: () => pieces.length,
    bytes: () => bytes,
    pages: () => [first, last],
    missing: (known) => ({
      definitions: [...needed].filter((id) => !ids.has(id) && !known.has(id)),
      indicators: [...indicators].filter((id) => !ids.has(id)),
    }),
    finish: (known) => {
      for (const id of needed) {
        const definition = ids.has(id) ? undefined : known.get(id);
        if (definition !== undefined) push(definition);
      }
      return envelope(name, pieces);
    },
  };
}

function envelope(name: string, pieces: readonly Uint8Array[]): Uint8Array {
  const comma = Buffer.from(',');
  const head = Buffer.from(`{"type":"bundle","id":"bundle--${uuidV5(name)}","objects":[`);
  const list = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [comma, piece]));
  return Buffer.concat([head, ...list, Buffer.from(']}')]);
}
