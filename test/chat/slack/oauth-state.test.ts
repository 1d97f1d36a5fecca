import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRemoval } from '../../../src/chat/slack/installations-removed.ts';
import {
  browserCookie,
  browserOf,
  createInstallStates,
  stateLifeMs,
} from '../../../src/chat/slack/oauth-state.ts';
import '../../helpers/property-runs.ts';

const states = createInstallStates('client-secret');
const nonce = 'n'.repeat(22);
const browser = 'b'.repeat(32);
const now = 1_795_348_800_000;

describe('a state', () => {
  it('is taken from its browser within ten minutes, and holds no secret', () => {
    const state = states.issue(nonce, browser, now);

    expect(states.check(state, browser, now + stateLifeMs)).toEqual({ kind: 'ok', nonce });
    expect(states.check(state, browser, now + stateLifeMs + 1)).toEqual({ kind: 'expired' });
    expect(states.check(state, browser, now - stateLifeMs - 1)).toEqual({ kind: 'expired' });
    expect(states.check(state, 'c'.repeat(32), now)).toEqual({ kind: 'mismatch' });
    expect(states.check(state, undefined, now)).toEqual({ kind: 'mismatch' });
    expect(createInstallStates('another').check(state, browser, now)).toEqual({ kind: 'mismatch' });
    expect(state).not.toMatch(/client|bbbb/);
  });

  it('that somebody made up, or altered, is none', () => {
    const real = states.issue(nonce, browser, now);
    const madeUp = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.nat(real.length - 1), fc.constantFrom('A', '1', '.', '')).map(([at, other]) => {
        return real.slice(0, at) + other + real.slice(at + 1);
      }),
      fc.constant('.'.repeat(100_000)),
    );
    fc.assert(
      fc.property(madeUp, (state) => {
        fc.pre(state !== real);
        expect(states.check(state, browser, now)).toEqual({ kind: 'mismatch' });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the browser’s secret', () => {
  it('is read back from the cookie that was set, among others', () => {
    const cookie = browserCookie(browser, { path: '/slack', isSecure: true });
    const sent = cookie.split(';')[0] ?? '';

    expect(cookie).toContain('HttpOnly; SameSite=Lax; Secure');
    expect(browserOf(new Headers({ cookie: `a=1; ${sent}; z=2` }))).toBe(browser);
  });

  it.each([
    [''],
    ['threatbrief_slack_install=short'],
    ['threatbrief_slack_install=<>'],
    [';'.repeat(100_000)],
  ])('is none in %j', (cookie) => {
    expect(browserOf(new Headers({ cookie: cookie.slice(0, 8_000) }))).toBeUndefined();
  });
});

describe('news of a removal', () => {
  it('of any form are read or passed over, and never thrown at', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (body) => {
        expect(parseRemoval(body)).toBeUndefined();
        expect(parseRemoval({ event: body })).toBeUndefined();
        expect(parseRemoval({ event: { type: 'tokens_revoked', tokens: body } })).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});
