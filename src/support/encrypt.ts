import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from './app-error.ts';

/** Encrypts single values for the database; each is bound to the row that it stands in. */
export interface Sealer {
  /** Of the key that seals: eight hexadecimal digits, no secret. */
  readonly keyId: string;
  /**
   * AES-256-GCM with a random nonce, as text: `tb1.KEYID.DATA`. `binding` names the row; only with the same it opens.
   */
  seal(text: string, binding: readonly string[]): string;
  /** Throws `EncryptionKeyError` for what none of the keys sealed, or what was sealed for another row or altered. */
  open(sealed: string, binding: readonly string[]): string;
  /** False for what is not sealed, or sealed under an older key. */
  isCurrent(stored: string): boolean;
}

/** A stored value cannot be opened with ENCRYPTION_KEY. Exit code 2. Holds nothing of the value. */
export class EncryptionKeyError extends AppError {
  constructor(message: string, facts: { readonly keyId?: string } = {}) {
    super('encryption-key', message, { facts, exitCode: 2 });
    this.name = 'EncryptionKeyError';
  }
}

const version = 'tb1';
const nonceBytes = 12;
const tagBytes = 16;
const sealedPattern = /^tb1\.([0-9a-f]{8})\.([\w-]{38,})$/;

/** True for text that `Sealer.seal` may have made; JSON and tokens never look so. */
export function isSealed(stored: string): boolean {
  return stored.startsWith(`${version}.`);
}

/** The id of the key that sealed it; undefined for what is not sealed. */
export function sealedUnder(stored: string): string | undefined {
  return sealedPattern.exec(stored)?.[1];
}

/** Says what to do about a value that is sealed under a key that is not at hand. */
export function missingKeyError(what: string, stored: string): EncryptionKeyError {
  const keyId = sealedUnder(stored);
  if (keyId === undefined) return new EncryptionKeyError(`${what} is stored in a form that cannot be read.`);
  return new EncryptionKeyError(
    `${what} is encrypted under the key ${keyId}, which is not in ENCRYPTION_KEY: put that key back (a comma stands between several keys, the first encrypts), or connect anew.`,
    { keyId },
  );
}

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * @param keys as in ENCRYPTION_KEY: 32 bytes each, in hexadecimal or base64, with commas between; the first seals, all
 * open. Throws `EncryptionKeyError` when one of them is no key.
 */
export function createSealer(keys: string): Sealer {
  const known = splitKeys(keys).map(toKey);
  const [first] = known;
  if (first === undefined) throw new EncryptionKeyError('ENCRYPTION_KEY holds no key.');
  const byId = new Map(known.map((key) => [key.id, key]));

  return {
    keyId: first.id,
    seal: (text, binding) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', first.bytes, nonce, { authTagLength: tagBytes });
      cipher.setAAD(associated(first.id, binding));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const data = Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
      return `${version}.${first.id}.${data}`;
    },
    open: (sealed, binding) => {
      const [, id = '', data = ''] = sealedPattern.exec(sealed) ?? [];
      const key = byId.get(id);
      if (key === undefined) throw missingKeyError('A stored value', sealed);
      return decrypt(key, Buffer.from(data, 'base64url'), binding);
    },
    isCurrent: (stored) => sealedUnder(stored) === first.id,
  };
}

/** The keys of ENCRYPTION_KEY, as they are written there. */
export function splitKeys(keys: string): readonly string[] {
  return keys
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

function decrypt(key: Key, data: Buffer, binding: readonly string[]): string {
  const body = data.subarray(nonceBytes, -tagBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, data.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associated(key.id, binding));
    decipher.setAuthTag(data.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new EncryptionKeyError(
      `A stored value does not open with the key ${key.id} of ENCRYPTION_KEY: it was altered, or copied from another row. Restore a backup, or connect anew.`,
      { keyId: key.id },
    );
  }
}

function toKey(text: string): Key {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.byteLength !== 32) {
    throw new EncryptionKeyError(
      'ENCRYPTION_KEY: each key is 32 bytes, as 64 hexadecimal digits or in base64 (openssl rand -base64 32).',
    );
  }
  const id = createHmac('sha256', bytes).update('threatbrief key id').digest('hex').slice(0, 8);
  return { id, bytes };
}

/** What is bound to a value without standing in it; JSON, so that no two bindings give the same bytes. */
function associated(keyId: string, binding: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, ...binding]));
}
