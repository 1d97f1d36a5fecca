import type { StixId } from '../domain/stix-id.ts';

/** A number of 53 bits for a text, the same on every machine: enough to tell the items of a digest apart. */
function hashNumber(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & high) + (low >>> 0);
}

/** At most `chars` lower-case letters and digits. */
export function shortHash(text: string, chars: number): string {
  return hashNumber(text).toString(36).padStart(11, '0').slice(-chars);
}

/** What an item is about. */
export type DigestEventKind = 'report' | 'profile' | 'vulnerability';

const prefixes: Readonly<Record<DigestEventKind, string>> = { report: 'r', profile: 'p', vulnerability: 'v' };

/** The key of an item, the same in every digest and easy to type: `p-3k9x0a2b1c`. */
export function itemKey(kind: DigestEventKind, id: StixId): string {
  return `${prefixes[kind]}-${shortHash(id, 10)}`;
}
