/** The largest body accepted. Slack's own payloads stay far below it. */
export const maxBodyBytes = 1_048_576;

/** Reads a body of at most `limitBytes`; undefined when it is longer, without reading on. */
export async function readBody(request: Request, limitBytes = maxBodyBytes): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return undefined;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/**
 * What Slack sent, as an object: JSON (events), a form (slash commands), or a form whose `payload` field is JSON
 * (interactivity). The content type may carry a charset. Undefined for another type and for anything malformed.
 */
export function parseBody(
  contentType: string | null,
  bytes: Uint8Array,
): Readonly<Record<string, unknown>> | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined) return undefined;
  switch (mediaType(contentType)) {
    case 'application/json':
      return parseJsonObject(text);
    case 'application/x-www-form-urlencoded': {
      const form = new URLSearchParams(text);
      const payload = form.get('payload');
      return payload === null ? Object.fromEntries(form) : parseJsonObject(payload);
    }
    default:
      return undefined;
  }
}

function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
