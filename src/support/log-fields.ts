import { hiddenValue, isSecretKey } from './secrets.ts';

const maxDepth = 5;
const maxItems = 50;
const maxChars = 4000;

export interface FieldOptions {
  readonly redact: (text: string) => string;
  /** True: errors carry their stacks. */
  readonly stacks: boolean;
}

/**
 * Fields in the form in which they are logged: JSON-ready, without secrets, bounded in depth, number and length
 * (with a word on what was left out), errors as name, message, code and cause.
 */
export function toLogFields(fields: object, options: FieldOptions): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields))
    result[safeKey(key, options)] = toField(key, value, options, 0);
  return result;
}

/** The log's own keys stay its own. */
const ownKeys = new Set(['level', 'time', 'msg', '__proto__']);

function safeKey(key: string, { redact }: FieldOptions): string {
  return ownKeys.has(key) ? `field_${key}` : logText(key, redact);
}

function toField(key: string, value: unknown, options: FieldOptions, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return isSecretKey(key) && value !== '' ? hiddenValue : logText(value, options.redact);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? null : toNestedField(key, value, options, depth);
    case 'function':
    case 'symbol':
      break;
  }
  return `[${typeof value}]`;
}

function toNestedField(key: string, value: object, options: FieldOptions, depth: number): unknown {
  if (value instanceof Error) return errorFields(value, options, depth);
  if (isSecretKey(key)) return hiddenValue;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= maxDepth) return '[deeper]';
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => toField(key, item, options, depth + 1));
    return value.length > maxItems ? [...items, `[${value.length - maxItems} more]`] : items;
  }
  const members = Object.entries(value);
  const result: Record<string, unknown> = {};
  for (const [name, member] of members.slice(0, maxItems)) {
    result[name === '__proto__' ? 'field___proto__' : logText(name, options.redact)] = toField(
      name,
      member,
      options,
      depth + 1,
    );
  }
  if (members.length > maxItems) result['more'] = members.length - maxItems;
  return result;
}

function errorFields(error: Error, options: FieldOptions, depth: number): unknown {
  const { name, message, stack, cause } = error;
  const code: unknown = Reflect.get(error, 'code');
  const facts: unknown = Reflect.get(error, 'facts');
  return {
    name: logText(name, options.redact),
    message: logText(message, options.redact),
    ...(typeof code === 'string' ? { code: logText(code, options.redact) } : {}),
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof facts === 'object' && facts !== null
      ? { facts: toField('facts', facts, options, depth + 1) }
      : {}),
    ...(cause === undefined || depth >= maxDepth
      ? {}
      : { cause: toField('cause', cause, options, depth + 1) }),
    ...(options.stacks && stack !== undefined ? { stack: logText(stack, options.redact) } : {}),
  };
}

/** Text as it is logged: without secrets, of bounded length, and with nothing that a terminal or a pager obeys. */
export function logText(text: string, redact: (text: string) => string): string {
  // Secrets are hidden before the text is cut, so that no half of one is left over.
  const safe = visible(redact(text));
  return safe.length > maxChars
    ? `${safe.slice(0, maxChars)}… [${safe.length - maxChars} more characters]`
    : safe;
}

// JSON escapes the ASCII control characters; these it leaves as they are: DEL and C1 controls, line and paragraph
// separators, what turns the direction of text around, and what hides between letters.
const leftByJson =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function visible(text: string): string {
  return text.replace(
    leftByJson,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
