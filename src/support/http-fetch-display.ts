import { createRedactor } from './secrets.ts';

const secretParameter =
  /key|token|secret|sig|auth|pass|pwd|cred|session|code|jwt|bearer|hmac|otp|sas$|login|private/i;

/**
 * The address without user, password and fragment, and without the values of parameters that may be secrets: by
 * their name, because they look like a token, or because they hold an address or parameters of their own.
 */
export function displayAddress(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  const pairs = [...shown.searchParams];
  if (!pairs.some(([name, value]) => isTelling(name, value))) return shown.href;
  shown.search = pairs
    .map(([name, value]) => {
      if (!isTelling(name, value)) return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
      return looksLikeToken(name) ? 'hidden' : `${encodeURIComponent(name)}=hidden`;
    })
    .join('&');
  return shown.href;
}

function isTelling(name: string, value: string): boolean {
  return (
    secretParameter.test(name) || looksLikeToken(name) || looksLikeToken(value) || /[=@&;]/.test(name + value)
  );
}

/** A run of 20 characters and more without the marks of words, dates and versions: nobody writes that by hand. */
function looksLikeToken(text: string): boolean {
  return /[A-Za-z0-9+/_-]{20,}/.test(text) && !uuid.test(text);
}

/** An identifier, under any name that is not a secret's: it tells one address from another. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Hides what was sent to prove who asks, should a server send it back in a place that is shown. */
export function createFetchRedactor(
  url: URL,
  headers: Readonly<Record<string, string>>,
): (text: string) => string {
  const secretHeaders = Object.entries(headers)
    .filter(([name]) => !openHeaders.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, '')]);
  const parameters = [...url.searchParams].flatMap(([name, value]) =>
    isTelling(name, value) ? [value] : [],
  );
  const written = [url.username, url.password, ...parameters, ...secretHeaders, ...userAndKeys(headers)];
  const spellings = written.flatMap((text) => [text, decodeQuietly(text), encodeURIComponent(text)]);
  return createRedactor(spellings.flatMap((text) => [text, text.toLowerCase()]));
}

const openHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'user-agent',
]);

/** User and password inside a header of the Basic scheme. */
function userAndKeys(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).flatMap((value) => {
    const encoded = /^basic\s+(\S+)$/i.exec(value)?.[1];
    if (encoded === undefined) return [];
    const pair = Buffer.from(encoded, 'base64').toString('utf8');
    return [pair, pair.slice(pair.indexOf(':') + 1)];
  });
}

/** The text behind percent signs; as it stands where they stand for nothing. */
export function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
