/** A sample turned into something that nobody publishes, the same in every run. */
export interface Mutant {
  /** What was done, to find it again. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Gives numbers from 0 up to a bound, the same ones for a seed (mulberry32). */
type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const million = 'x'.repeat(1_000_000);

/** As JSON texts, so that keys such as `__proto__` become members of their own. */
const hostileValues: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['true', 'true'],
  ['-1', '-1'],
  ['1e308', '1e308'],
  ['an empty text', '""'],
  ['blanks', '" \\t\\n "'],
  ['a NUL', '"a\\u0000b"'],
  ['half a character', '"a\\ud800b"'],
  ['controls and directions', '"\\u001b[31m\\u202eabc\\u2066"'],
  ['a text of 1 MB', JSON.stringify(million)],
  ['1 MB of blanks', JSON.stringify(' '.repeat(1_000_000))],
  ['a key of objects', '"__proto__"'],
  ['another key of objects', '"constructor"'],
  [
    'objects with such keys',
    '{"__proto__": {"name": "x"}, "constructor": 1, "toString": null, "hasOwnProperty": []}',
  ],
  ['an empty object', '{}'],
  ['an empty list', '[]'],
  ['lists in lists', `${'['.repeat(40)}1${']'.repeat(40)}`],
  ['a list of everything', '[null, 1, "a", [], {}, [null], true]'],
  ['a list of 100,000 nulls', `[${'null,'.repeat(99_999)}null]`],
  ['a list of 100,000 texts', `[${'"a b c",'.repeat(99_999)}"z"]`],
  ['no day', '"0000-00-00"'],
  ['the first day', '"0000-01-01T00:00:00Z"'],
  ['the last second', '"9999-12-31T23:59:59Z"'],
  ['a leap second in a 13th month', '"2024-13-45T25:61:61Z"'],
  ['a time in numbers', '253402300800000'],
  ['a time before all', '-62167219200000'],
  ['an address with a login', '"https://user:secret@example.org:99999/\\u0000"'],
  ['a script', '"javascript:alert(1)"'],
  ['brackets', JSON.stringify('[('.repeat(20_000))],
  ['quotes', JSON.stringify(`"'\\`.repeat(20_000))],
];

/** Lines for texts that are no JSON. */
const hostileLines: readonly (readonly [string, string])[] = [
  ['an empty line', ''],
  ['a line of 1 MB', million],
  ['a line of 100,000 words', 'word '.repeat(100_000)],
  ['a NUL', 'a\u0000b'],
  ['controls and directions', '\u001b[31m\u202eabc\u2066'],
  ['quotations in quotations', '>'.repeat(50_000)],
  ['headings', '#'.repeat(50_000)],
  ['emphasis', '*a_'.repeat(30_000)],
  ['brackets', '[('.repeat(30_000)],
  ['closing brackets', '])'.repeat(30_000)],
  ['a table', '|'.repeat(50_000)],
  ['quotes', '"'.repeat(50_001)],
  ['commas', ','.repeat(50_000)],
  ['code', '`'.repeat(50_001)],
  ['an open comment', '<!--'],
  ['an open tag', '<a href="'],
  ['tags in tags', '<b>'.repeat(30_000)],
  ['an entity', '&a;&#0;&#x10ffff;&#99999999;'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'],
  ['keys of objects', '__proto__: constructor'],
  ['no day', 'Date: 0000-00-00'],
  ['the last second', 'Date: 9999-12-31T23:59:59Z'],
  ['dashes', '---'],
];

/** So many mutants of a sample: of its values where it is JSON, else of its lines. */
export function mutantsOf(bytes: Uint8Array, seed: number, count: number): readonly Mutant[] {
  const text = new TextDecoder().decode(bytes);
  const random = createRandom(seed);
  const isJson = canParse(text);
  return Array.from({ length: count }, () => (isJson ? mutateJson(text, random) : mutateLines(text, random)));
}

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Parent = { [key: string]: unknown } | unknown[];

function mutateJson(text: string, random: Random): Mutant {
  const root: { [key: string]: unknown } = { root: JSON.parse(text) as unknown };
  const names: string[] = [];
  for (let times = 1 + random(3); times > 0; times -= 1) {
    const places = placesIn(root);
    const place = places[random(places.length)];
    if (place !== undefined) names.push(mutateAt(place, random));
  }
  return { name: names.join('; '), bytes: new TextEncoder().encode(JSON.stringify(root['root'])) };
}

interface PlaceInJson {
  readonly parent: Parent;
  readonly key: string;
  readonly path: string;
}

/** Every value with where it stands; of long lists and large documents the beginning. */
function placesIn(root: Parent): readonly PlaceInJson[] {
  const places: PlaceInJson[] = [];
  const waiting: { readonly parent: Parent; readonly path: string }[] = [{ parent: root, path: '' }];
  for (let next = waiting.pop(); next !== undefined && places.length < 3000; next = waiting.pop()) {
    for (const [key, value] of Object.entries(next.parent).slice(0, 200)) {
      const path = `${next.path}.${key}`;
      places.push({ parent: next.parent, key, path });
      if (typeof value === 'object' && value !== null) waiting.push({ parent: value as Parent, path });
    }
  }
  return places;
}

function mutateAt({ parent, key, path }: PlaceInJson, random: Random): string {
  const what = random(10);
  const value = get(parent, key);
  if (what === 0 && Array.isArray(value) && value.length > 0) {
    value.push(...value.slice(0, 50));
    return `${path} doubled`;
  }
  if (what === 1 && !Array.isArray(parent)) {
    const other = ['__proto__', 'constructor', 'toString'][random(3)] ?? 'constructor';
    Object.defineProperty(parent, other, { value, enumerable: true, configurable: true, writable: true });
    return `${path} also as ${other}`;
  }
  if (what === 2) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
    return `${path} removed`;
  }
  if (what === 3) {
    set(parent, key, [value]);
    return `${path} in a list`;
  }
  if (what === 4) {
    set(parent, key, JSON.stringify(value).slice(0, 100));
    return `${path} as text`;
  }
  const [name, json] = hostileValues[random(hostileValues.length)] ?? ['null', 'null'];
  set(parent, key, JSON.parse(json));
  return `${path} as ${name}`;
}

function get(parent: Parent, key: string): unknown {
  return Reflect.get(parent, key);
}

function set(parent: Parent, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function mutateLines(text: string, random: Random): Mutant {
  const lines = text.split('\n');
  const names: string[] = [];
  for (let times = 1 + random(3); times > 0; times -= 1) {
    const at = random(lines.length);
    const what = random(6);
    if (what === 0) {
      lines.splice(at, 1);
      names.push(`line ${at + 1} removed`);
    } else if (what === 1) {
      lines.splice(at, 0, ...lines.slice(0, 50));
      names.push(`the beginning again at line ${at + 1}`);
    } else if (what === 2) {
      lines[at] = (lines[at] ?? '').slice(0, random(40));
      names.push(`line ${at + 1} cut`);
    } else {
      const [name, line] = hostileLines[random(hostileLines.length)] ?? ['', ''];
      const glued = random(2) === 0;
      lines.splice(at, glued ? 1 : 0, glued ? `${lines[at] ?? ''}${line}` : line);
      names.push(`${name} ${glued ? 'behind' : 'before'} line ${at + 1}`);
    }
  }
  return { name: names.join('; '), bytes: new TextEncoder().encode(lines.join('\n')) };
}
