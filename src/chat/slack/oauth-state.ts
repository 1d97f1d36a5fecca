import { createHmac } from 'node:crypto';
import { isSameSecret } from '../../support/same-secret.ts';

/** How long an installation that was begun can be completed. */
export const stateLifeMs = 10 * 60_000;

/** Signs what goes to Slack and comes back, so that nobody else's installation is completed in a browser. */
export interface InstallStates {
  /** @param nonce 16 random bytes in base64url; `browser` is the secret in the browser's cookie */
  issue(nonce: string, browser: string, nowMs: number): string;
  /** `nonce` is to be taken once. */
  check(state: string, browser: string | undefined, nowMs: number): StateCheck;
}

export type StateCheck =
  | { readonly kind: 'ok'; readonly nonce: string }
  /** Not ours, altered, or of another browser. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'expired' };

const statePattern = /^([\w-]{22})\.(\d{1,15})\.([\w-]{43})$/;

/** @param secret known to this app alone, on every replica: the key is derived from it */
export function createInstallStates(secret: string): InstallStates {
  const key = createHmac('sha256', secret).update('threatbrief slack install state').digest();
  const sign = (nonce: string, issuedAt: string, browser: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([nonce, issuedAt, browser]))
      .digest('base64url');

  return {
    issue: (nonce, browser, nowMs) => `${nonce}.${nowMs}.${sign(nonce, String(nowMs), browser)}`,
    check: (state, browser, nowMs) => {
      const [, nonce = '', issuedAt = '', mac = ''] = statePattern.exec(state) ?? [];
      if (mac === '' || browser === undefined || !isSameSecret(mac, sign(nonce, issuedAt, browser))) {
        return { kind: 'mismatch' };
      }
      const age = nowMs - Number(issuedAt);
      return Math.abs(age) > stateLifeMs ? { kind: 'expired' } : { kind: 'ok', nonce };
    },
  };
}

const cookieName = 'threatbrief_slack_install';
const browserPattern = /^[\w-]{32}$/;

/** The secret of the browser that a request comes from; undefined when it has none of ours. */
export function browserOf(headers: Headers): string | undefined {
  const cookies = (headers.get('cookie') ?? '').slice(0, 8_192).split(';');
  return cookies
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${cookieName}=`))
    .map((cookie) => cookie.slice(cookieName.length + 1))
    .find((value) => browserPattern.test(value));
}

/** `SameSite=Lax`: Slack's page leads back by a link, and nothing else of other sites carries it. */
export function browserCookie(
  browser: string,
  { path, isSecure }: { readonly path: string; readonly isSecure: boolean },
): string {
  const secure = isSecure ? '; Secure' : '';
  const maxAge = stateLifeMs / 1_000;
  return `${cookieName}=${browser}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
