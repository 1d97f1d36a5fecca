import * as fc from 'fast-check';
import { assertNever } from '../../src/support/assert-never.ts';
import { hostile } from './words.ts';

/** One change of a value in a JSON document; `at` picks the value among all. */
export interface JsonEdit {
  readonly at: number;
  readonly how: 'remove' | 'replace' | 'list' | 'text' | 'double' | 'name' | 'nest';
  readonly value: unknown;
}

const names = ['__proto__', 'constructor', 'toString', 'type', 'id', 'value', 'length', 'then'] as const;

const values: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostile(), weight: 6 },
  {
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      0.5,
      1e21,
      Number.MAX_SAFE_INTEGER,
      [],
      {},
      [[]],
      [null],
      { type: 'x' },
      { id: null },
      'x'.repeat(20_000),
    ),
    weight: 3,
  },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

export const jsonEdits: fc.Arbitrary<readonly JsonEdit[]> = fc.array(
  fc.record({
    at: fc.nat(10_000),
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'list', 'text', 'double', 'name', 'nest'),
    value: values,
  }),
  { maxLength: 4 },
);

type Parent = Record<string, unknown> | unknown[];

/** A copy of the document with the changes made, one after the other. */
export function applyJsonEdits(document: unknown, edits: readonly JsonEdit[]): unknown {
  const root: Record<string, unknown> = { root: structuredClone(document) };
  for (const edit of edits) {
    const places = placesIn(root);
    const place = places[edit.at % Math.max(1, places.length)];
    if (place !== undefined) applyAt(place.parent, place.key, edit);
  }
  return root['root'];
}

interface Place {
  readonly parent: Parent;
  readonly key: string;
}

const maxPlaces = 4_000;

function placesIn(root: Parent): readonly Place[] {
  const places: Place[] = [];
  const waiting: Parent[] = [root];
  for (let parent = waiting.shift(); parent !== undefined; parent = waiting.shift()) {
    for (const [key, value] of Object.entries(parent)) {
      places.push({ parent, key });
      if (typeof value === 'object' && value !== null) waiting.push(value as Parent);
      if (places.length >= maxPlaces) return places;
    }
  }
  return places;
}

/** What comes in is a copy each time: one value in two places, changed in one of them, could come to hold itself. */
function applyAt(parent: Parent, key: string, { how, at, value: given }: JsonEdit): void {
  const old: unknown = Reflect.get(parent, key);
  const value: unknown = structuredClone(given);
  switch (how) {
    case 'replace':
      return define(parent, key, value);
    case 'remove':
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      return;
    case 'list':
      return define(parent, key, [old, value]);
    case 'text':
      return define(parent, key, JSON.stringify(old ?? null).slice(0, 200));
    case 'double':
      if (Array.isArray(old)) old.push(...structuredClone(old.slice(0, 50)));
      else if (Array.isArray(parent)) parent.push(structuredClone(old));
      return;
    case 'name':
      if (!Array.isArray(parent)) define(parent, names[at % names.length] ?? 'x', value);
      return;
    case 'nest':
      return define(parent, key, { [key]: old, data: [structuredClone(old)] });
    default:
      return assertNever(how);
  }
}

/** Also for `__proto__`, which an assignment would take for the prototype. */
function define(parent: Parent, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}
