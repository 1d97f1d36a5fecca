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
  const forms = [key, encodeURIComponent(key), base64(key), base64(`${user ?? ''}:${key}`)];
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => redact(longestFirst.reduce((shown, form) => shown.replaceAll(form, hidden), text));
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
