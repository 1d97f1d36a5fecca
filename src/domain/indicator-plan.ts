import { parseIndicator } from './indicator.ts';
import {
  formatIpAddress,
  formatIpNetwork,
  type IpAddress,
  type IpNetwork,
  isInNetwork,
  networkOf,
  parseIpAddress,
  parseIpNetwork,
  writtenForms,
} from './ip-address.ts';
import { parentDomains } from './parent-domains.ts';

/** How a value that is found stands to the one that was asked for. */
export type IndicatorRelation =
  | 'same'
  /** The host of the URL that was asked for, or another URL on it. */
  | 'host'
  /** A domain above the one that was asked for. */
  | 'parent'
  /** A network in which the address, or the smaller network, lies. */
  | 'network'
  /** An address or a smaller network inside the network that was asked for. */
  | 'inside';

/** What to look up for one indicator. */
export interface IndicatorPlan {
  /** Look-up values with how each stands to what was asked; a value stands under its nearest relation. */
  readonly values: ReadonlyMap<string, IndicatorRelation>;
  /** Stretches of look-up values to search for what lies inside a network; empty for anything else. */
  readonly ranges: readonly { readonly from: string; readonly to: string }[];
  /** True for a found look-up value that lies inside the network that was asked for. */
  readonly isInside: (value: string) => boolean;
}

/** A network with fewer bits than these covers too much to list what lies in it. */
export const minListedPrefix = { 32: 8, 128: 16 } as const;

/**
 * The look-up values of an indicator and of what stands close to it. Bounded: at most some 800 values and 256 ranges,
 * whatever is asked.
 */
export function indicatorPlan(value: string, lookupValues: readonly string[]): IndicatorPlan {
  const values = new Map<string, IndicatorRelation>();
  const add = (texts: readonly string[], relation: IndicatorRelation): void => {
    for (const text of texts) if (!values.has(text)) values.set(text, relation);
  };
  const lower = value.toLowerCase();
  add([lower], 'same');
  const network = parseIpNetwork(lower);
  if (network !== undefined) {
    add(networkForms(network), 'same');
    if (network.prefix === network.bits) add(writtenForms(network), 'same');
    add(networksAround(network, network.prefix), 'network');
    return { values, ranges: rangesOf(network), isInside: (text) => liesIn(text, network) };
  }
  const parsed = parseIndicator(value);
  const host = parsed?.form === 'url' ? parsed.lookupValues[1] : undefined;
  if (parsed?.form === 'url') add(urlForms(lower), 'same');
  if (host !== undefined) add([host], 'host');
  const email = parsed?.form === 'email' ? lower.slice(lower.indexOf('@') + 1) : undefined;
  const address = parseIpAddress(host ?? lower);
  if (address !== undefined) {
    add(writtenForms(address), host === undefined ? 'same' : 'host');
    add(networksAround(address, address.bits), 'network');
  } else if (parsed?.form === 'domain' || host !== undefined) {
    add(parentDomains(host ?? lower), 'parent');
  }
  if (email !== undefined) add([email], 'host');
  add(
    lookupValues.map((text) => text.toLowerCase()),
    'same',
  );
  return { values, ranges: [], isInside: () => false };
}

/** With and without the slash at its end, under http and https alike, without what stands behind "#". */
function urlForms(lower: string): readonly string[] {
  const bare = lower
    .replace(/#.*$/s, '')
    .replace(/\/$/, '')
    .replace(/^https?:\/\//, '');
  const isWeb = /^https?:/.test(lower);
  const starts = isWeb ? ['http://', 'https://', ''] : [];
  return starts
    .flatMap((start) => [`${start}${bare}`, `${start}${bare}/`])
    .filter((text) => text.includes('/'));
}

/** The networks of every size in which an address lies, also written with the address itself (`10.1.2.3/8`). */
function networksAround(address: IpAddress, longest: number): readonly string[] {
  const texts: string[] = [];
  for (let prefix = longest; prefix >= 1; prefix -= 1) {
    const network = networkOf(address, prefix);
    texts.push(formatIpNetwork(network), `${formatIpAddress(address)}/${prefix}`);
    if (address.bits === 128 && prefix % 4 === 0) texts.push(...networkForms(network));
  }
  return texts;
}

function networkForms(network: IpNetwork): readonly string[] {
  return writtenForms(network).map((form) => `${form}/${network.prefix}`);
}

function liesIn(text: string, network: IpNetwork): boolean {
  const inner = parseIpNetwork(text);
  if (inner !== undefined) return inner.prefix > network.prefix && isInNetwork(inner, network);
  const address = parseIpAddress(text);
  return address !== undefined && isInNetwork(address, network);
}

/** Stretches of text in which everything inside a network stands, and little else. */
function rangesOf(network: IpNetwork): readonly { from: string; to: string }[] {
  if (network.prefix < minListedPrefix[network.bits]) return [];
  return network.bits === 32 ? ipv4Ranges(network) : ipv6Ranges(network);
}

/** One stretch for each value of the octet in which the prefix ends: at most 128. */
function ipv4Ranges(network: IpNetwork): readonly { from: string; to: string }[] {
  const octets = formatIpAddress(network).split('.');
  const whole = Math.floor(network.prefix / 8);
  const free = network.prefix % 8;
  const start = octets.slice(0, whole).join('.');
  if (whole === 4) return [];
  if (free === 0) return [stretch(`${start}.`)];
  const first = Number(octets[whole]);
  return Array.from({ length: 2 ** (8 - free) }, (_, step) => {
    const text = `${start}${start === '' ? '' : '.'}${first + step}`;
    // The last octet ends the text, or a "/" follows it.
    return whole === 3 ? { from: text, to: `${text}0` } : stretch(`${text}.`);
  });
}

/** By the groups that the prefix fixes, as far as none of them is zero: there `::` may stand. */
function ipv6Ranges(network: IpNetwork): readonly { from: string; to: string }[] {
  const full = writtenForms(network).at(-1)?.split(':') ?? [];
  const whole = Math.floor(network.prefix / 16);
  const fixed = full.slice(0, whole);
  const zero = fixed.indexOf('0000');
  const short = fixed.slice(0, zero === -1 ? whole : zero).map((group) => group.replace(/^0+/, ''));
  const starts = new Set([`${short.join(':')}:`, `${fixed.join(':')}:`]);
  return short.length === 0 ? [] : [...starts].map(stretch);
}

/** All texts that begin so: up to the next character after the last one. */
function stretch(start: string): { from: string; to: string } {
  const last = start.charCodeAt(start.length - 1);
  return { from: start, to: `${start.slice(0, -1)}${String.fromCharCode(last + 1)}` };
}
