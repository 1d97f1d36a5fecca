/** Longest link that any renderer writes; Slack's own limit for a button's url is 3,000. */
export const maxUrlChars = 2_000;

/** Characters that mean something in a platform's own link syntax, and that a URL may carry unencoded. */
const syntaxCharacters = /[()[\]{}|<>"'`\\^*!~]/g;

/**
 * A link that is safe to write in any platform's syntax, or undefined: http and https only, a named host or an
 * IPv4 address, no user name or password, at most `maxUrlChars`. Brackets, quotes, pipes and the like come back
 * percent-encoded.
 */
export function safeUrl(text: string): string | undefined {
  if (text.length > maxUrlChars || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '' || !/^[a-z0-9._-]+$/.test(url.hostname)) return undefined;
  const rest = url.href.slice(url.origin.length).replace(syntaxCharacters, percentEncode);
  const href = `${url.origin}${rest}`;
  return href.length > maxUrlChars ? undefined : href;
}

/** The host of a safe link, without `www.`. */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
