import ipaddr from 'ipaddr.js';
import { refusal } from './http-fetch-fault.ts';
import type { FetchOptions } from './http-fetch-types.ts';

/** Which hosts a fetch may ask, and which of them may stand in a private network. */
export interface AddressRules {
  /** Throws a refusal for an address that must not be asked. */
  readonly assertAllowed: (url: URL) => void;
  /** Of a host name as the URL spells it. */
  readonly mayBePrivate: (hostname: string) => boolean;
  /** The refusal of an address inside a private network. */
  readonly notPublic: (address: string) => Error;
}

export function addressRules(start: URL, options: FetchOptions): AddressRules {
  const { allowedHosts } = options;
  const hosts = allowedHosts?.map(parseHost).filter((host) => host !== undefined);
  const privateHosts = new Set(
    options.allowPrivateAddresses ? [start.hostname, ...(hosts ?? []).map(({ name }) => name)] : [],
  );
  const names = new Set([...privateHosts].map(plainName));
  const mayBePrivate = (hostname: string): boolean => names.has(plainName(hostname));
  const otherHost =
    hosts === undefined
      ? 'give that address itself'
      : 'allow it with --allow-host, or give its address itself';
  const notPublic = (address: string): Error =>
    refusal(
      options.allowPrivateAddresses
        ? `${address} is not a public address, and of another host than the one that was allowed: ${otherHost}`
        : `${address} is not a public address; fetching from an internal server takes --allow-private`,
    );
  return {
    mayBePrivate,
    notPublic,
    assertAllowed: (url) => {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw refusal('only http and https are fetched');
      const literal = plainName(url.hostname);
      if (ipaddr.isValid(literal) && !isPublicAddress(literal) && !mayBePrivate(literal))
        throw notPublic(literal);
      if (refusedPorts.has(portOf(url)))
        throw refusal(`port ${portOf(url)} belongs to another service than the web`);
      if (hosts !== undefined && !hosts.some((host) => isHost(url, host)))
        throw refusal(
          `${shortHost(url.host)} is not among the hosts that this source may ask; --allow-host ${shortHost(url.host)} allows it`,
        );
    },
  };
}

/** By which a machine in Azure reaches what hands out its settings and certificates; from elsewhere it leads nowhere. */
const azureHost = '168.63.129.16';

/** True for an address that anybody on the internet may be reached at. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%[^%\s]*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast' || parsed.toString() === azureHost) return false;
  // 6to4, NAT64 and the like carry an IPv4 address inside; ipaddr.js gives them ranges of their own.
  return (
    parsed.kind() === 'ipv4' || parsed.toByteArray()[0] === 0x20 || (parsed.toByteArray()[0] ?? 0) >> 4 === 2
  );
}

interface AllowedHost {
  readonly name: string;
  /** Absent: the protocol's own. */
  readonly port: number | undefined;
}

/** A host as the operator wrote it, in the URL standard's spelling; undefined for what is no host. */
function parseHost(text: string): AllowedHost | undefined {
  const written = text.trim();
  const address = `https://${written}/`;
  if (written === '' || /[/?#@\\]/.test(written) || !URL.canParse(address)) return undefined;
  const port = /:(\d{1,5})$/.exec(written.replace(/^\[[^\]]*\]/, ''))?.[1];
  return { name: plainName(new URL(address).hostname), port: port === undefined ? undefined : Number(port) };
}

function isHost(url: URL, host: AllowedHost): boolean {
  return (
    plainName(url.hostname) === host.name &&
    (host.port === undefined ? url.port === '' : portOf(url) === host.port)
  );
}

/** Without brackets and the final dot: both spell the same host. */
function plainName(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function shortHost(host: string): string {
  return host.length <= 120 ? host : `${host.slice(0, 120)}…`;
}

/**
 * Ports that no browser asks, because a request of the web may mean something to the service behind them
 * (WHATWG Fetch, "bad port").
 */
const refusedPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);
