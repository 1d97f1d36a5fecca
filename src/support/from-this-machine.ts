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
