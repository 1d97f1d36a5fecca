const hidden = '[redacted]';

/** What secrets look like when they turn up inside other text. */
const shapes: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Slack: bot, user, app-level and configuration tokens, and addresses that anyone may post to.
  [/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]{3,}/gi, hidden],
  [/(\bhooks\.slack(?:-gov)?\.com\/)[^\s"'<>]+/gi, `$1${hidden}`],
  // An address to which anyone may post into a channel of Teams.
  [/(\.webhook\.office\.com\/webhookb2\/)[^\s"'<>]+/gi, `$1${hidden}`],
  // Tokens of GitHub, GitLab, Google and Amazon, which people paste with what they ask about.
  [
    /\b(?:gh[a-z]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|AIza[\w-]{30,}|A(?:KI|SI)A[A-Z0-9]{16})/g,
    hidden,
  ],
  // The values of Authorization headers.
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  // Client secrets of Microsoft Entra.
  [/(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}/g, hidden],
  // Credentials in an address.
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@"':]*:[^\s/?#@"']*@/gi, `$1${hidden}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // Secrets in a query.
  [/([?&](?:access_token|api_?key|client_secret|code|key|sig|signature|token)=)[^&\s"'#]+/gi, `$1${hidden}`],
  // Secrets in settings and headers, as they stand in what people paste.
  [
    /\b((?:pass(?:word|wd|phrase)|pwd|(?:client_)?secret|api[-_]?key|(?:access_)?token) ?= ?)[^\s&"'#,;]{4,}/gi,
    `$1${hidden}`,
  ],
  [/\b((?:authorization|api-key): ?(?:(?:token|apikey|bearer|basic) )?)[^\s"']{6,}/gi, `$1${hidden}`],
];

/**
 * JSON Web Tokens. What only begins like one is taken too and given back: else its end is looked for from every place in
 * it, which takes time with its square.
 */
const webToken = /\beyJ[\w-]{8,}(\.[\w-]{8,}\.[\w-]*|)/g;

const secretKey =
  /pass(?:word|wd|phrase)?$|secret|token|authori[sz]ation|cookie|api[-_]?key|credential|private[-_]?key|encryption[-_]?key|signature|database[-_]?url|response[-_]?url/i;

/** True for the name of a field whose text is a secret by its name alone. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/** From this length a secret is hidden wherever it stands; a shorter one would blot out parts of ordinary words. */
const minSecretChars = 6;
/** From this length it is hidden where it stands as a word of its own. */
const minWordChars = 4;
/** From this length what base64 makes of it is long enough to mean nothing else. */
const minEncodedChars = 8;

/**
 * A function that hides secrets in text: those given, wherever they stand and also percent-encoded, in base64 (by itself or
 * inside something longer) and escaped for JSON, and everything that has the shape of a token, a password in an address or
 * a private key. A secret of four or five characters is hidden as a word of its own; a shorter one protects nothing.
 * Applying it twice changes nothing.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)];
  const anywhere = [...new Set(known.filter(({ length }) => length >= minSecretChars).flatMap(formsOf))].sort(
    (a, b) => b.length - a.length,
  );
  const words = known
    .filter(({ length }) => length >= minWordChars && length < minSecretChars)
    .map((secret) => new RegExp(`(?<![\\p{L}\\p{N}])${literally(secret)}(?![\\p{L}\\p{N}])`, 'gu'));
  return (text) => {
    let result = text.replace(webToken, (begun: string, rest: string) => (rest === '' ? begun : hidden));
    for (const secret of anywhere) result = result.replaceAll(secret, hidden);
    for (const word of words) result = result.replace(word, hidden);
    for (const [pattern, replacement] of shapes) result = result.replace(pattern, replacement);
    return result;
  };
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A secret as other encodings write it. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, json, JSON.stringify(json).slice(1, -1)];
  const wellFormed = secret.toWellFormed();
  const percent = encodeURIComponent(wellFormed);
  forms.push(percent, percent.toLowerCase(), encodeURI(wellFormed), percent.replaceAll('%20', '+'));
  if (secret.length >= minEncodedChars) forms.push(...base64Forms(secret));
  return forms;
}

/**
 * What base64 makes of a secret at each of the three places where it can begin inside longer data, without the characters
 * that its neighbours share, in both alphabets.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    const text = padded.toString('base64').slice(first, last);
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** What stands in place of a field that is a secret by its name. */
export const hiddenValue = hidden;
