import type { FetchFailure } from './http-fetch-types.ts';

interface FaultFacts {
  readonly isOutage: boolean;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly isTooLarge?: true;
}

/** Something that went wrong, with a message for people. */
export class FetchFault extends Error {
  readonly facts: FaultFacts;

  constructor(message: string, facts: FaultFacts) {
    super(message);
    this.name = 'FetchFault';
    this.facts = facts;
  }
}

/** A fault that trying again does not mend. */
export function refusal(message: string, status?: number): FetchFault {
  return new FetchFault(message, { isOutage: false, ...(status === undefined ? {} : { status }) });
}

/** What to tell about anything that was thrown on the way. Never quotes a foreign error's text. */
export function describeFault(error: unknown): Omit<FetchFailure, 'ok'> {
  const own = ownFault(error);
  if (own !== undefined) return { reason: own.message, ...own.facts };
  if (!(error instanceof Error)) return { reason: 'unknown reason', isOutage: true };
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return tooLong;
  const code = codeIn(error);
  const refused = code === undefined ? undefined : refusals.get(code);
  if (refused !== undefined) return { reason: refused, isOutage: false };
  // Node names the faults of brotli after its decoder's: ERR__ERROR_FORMAT_PADDING_1 and thirty more.
  if (code?.startsWith('ERR__ERROR_') === true) return { reason: undecodable, isOutage: false };
  return {
    reason: (code === undefined ? undefined : (outages.get(code) ?? code)) ?? 'the connection failed',
    isOutage: true,
  };
}

const tooLong = { reason: 'it took too long', isOutage: true };

function ownFault(error: unknown): FetchFault | undefined {
  let cause = error;
  for (let depth = 0; depth < 8 && cause instanceof Error; depth += 1) {
    if (cause instanceof FetchFault) return cause;
    cause = cause.cause;
  }
  return undefined;
}

function codeIn(error: Error): string | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code !== undefined && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}

const outages: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'the name is unknown'],
  ['EAI_AGAIN', 'the name could not be resolved'],
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was reset'],
  ['EPIPE', 'the connection was closed'],
  ['EHOSTUNREACH', 'the server cannot be reached'],
  ['ENETUNREACH', 'the network cannot be reached'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stopped'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'the answer was cut short'],
  ['Z_BUF_ERROR', 'the answer was cut short'],
  ['ENOSPC', 'there is no room on the disk for it'],
  ['CERT_HAS_EXPIRED', "the server's certificate has expired"],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', "the server's certificate is self-signed"],
  ['SELF_SIGNED_CERT_IN_CHAIN', "the server's certificate is self-signed"],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', "the server's certificate cannot be verified"],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "the server's certificate is for another name"],
]);

const undecodable = 'the answer cannot be decompressed';
const refusals: ReadonlyMap<string, string> = new Map([
  ['Z_DATA_ERROR', undecodable],
  ['UND_ERR_HEADERS_OVERFLOW', "the answer's headers are too large"],
  ['HPE_HEADER_OVERFLOW', "the answer's headers are too large"],
  ['UND_ERR_INVALID_ARG', 'the request cannot be made: check the address, the user and the key'],
  ['ERR_INVALID_CHAR', 'the request cannot be made: check the address, the user and the key'],
]);

/** The longest wait that a server may ask for: a week. */
const maxRetryAfterSeconds = 7 * 24 * 3600;

/**
 * What `Retry-After` asks for (RFC 9110, section 10.2.3), in whole seconds from `nowMs`, between 0 and a week; undefined
 * for anything else.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Math.min(Number(text), maxRetryAfterSeconds);
  // A date of HTTP begins with the day's name; Date.parse alone would take almost any text.
  if (!/^[A-Z][a-z]{2,8},? /.test(text) || text.length > 40) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(Math.ceil((at - nowMs) / 1000), 0), maxRetryAfterSeconds);
}
