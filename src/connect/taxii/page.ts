import { createHash } from 'node:crypto';
import { splitArray } from '../../sources/json/split-array.ts';
import { isJsonObject } from '../../sources/json-document.ts';
import { pageObjectSchema } from './schema.ts';

/** An object as it came, with what others need to know of it. */
export interface PageObject {
  /** Lower case. */
  readonly id: string;
  readonly type: string;
  /** Empty where none is told. */
  readonly version: string;
  readonly bytes: Uint8Array;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly objects: readonly PageObject[];
  /** Undefined where the page does not say. */
  readonly more: boolean | undefined;
  /** Absent, empty or no text: there is none. */
  readonly next: string | undefined;
  /** Tells pages with other objects or versions apart. */
  readonly fingerprint: string;
  /** What could not be taken, each with its place in the page. */
  readonly faults: readonly { readonly path: string; readonly reason: string }[];
}

const maxNextChars = 8192;
const maxFaults = 20;

/** Reads an envelope (TAXII 2.1, section 3.7). A text is the reason why it is none. */
export function parsePage(bytes: Uint8Array): Page | string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const objects: PageObject[] = [];
  const faults = createFaults();
  const hash = createHash('sha256');
  let more: unknown;
  let next: unknown;
  for (const item of splitArray(bytes, 'objects')) {
    switch (item.kind) {
      case 'broken':
        return item.reason;
      case 'array':
        break;
      case 'member': {
        const value =
          item.end - item.start > maxNextChars * 2 ? undefined : parse(text, item.start, item.end);
        if (item.key === 'more') more = value;
        else if (item.key === 'next') next = value;
        else if (item.key === 'objects' && value !== null) return 'its objects are no list';
        break;
      }
      case 'refused':
        faults.add(`objects[${item.index}]`, item.reason);
        break;
      case 'element': {
        const object = readObject(text, item.start, item.end);
        if (typeof object === 'string') faults.add(`objects[${item.index}]`, object);
        else objects.push(object);
        hash.update(typeof object === 'string' ? object : `${object.id} ${object.version}\n`);
        break;
      }
    }
  }
  return {
    objects,
    more: more === undefined || more === null ? undefined : more === true || more === 'true',
    next: textOf(next),
    fingerprint: hash.digest('base64'),
    faults: faults.all(),
  };
}

function readObject(text: Buffer, start: number, end: number): PageObject | string {
  const value = parse(text, start, end);
  const read = pageObjectSchema.safeParse(value);
  if (!isJsonObject(value) || !read.success) return 'no STIX object: expected an object with an id';
  const { id, type, modified, created } = read.data;
  return {
    id: id.trim().toLowerCase(),
    type,
    version: modified ?? created ?? '',
    bytes: text.subarray(start, end),
    value,
  };
}

function parse(text: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(text.toString('utf8', start, end));
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' && text.length <= maxNextChars ? text : undefined;
}

/** The first faults by place, and how many more there were: a page of a million numbers is one line, not a million. */
function createFaults(): { add(path: string, reason: string): void; all(): Page['faults'] } {
  const found: { path: string; reason: string }[] = [];
  let count = 0;
  return {
    add: (path, reason) => {
      count += 1;
      if (found.length < maxFaults) found.push({ path, reason });
    },
    all: () =>
      count > maxFaults
        ? [...found, { path: 'objects', reason: `${count - maxFaults} more like these` }]
        : found,
  };
}
