import { isIP } from 'node:net';

/** What a proxy adds to a request that it passes on. One of them is enough to know that somebody else asks. */
const forwardingHeaders = [
  'Forwarded',
  'Via',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Real-IP',
  'CF-Connecting-IP',
  'True-Client-IP',
] as const;

/**
 * True for a request that a program of this machine makes by itself: over a loopback connection, and not passed on by a
 * proxy. An address that is not known counts as elsewhere.
 */
export function isFromThisMachine(remoteAddress: string | undefined, headers: Headers): boolean {
  return isLoopbackAddress(remoteAddress) && !forwardingHeaders.some((name) => headers.has(name));
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address));
}

/**
 * True for a request that no page of another site can make through a visitor's browser, by a name of its own that it lets
 * lead to this machine: what is asked for is an address, or a name that leads nowhere else. Programs may leave it out.
 */
export function isAskedByOwnName(headers: Headers): boolean {
  const host = headers.get('Host');
  if (host === null) return true;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const name = hostname.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
