import { createHmac } from 'node:crypto';
import { isSameSecret } from '../support/same-secret.ts';

/** How long a browser may use the page after the token was given. */
export const sessionSeconds = 12 * 3_600;

/**
 * What the cookie of a page holds: until when (epoch seconds) and a mark that only the holder of the token can make. No
 * list of sessions is kept: every replica knows one, and a new token ends all of them.
 */
export function pageSession(token: string, until: number): string {
  return `${until}.${markOf(token, until)}`;
}

/** True for a session of this token that is not over. */
export function isPageSession(value: string, token: string, nowSeconds: number): boolean {
  const [, digits, mark] = /^(\d{1,12})\.([\w-]{43})$/.exec(value) ?? [];
  if (digits === undefined || mark === undefined) return false;
  const until = Number(digits);
  return (
    isSameSecret(mark, markOf(token, until)) && until > nowSeconds && until <= nowSeconds + sessionSeconds
  );
}

function markOf(token: string, until: number): string {
  return createHmac('sha256', token).update(`threatbrief page until ${until}`).digest('base64url');
}
