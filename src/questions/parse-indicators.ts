import { parseIndicator, refang } from '../domain/indicator.ts';
import { formatIpNetwork, parseIpAddress, parseIpNetwork } from '../domain/ip-address.ts';
import { isFileName } from '../domain/parent-domains.ts';
import { readIndicator } from '../search/read-indicator.ts';
import type { SearchIndex } from '../search/types.ts';
import type { AskedText, Form } from './form.ts';
import type { Question } from './types.ts';

/** So many indicators are looked up at once. */
export const maxIndicators = 100;
const maxWords = 2_000;
const exactScore = 0.96;
/** A sentence with more words than this besides its indicators is prose, in which they are only mentioned. */
const maxOtherWords = 14;

/**
 * Indicators in a question: one ("is 8.8.8.8 malicious", "have we seen evil.exe", "10.0.0.0/8") or several pasted
 * ("check these: …"). Leaves alone what is a name here ("TEMP.Veles"), sentences that name something else, and prose.
 */
export const parseIndicators: Form = (asked, index) => {
  const words = asked.cleaned.split(/[\s,;|]+/).slice(0, maxWords);
  const found = new Map<string, string>();
  let others = 0;
  for (const word of words) {
    const value = indicatorIn(word);
    if (value !== undefined && found.has(value.toLowerCase())) continue;
    if (value === undefined || isName(value, index)) others += word === '' ? 0 : 1;
    else found.set(value.toLowerCase(), value);
  }
  const values = [...found.values()];
  const [only] = values;
  if (only === undefined) return fileQuestion(asked, index);
  if (others > maxOtherWords + values.length || namesSomething(asked)) return undefined;
  if (values.length === 1) return indicatorQuestion(only);
  return {
    kind: 'indicators',
    values: values.slice(0, maxIndicators),
    left: Math.max(0, values.length - maxIndicators),
  };
};

function indicatorQuestion(value: string): Question {
  const lookupValues = parseIndicator(value)?.lookupValues ?? [value.toLowerCase()];
  return { kind: 'indicator', value, lookupValues };
}

/** One word as an indicator, refanged, without the marks around it and the port behind it. */
function indicatorIn(word: string): string | undefined {
  const bare = refang(
    word.replace(/^[<("'`*[{•·>-]+(?![.:\]])(?:[>)"'`*,;!?]+$)?|(?<![>)"'`*,;!?])[>)"'`*,;!?]+$/g, ''),
  )
    .replace(/\[\/\]/g, '/')
    .replace(/(?<![.:])[.:]+$/, (end) => (end.startsWith('::') ? end : ''))
    .replace(/^(?:ip|domain|url|md5|sha1|sha256|sha512|hash|email|host)[:=](?=[^/])/i, '');
  if (bare.length < 4 || bare.length > 4_096) return undefined;
  const network = parseIpNetwork(bare);
  if (network !== undefined) return formatIpNetwork(network);
  const address = bare.includes('::') || bare.includes(':') ? parseIpAddress(bare) : undefined;
  if (address !== undefined) return bare.toLowerCase();
  const withPort = /^([^\s/:]{4,253}):\d{1,5}$/.exec(bare)?.[1];
  if (withPort !== undefined && parseIndicator(withPort) !== undefined)
    return parseIndicator(withPort)?.value;
  const parsed = isFileName(bare) ? parseIndicator(bare) : readIndicator(bare, refang(word) !== word);
  if (parsed !== undefined) return parsed.value;
  // A page without its scheme: "evil.example/login".
  const page = /^([^\s/?#]{4,253})[/?]\S*$/.exec(bare)?.[1];
  const host = page === undefined ? undefined : parseIndicator(page);
  return host?.form === 'domain' || host?.form === 'ipv4' ? `http://${bare}` : undefined;
}

function isName(value: string, index: SearchIndex): boolean {
  const lookup = index.lookup(value);
  const first =
    lookup.kind === 'found' ? lookup.match : lookup.kind === 'ambiguous' ? lookup.matches[0] : undefined;
  return first !== undefined && first.score >= exactScore && first.matched.text.length >= value.length - 1;
}

/** True where the sentence has a name in it: that is what it is about. */
function namesSomething({ bare }: AskedText): boolean {
  return bare.kind === 'found' || bare.kind === 'ambiguous';
}

const filePatterns: readonly RegExp[] = [
  /^(?:(?:have|has|did|do) (?:we|you|anyone|i) (?:ever )?(?:seen?|have|know|come across)|any (?:hits|reports|sightings|results) (?:on|for|of)|anything on|check|look ?up|search(?: for)?|is) (?:(?:the|a|an|this|any) )?(?:file|filename|file name|attachment|document|sample|path)(?: (?:called|named|with the name|name))?:? ["“']?(?<name>[^"”']{3,255}?)["”']?(?: (?:known|before|malicious|bad|seen|recorded))*$/i,
  /^["“']?(?<name>[a-z]:\\[^"”']{2,400}?|%[a-z]+%\\[^"”']{2,400}?)["”']?$/i,
  /^(?:file|filename|file name|indicator|ioc|observable|mutex|registry key|regkey|user agent|hash):? ["“']?(?<name>[^"”']{3,400}?)["”']?$/i,
];

/** A file, a path or another value that no form tells: asked for in so many words. */
function fileQuestion({ cleaned }: AskedText, index: SearchIndex): Question | undefined {
  if (cleaned.length > 500) return undefined;
  for (const pattern of filePatterns) {
    const name = pattern.exec(cleaned)?.groups?.['name']?.trim();
    if (name !== undefined && !isName(name, index)) return indicatorQuestion(refang(name));
  }
  const bare = cleaned.replace(/^["“']|["”']$/g, '');
  const isOneName =
    /^[\p{L}\p{N}_()+&@ .-]{3,120}$/u.test(bare) && isFileName(bare) && bare.split(' ').length <= 5;
  return isOneName && !isName(bare, index) ? indicatorQuestion(bare) : undefined;
}
