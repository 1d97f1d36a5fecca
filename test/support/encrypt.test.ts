import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, EncryptionKeyError, isSealed, sealedUnder } from '../../src/support/encrypt.ts';
import '../helpers/property-runs.ts';

const hexKey = 'ab'.repeat(32);
const base64Key = Buffer.alloc(32, 7).toString('base64');
const sealer = createSealer(hexKey);
const row = ['conversation', 'teams', 'teams:t', 'a:1'];

/** Every way to change one character of the data. */
function altered(sealed: string, at: number): string {
  const from = sealed.lastIndexOf('.') + 1;
  const index = from + (at % (sealed.length - from));
  const other = sealed[index] === 'A' ? 'B' : 'A';
  return sealed.slice(0, index) + other + sealed.slice(index + 1);
}

describe('a sealed value', () => {
  it('opens to what was sealed, for its own row alone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        fc.array(fc.string(), { maxLength: 4 }),
        fc.array(fc.string(), { maxLength: 4 }),
        (text, binding, other) => {
          const sealed = sealer.seal(text, binding);

          expect(isSealed(sealed)).toBe(true);
          expect(sealer.open(sealed, binding)).toBe(Buffer.from(text).toString());
          if (JSON.stringify(binding) !== JSON.stringify(other)) {
            expect(() => sealer.open(sealed, other)).toThrow(EncryptionKeyError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not open when any of it was altered', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), (text, at) => {
        const sealed = sealer.seal(text, row);
        const changed = altered(sealed, at);
        // The last character of base64 may carry bits that stand for nothing.
        fc.pre(!Buffer.from(changed, 'base64url').equals(Buffer.from(sealed, 'base64url')));

        expect(() => sealer.open(changed, row)).toThrow(EncryptionKeyError);
      }),
      { numRuns: 200 },
    );
  });

  it('is never the same twice, and holds nothing of the text', () => {
    const token = 'xoxb-a-token-that-nobody-may-see';
    const sealed = new Set(Array.from({ length: 1_000 }, () => sealer.seal(token, row)));

    expect(sealed.size).toBe(1_000);
    expect([...sealed].join('')).not.toContain('xoxb');
  });

  it('opens under any of the keys, and is current under the first', () => {
    const old = sealer.seal('x', row);
    const both = createSealer(`${base64Key}, ${hexKey}`);

    expect([both.open(old, row), both.isCurrent(old)]).toEqual(['x', false]);
    expect(both.isCurrent(both.seal('x', row))).toBe(true);
    expect(() => sealer.open(both.seal('x', row), row)).toThrow(
      /under the key [0-9a-f]{8}, which is not in ENCRYPTION_KEY: put that key back/,
    );
  });

  it('names its key without telling anything of it', () => {
    expect(sealedUnder(sealer.seal('x', row))).toBe(sealer.keyId);
    expect(hexKey).not.toContain(sealer.keyId);
    expect(createSealer(Buffer.from(hexKey, 'hex').toString('base64')).keyId).toBe(sealer.keyId);
  });

  it('that is none is refused with an error that holds nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const stored of [
          text,
          `tb1.${sealer.keyId}.${text}`,
          'tb1.',
          `tb1.${'0'.repeat(8)}.${'A'.repeat(1_000)}`,
        ]) {
          expect(() => sealer.open(stored, row)).toThrow(EncryptionKeyError);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('keys', () => {
  it.each([[''], [','], ['hunter2'], ['ab'.repeat(31)], [`${hexKey},hunter2`]])('are refused: %j', (keys) => {
    expect(() => createSealer(keys)).toThrow(EncryptionKeyError);
    expect(() => createSealer(keys)).not.toThrow(/hunter2/);
  });
});
