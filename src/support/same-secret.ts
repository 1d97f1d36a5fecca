import { createHash, timingSafeEqual } from 'node:crypto';

/** True when both are the same text; how long it takes tells nothing of where they differ or how long they are. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i;

/** The token of an Authorization header of the Bearer scheme (RFC 6750, 2.1); undefined for anything else. */
export function bearerToken(headers: Headers): string | undefined {
  return bearer.exec(headers.get('Authorization') ?? '')?.[1];
}
