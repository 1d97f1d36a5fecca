import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a request's timestamp may be from our clock, before and after (Slack: "Verifying requests"). */
export const maxClockDistanceSeconds = 300;

export interface SignedRequest {
  /** The body exactly as it arrived; the signature is over these bytes. */
  readonly body: Uint8Array;
  /** Header `x-slack-request-timestamp`: seconds since 1970. */
  readonly timestamp: string | null;
  /** Header `x-slack-signature`: `v0=` and 64 hex digits. */
  readonly signature: string | null;
  readonly signingSecret: string;
  readonly nowMs: number;
}

export type Verification =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-signature' | 'no-timestamp' | 'too-old' | 'in-the-future' | 'wrong-signature';
    };

/**
 * Says whether Slack signed this request, just now.
 * 1. The timestamp is a whole number and at most five minutes from `nowMs`, either way. (Bolt accepts any time
 *    in the future, so a captured request could be dated ahead and kept.)
 * 2. The signature has version `v0` and equals HMAC-SHA256 of `v0:<timestamp>:<body>`, compared in constant time.
 */
export function verifySlackSignature(request: SignedRequest): Verification {
  const { timestamp, signature } = request;
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'no-timestamp' };
  const ageSeconds = Math.floor(request.nowMs / 1000) - Number(timestamp);
  if (ageSeconds > maxClockDistanceSeconds) return { ok: false, reason: 'too-old' };
  if (ageSeconds < -maxClockDistanceSeconds) return { ok: false, reason: 'in-the-future' };

  const given = /^v0=([0-9a-f]{64})$/.exec(signature ?? '')?.[1];
  if (given === undefined) return { ok: false, reason: 'no-signature' };
  const expected = createHmac('sha256', request.signingSecret)
    .update(`v0:${timestamp}:`)
    .update(request.body)
    .digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), expected)
    ? { ok: true }
    : { ok: false, reason: 'wrong-signature' };
}
