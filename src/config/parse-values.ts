import { z } from 'zod';
import { parseCountry } from '../domain/country.ts';
import { parseRegion } from '../domain/region.ts';
import { parseSector } from '../domain/sector.ts';

/** Schemas that read one environment variable's text. What each accepts is said in words beside it, in the table. */

export const text = z.string();

export const word = z.string().regex(/^\S+$/);

/** A token that people make for us: too long to be guessed, and sendable in a header. */
export const accessToken = z.string().regex(/^[\x21-\x7e]{20,200}$/);

/** A whole number in a range, in decimal digits. */
export function wholeNumber(from: number, to: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to));
}

export const flag = z.enum(['1', 'true', 'yes', '0', 'false', 'no']).transform((value) => {
  return value === '1' || value === 'true' || value === 'yes';
});

/** Words between commas; empty ones are left out. */
export const wordList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(word).min(1));

const slackPerson = /^slack:[TE][A-Z0-9]{1,30}\/[UW][A-Z0-9]{1,30}$/i;
const teamsPerson =
  /^teams:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** People by platform, workspace and id, between commas; at most 200. */
export const peopleList = wordList.refine(
  (people) => people.length <= 200 && people.every((one) => slackPerson.test(one) || teamsPerson.test(one)),
);

/** Texts between commas, each at most 100 characters; empty ones are left out. */
export const commaList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(z.string().max(100)).min(1).max(10));

/** Texts between commas, each read by `read`; all must be known. */
function keyList(max: number, read: (name: string) => string | undefined): z.ZodType<string[], string> {
  return z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .map(read),
    )
    .pipe(z.array(z.string()).min(1).max(max))
    .transform((keys) => [...new Set(keys)]);
}

/** Sectors in any usual wording, as keys of `domain/sector.ts`. */
export const sectorList = keyList(20, (name) => parseSector(name)?.key);

/** Countries and regions in any usual wording, as ISO 3166-1 codes and keys of `domain/region.ts`. */
export const placeList = keyList(
  30,
  (name) => parseRegion(name)?.key ?? (parseCountry(name) ?? parseCountry(name.toUpperCase()))?.code,
);

/** A host, as a server listens on it or is named: a name or an address, without scheme, path and port. */
export const hostName = z
  .string()
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]?)$/);

const hostWithPort = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;

export const hostList = wordList.refine((hosts) => hosts.every((host) => hostWithPort.test(host)));

/** True for the names and addresses of this machine itself. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

/** https, or http on this machine; without credentials. */
export const webAddress = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
});

/** A web address to which paths are added: without a query, and without a slash at its end. */
export const baseAddress = webAddress
  .refine((value) => !/[?#]/.test(value))
  .transform((value) => value.replace(/(?<!\/)\/+$/, ''));

export const postgresAddress = z
  .string()
  .refine((value) => /^postgres(?:ql)?:\/\//i.test(value) && URL.canParse(value));

const oneKey = /^(?:[0-9A-Fa-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/;
const maxKeys = 10;

/** One or more keys of 32 bytes with commas between: each 64 hexadecimal digits, or 44 characters of base64. */
export const encryptionKey = z
  .string()
  .max(1_000)
  .transform((value) => value.split(',').map((key) => key.trim()))
  .pipe(z.array(z.string().regex(oneKey)).min(1).max(maxKeys))
  .transform((keys) => keys.join(','));
