import { createRedactor } from '../support/secrets.ts';

const hidden = '[redacted]';
/** Shorter ones would blot out ordinary words. */
const minKeyChars = 4;

/** Hides a connection's key in text, in every form in which it goes over the wire, and whatever else looks like a secret. */
export function createKeyRedactor(
  key: string | undefined,
  user: string | undefined,
): (text: string) => string {
  const redact = createRedactor([]);
  if (key === undefined || key.length < minKeyChars) return redact;
  const longestFirst = [...keyForms(key, user)].sort((a, b) => b.length - a.length);
  return (text) => redact(longestFirst.reduce((shown, form) => shown.replaceAll(form, hidden), text));
}

/** A key as it stands, in an address, and in a header. */
export function keyForms(key: string, user: string | undefined): readonly string[] {
  const forms = [key, encodeURIComponent(key), base64(key), base64(`${user ?? ''}:${key}`)];
  return [...new Set(forms)];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('base64')
    .replace(/(?<!=)=+$/, '');
}
