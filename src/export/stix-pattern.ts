import type { RecordIndicator } from '../domain/record.ts';

/** Paths of STIX cyber-observables by MISP's types; one for each half of a composite. */
const paths: ReadonlyMap<string, readonly string[]> = new Map([
  ['domain', ['domain-name:value']],
  ['hostname', ['domain-name:value']],
  ['domain|ip', ['domain-name:value', 'ip']],
  ['hostname|port', ['domain-name:value', 'port']],
  ['ip', ['ip']],
  ['ip-dst', ['ip']],
  ['ip-src', ['ip']],
  ['ip-dst|port', ['ip', 'port']],
  ['ip-src|port', ['ip', 'port']],
  ['url', ['url:value']],
  ['uri', ['url:value']],
  ['link', ['url:value']],
  ['email', ['email-addr:value']],
  ['email-src', ['email-addr:value']],
  ['email-dst', ['email-addr:value']],
  ['md5', ["file:hashes.'MD5'"]],
  ['sha1', ["file:hashes.'SHA-1'"]],
  ['sha256', ["file:hashes.'SHA-256'"]],
  ['sha512', ["file:hashes.'SHA-512'"]],
  ['ssdeep', ["file:hashes.'SSDEEP'"]],
  ['tlsh', ["file:hashes.'TLSH'"]],
  ['filename', ['file:name']],
  ['filename|md5', ['file:name', "file:hashes.'MD5'"]],
  ['filename|sha1', ['file:name', "file:hashes.'SHA-1'"]],
  ['filename|sha256', ['file:name', "file:hashes.'SHA-256'"]],
  ['filename|sha512', ['file:name', "file:hashes.'SHA-512'"]],
  ['mutex', ['mutex:name']],
  ['regkey', ['windows-registry-key:key']],
  ['user-agent', ["network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"]],
]);

/**
 * A STIX 2.1 pattern (section 9) that matches an indicator's value; undefined for types that no observable stands for
 * and for values that do not have the parts that their type names.
 */
export function stixPattern({ type, value }: RecordIndicator): string | undefined {
  const wanted = paths.get(type.toLowerCase());
  if (wanted === undefined) return undefined;
  const parts = wanted.length === 1 ? [value] : splitOnce(value);
  if (parts.length !== wanted.length || parts.some((part) => part === '')) return undefined;
  const comparisons = wanted.flatMap((path, index) => comparisonsOf(path, parts[index] ?? ''));
  return `[${comparisons.join(' AND ')}]`;
}

function comparisonsOf(path: string, value: string): readonly string[] {
  if (path === 'port') return /^\d{1,5}$/.test(value) ? [`network-traffic:dst_port = ${Number(value)}`] : [];
  const resolved = path === 'ip' ? `${value.includes(':') ? 'ipv6' : 'ipv4'}-addr:value` : path;
  return [`${resolved} = ${quoted(value)}`];
}

/** At the last bar: file names may hold one, hashes, ports and addresses may not. */
function splitOnce(value: string): readonly string[] {
  const at = value.lastIndexOf('|');
  return at < 0 ? [value] : [value.slice(0, at).trim(), value.slice(at + 1).trim()];
}

function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
