import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifySlackSignature } from '../../../src/chat/slack/verify.ts';

const nowMs = 1_795_348_800_500;
const nowSeconds = Math.floor(nowMs / 1000);
const body = new TextEncoder().encode('command=%2Fapt&text=APT39');

function sign(timestamp: string, secret = 'secret', bytes: Uint8Array = body): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex')}`;
}

function verify(changes: { timestamp?: string | null; signature?: string | null } = {}) {
  const timestamp = changes.timestamp === undefined ? String(nowSeconds) : changes.timestamp;
  const signature = changes.signature === undefined ? sign(timestamp ?? '') : changes.signature;
  return verifySlackSignature({ body, timestamp, signature, signingSecret: 'secret', nowMs });
}

describe('verifySlackSignature', () => {
  it('accepts what Slack signed now', () => {
    expect(verify()).toEqual({ ok: true });
  });

  it("agrees with the example of Slack's documentation", () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    const result = verifySlackSignature({
      body: new TextEncoder().encode(example),
      timestamp: '1531420618',
      signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
      nowMs: 1_531_420_618_000,
    });

    expect(result).toEqual({ ok: true });
  });

  it.each([
    [-300, { ok: true }],
    [-301, { ok: false, reason: 'too-old' }],
    [300, { ok: true }],
    [301, { ok: false, reason: 'in-the-future' }],
    [3600, { ok: false, reason: 'in-the-future' }],
  ])('judges a request dated %i s from now', (offset, expected) => {
    expect(verify({ timestamp: String(nowSeconds + offset) })).toEqual(expected);
  });

  it.each([[null], [''], ['soon'], ['1e9'], ['-5'], ['1795348800.5'], ['9999999999999999']])(
    'refuses the timestamp %j',
    (timestamp) => {
      expect(verify({ timestamp, signature: sign(timestamp ?? '') })).toEqual({
        ok: false,
        reason: 'no-timestamp',
      });
    },
  );

  it.each([
    [null],
    [''],
    ['v0='],
    ['v1=00'],
    [`v0=${'0'.repeat(63)}`],
    [`v0=${'z'.repeat(64)}`],
    [`v0=${'0'.repeat(66)}`],
  ])('refuses the signature %j', (signature) => {
    expect(verify({ signature })).toEqual({ ok: false, reason: 'no-signature' });
  });

  it('refuses another secret and another body', () => {
    const timestamp = String(nowSeconds);
    const other = new TextEncoder().encode('command=%2Fapt&text=APT28');

    expect(verify({ signature: sign(timestamp, 'other') })).toEqual({ ok: false, reason: 'wrong-signature' });
    expect(verify({ signature: sign(timestamp, 'secret', other) })).toEqual({
      ok: false,
      reason: 'wrong-signature',
    });
  });
});
