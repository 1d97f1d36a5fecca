import { parseIndicator } from '../../domain/indicator.ts';
import type { RecordIndicator, RecordMarking } from '../../domain/record.ts';

/** Object paths of STIX patterns whose value identifies something, with MISP's attribute type for it. */
const typeOfPath: ReadonlyMap<string, string> = new Map([
  ['ipv4-addr:value', 'ip-dst'],
  ['ipv6-addr:value', 'ip-dst'],
  ['network-traffic:dst_ref.value', 'ip-dst'],
  ['network-traffic:src_ref.value', 'ip-src'],
  ['domain-name:value', 'domain'],
  ['network-traffic:dst_ref.resolves_to_refs[*].value', 'ip-dst'],
  ['url:value', 'url'],
  ['email-addr:value', 'email'],
  ['email-message:from_ref.value', 'email-src'],
  ['email-message:sender_ref.value', 'email-src'],
  ['email-message:subject', 'email-subject'],
  ['file:hashes.md5', 'md5'],
  ['file:hashes.sha-1', 'sha1'],
  ['file:hashes.sha1', 'sha1'],
  ['file:hashes.sha-256', 'sha256'],
  ['file:hashes.sha256', 'sha256'],
  ['file:hashes.sha-512', 'sha512'],
  ['file:hashes.sha512', 'sha512'],
  ['file:hashes.ssdeep', 'ssdeep'],
  ['file:hashes.imphash', 'imphash'],
  ['file:hashes.tlsh', 'tlsh'],
  ['file:name', 'filename'],
  ['mutex:name', 'mutex'],
  ['windows-registry-key:key', 'regkey'],
  ['process:command_line', 'command-line'],
  ['x509-certificate:serial_number', 'x509-serial'],
  ['x509-certificate:hashes.sha-1', 'x509-fingerprint-sha1'],
  ['x509-certificate:hashes.sha-256', 'x509-fingerprint-sha256'],
  ['user-account:account_login', 'target-user'],
  ['network-traffic:extensions.http-request-ext.request_header.user-agent', 'user-agent'],
]);

const maxValueChars = 4096;
/** A pattern that lists more values than this is cut, and keeps its whole text instead. */
const maxPatternChars = 1_000_000;

interface PatternValue {
  readonly type: string;
  readonly value: string;
}

/**
 * The values that a STIX pattern (2.0 and 2.1, section 9) compares with `=` or `IN`, under paths that identify
 * something, in order, each once. Negated comparisons, `LIKE`, `MATCHES` and ports or methods give none.
 *
 * @example patternValues("[ipv4-addr:value = '198.51.100.7']") → [{ type: 'ip-dst', value: '198.51.100.7' }]
 */
export function patternValues(pattern: string): readonly PatternValue[] {
  const found = new Map<string, PatternValue>();
  if (pattern.length > maxPatternChars) return [];
  const comparison =
    /(?<![^\s[(])([a-z0-9-]{1,64}:[^\s=!<>:]{1,200})\s{0,9}(NOT\s{1,9})?(=|IN)\s{0,9}(\((?:[^()']|'(?:[^'\\]|\\.)*')*\)|'(?:[^'\\]|\\.)*')/gi;
  for (const [, path = '', negation, , literal = ''] of pattern.matchAll(comparison)) {
    const type = typeOfPath.get(path.replaceAll("'", '').toLowerCase());
    if (type === undefined || negation !== undefined) continue;
    for (const [, text = ''] of literal.matchAll(/'((?:[^'\\]|\\[^]?)*)(?:'|$)/g)) {
      const value = text.replace(/\\(.)/g, '$1').trim();
      if (value !== '') found.set(`${type}\n${value}`, { type, value });
    }
  }
  return [...found.values()];
}

/** What an indicator object adds to each of its values. */
export interface IndicatorContext {
  readonly comment?: string;
  readonly date?: string;
  readonly marking?: RecordMarking;
}

/**
 * The indicators of a pattern: one a value, or the whole pattern as one of type `stix-pattern` (or of its
 * language) where no value can be read out of it.
 */
export function indicatorsOf(
  pattern: string,
  language: string | undefined,
  context: IndicatorContext,
): readonly RecordIndicator[] {
  const isStix = language === undefined || language.toLowerCase() === 'stix';
  const values = isStix ? patternValues(pattern) : [];
  if (values.length === 0) {
    const type = isStix ? 'stix-pattern' : language.toLowerCase();
    return [{ type, value: pattern.slice(0, maxValueChars), lookupValues: [], detectable: true, ...context }];
  }
  return values.map(({ type, value }) => {
    const cut = value.slice(0, maxValueChars);
    const parsed = parseIndicator(cut);
    return {
      type,
      value: parsed?.value ?? cut,
      lookupValues: parsed?.lookupValues ?? [cut.toLowerCase()],
      detectable: true,
      ...context,
    };
  });
}
