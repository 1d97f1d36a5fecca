const hidden = '[redacted]';

/** What secrets look like when they turn up inside other text. */
const shapes: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Slack: bot, user, app-level and configuration tokens, and addresses that anyone may post to.
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]{3,}/gi, hidden],
  [/(\bhooks\.slack(?:-gov)?\.com\/)[^\s"'<>]+/gi, `$1${hidden}`],
  // The values of Authorization headers.
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  // JSON Web Tokens.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, hidden],
  // Client secrets of Microsoft Entra.
  [/(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}/g, hidden],
  // Credentials in an address.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"']*:[^\s/?#@"']*@/gi, `$1${hidden}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // Secrets in a query.
  [/([?&](?:access_token|api_?key|client_secret|code|key|sig|signature|token)=)[^&\s"'#]+/gi, `$1${hidden}`],
];

const secretKey =
  /pass(?:word|wd|phrase)?$|secret|token|authori[sz]ation|cookie|api[-_]?key|credential|private[-_]?key|encryption[-_]?key|signature|database[-_]?url|response[-_]?url/i;

/** True for the name of a field whose text is a secret by its name alone. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/** The values of settings that are worth hiding: a shorter one would blot out ordinary words. */
const minSecretChars = 6;

/**
 * A function that hides secrets in text: those given, wherever they stand, and everything that has the shape of a
 * token, a password in an address or a private key. Applying it twice changes nothing.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= minSecretChars)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const secret of known) result = result.replaceAll(secret, hidden);
    for (const [pattern, replacement] of shapes) result = result.replace(pattern, replacement);
    return result;
  };
}

/** What stands in place of a field that is a secret by its name. */
export const hiddenValue = hidden;
