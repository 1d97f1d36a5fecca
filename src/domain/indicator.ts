/** What an indicator's value is, by its form. */
export type IndicatorForm =
  | 'ipv4'
  | 'ipv6'
  | 'domain'
  | 'url'
  | 'email'
  | 'md5'
  | 'sha1'
  | 'sha256'
  | 'sha512';

export interface ParsedIndicator {
  readonly form: IndicatorForm;
  /** Refanged, in its written form. */
  readonly value: string;
  /** Values to look it up by, lower case; for a URL also its host. */
  readonly lookupValues: readonly string[];
}

/** Undoes defanging: `hxxp`, `[.]`, `(.)`, `{.}`, `[dot]`, `[:]`, `[@]`, `[at]`, `\.`. Leaves other text as it is. */
export function refang(text: string): string {
  return text
    .replace(/\bhxxp(s?)(?=:|\[:)/gi, 'http$1')
    .replace(/\bfxp(?=:|\[:)/gi, 'ftp')
    .replace(/\[:\]|\[:\/\/\]/g, (found) => (found === '[:]' ? ':' : '://'))
    .replace(/[[({](?:\.|dot)[\])}]/gi, '.')
    .replace(/[[({](?:@|at)[\])}]/gi, '@')
    .replace(/\\\./g, '.');
}

/**
 * Makes a value that nothing turns into a link: `hxxps`, `[.]` for every dot of a host or an address, `[@]`,
 * `[:]` in IPv6. Applying it twice changes nothing.
 */
export function defang(text: string): string {
  return refang(text)
    .replace(/\bhttp(s?):\/\//gi, 'hxxp$1://')
    .replace(/\bftp:\/\//gi, 'fxp://')
    .replace(/(?<=[\p{L}\p{N}_-])\.(?=[\p{L}\p{N}_-])/gu, '[.]')
    .replace(/(?<=\S)@(?=\S)/g, '[@]');
}

const hashForms: Readonly<Record<number, IndicatorForm>> = {
  32: 'md5',
  40: 'sha1',
  64: 'sha256',
  128: 'sha512',
};
const domainPattern =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,63})$/;
const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const ipv6Pattern = /^(?=.*:.*:)[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/;

/** Reads one indicator, defanged or not; undefined when the whole text is not one. */
export function parseIndicator(text: string): ParsedIndicator | undefined {
  if (text.length > 4096) return undefined;
  const value = refang(text.trim());
  const lower = value.toLowerCase();
  const hashForm = /^[0-9a-f]+$/.test(lower) ? hashForms[lower.length] : undefined;
  if (hashForm !== undefined) return { form: hashForm, value: lower, lookupValues: [lower] };
  if (ipv4Pattern.test(lower)) return { form: 'ipv4', value: lower, lookupValues: [lower] };
  if (ipv6Pattern.test(lower)) return { form: 'ipv6', value: lower, lookupValues: [lower] };
  if (domainPattern.test(lower)) return { form: 'domain', value: lower, lookupValues: [lower] };
  const email = /^[^\s@]{1,64}@([^\s@]{1,253})$/.exec(lower);
  if (email?.[1] !== undefined && domainPattern.test(email[1]))
    return { form: 'email', value: lower, lookupValues: [lower] };
  const url = /^(?:https?|ftp):\/\/([^\s/?#:]{1,253})(?::\d{1,5})?(?:[/?#]\S*)?$/i.exec(value);
  const host = url?.[1]?.toLowerCase();
  if (host !== undefined && (domainPattern.test(host) || ipv4Pattern.test(host))) {
    return { form: 'url', value, lookupValues: [lower, host] };
  }
  return undefined;
}
