import { EncryptionKeyError, isSealed, missingKeyError, type Sealer } from '../support/encrypt.ts';

/** How a store encrypts what it keeps; without a key it keeps conversations in clear, and no tokens at all. */
export interface Seals {
  readonly sealer: Sealer | undefined;
  /** For what may stand in clear where no key is set. */
  seal(text: string, binding: readonly string[]): string;
  /** Takes what was sealed and what was stored in clear. Throws `EncryptionKeyError`. */
  open(stored: string, binding: readonly string[]): string;
  /** For what must never stand in clear. Throws `EncryptionKeyError` without a key. */
  sealSecret(text: string, binding: readonly string[]): string;
  /** Takes nothing that stands in clear. Throws `EncryptionKeyError`. */
  openSecret(stored: string, binding: readonly string[]): string;
}

export function createSeals(sealer: Sealer | undefined): Seals {
  const openSealed = (stored: string, binding: readonly string[]): string => {
    if (sealer === undefined) throw missingKeyError('A stored value', stored);
    return sealer.open(stored, binding);
  };
  return {
    sealer,
    seal: (text, binding) => sealer?.seal(text, binding) ?? text,
    open: (stored, binding) => (isSealed(stored) ? openSealed(stored, binding) : stored),
    sealSecret: (text, binding) => {
      if (sealer === undefined) {
        throw new EncryptionKeyError(
          'Tokens are stored encrypted only: set ENCRYPTION_KEY to 32 bytes (openssl rand -base64 32), and keep it safe.',
        );
      }
      return sealer.seal(text, binding);
    },
    openSecret: openSealed,
  };
}

/** What binds a conversation's reference to its row. */
export function conversationBinding(row: {
  readonly platform: string;
  readonly workspace: string;
  readonly place: string;
}): readonly string[] {
  return ['conversation', row.platform, row.workspace, row.place];
}

/** What binds an installation's tokens to its row. */
export function installationBinding(key: string): readonly string[] {
  return ['slack_installation', key];
}
