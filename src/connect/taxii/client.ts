import { parseJson } from '../../sources/json/parse-json.ts';
import { isJsonObject } from '../../sources/json-document.ts';
import { displayAddress } from '../../support/http-fetch.ts';
import { toSyncFailure } from '../fetch-failure.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { SyncContext } from '../types.ts';

/** An answer of the server, or why there is none. */
export type TaxiiAnswer =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly headers: Readonly<Record<string, string>>;
      readonly url: URL;
    }
  | {
      readonly ok: false;
      readonly status: number | undefined;
      /** The answer was larger than one may be: fewer objects at once may help. */
      readonly isTooLarge: boolean;
      readonly failure: SyncFailure;
    };

export interface TaxiiClient {
  get(url: URL, maxBytes: number): Promise<TaxiiAnswer>;
  /** A small answer that has to be a JSON object; undefined when it is something else. */
  getObject(url: URL): Promise<ObjectAnswer>;
}

export type ObjectAnswer =
  | {
      readonly ok: true;
      readonly value: Readonly<Record<string, unknown>> | undefined;
      readonly what: string;
    }
  | Extract<TaxiiAnswer, { ok: false }>;

/** Section 1.6.8.3 of TAXII 2.1; then without the version, and by the name that an ordinary server of JSON knows. */
const accepted = [
  'application/taxii+json;version=2.1',
  'application/taxii+json',
  'application/taxii+json;version=2.1, application/json;q=0.9, */*;q=0.1',
] as const;

const maxSmallBytes = 16 * 1024 * 1024;

/** Asks a server, in the words that it understands. */
export function createClient(
  context: SyncContext,
  credentials: Readonly<Record<string, string>>,
): TaxiiClient {
  let spoken = 0;
  const get = async (url: URL, maxBytes: number): Promise<TaxiiAnswer> => {
    for (;;) {
      const accept = accepted[spoken] ?? accepted[0];
      const fetched = await context.fetch(url, { maxBytes, headers: { ...credentials, accept } });
      if (fetched.ok) {
        return { ok: true, bytes: withoutMark(fetched.bytes), headers: fetched.headers, url: fetched.url };
      }
      const { status } = fetched;
      const isUnspoken = status === 406 || status === 415;
      if (isUnspoken && spoken + 1 < accepted.length) {
        spoken += 1;
        continue;
      }
      return {
        ok: false,
        status,
        isTooLarge: fetched.isTooLarge === true,
        failure: isUnspoken ? unspoken(url) : toSyncFailure(fetched),
      };
    }
  };
  return {
    get,
    getObject: async (url) => {
      const answer = await get(url, maxSmallBytes);
      if (!answer.ok) return answer;
      const parsed = parseJson(answer.bytes);
      const value = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
      return { ok: true, value, what: describe(answer.headers['content-type']) };
    },
  };
}

function unspoken(url: URL): SyncFailure {
  return new SyncFailure(
    `${displayAddress(url)} does not speak TAXII 2.1: it takes none of that version's media types (406)`,
    { isOutage: false },
  );
}

/** What the server says its answer is. */
function describe(contentType: string | undefined): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html') return 'a web page';
  return /^[a-z0-9.+/-]{3,60}$/.test(type) ? `something of the type ${type}` : 'something else';
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** An address that answers, but not as TAXII has it. */
export function notTaxii(
  url: URL,
  answer: ObjectAnswer & { readonly ok: true },
  wanted: string,
): SyncFailure {
  const got = answer.value === undefined ? answer.what : 'other JSON';
  return new SyncFailure(
    `${displayAddress(url)} answered with ${got} where ${wanted} of TAXII 2.1 was expected`,
    { isOutage: false },
  );
}
