/** Codes of Node and of undici for a connection that was never made: not a byte of the request went out. */
const codes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const maxDepth = 8;

/**
 * True when an error says that the connection was never made, so that the request surely was not taken. A reset, a
 * timeout and everything unknown are false: the other side may have acted before it went silent. Where several
 * addresses were tried, all must have failed so.
 */
export function neverConnected(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > maxDepth) return false;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every((one) => neverConnected(one, depth + 1));
  }
  if ('code' in error && typeof error.code === 'string' && codes.has(error.code)) return true;
  if ('original' in error && neverConnected(error.original, depth + 1)) return true;
  return 'cause' in error && neverConnected(error.cause, depth + 1);
}
