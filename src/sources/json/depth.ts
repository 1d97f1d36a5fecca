const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether a JSON text (UTF-8) is nested deeper than `limit`, and at which byte. One pass that builds nothing: 200 MB
 * of brackets are told from a document after `limit` of them.
 */
export function exceedsDepth(bytes: Uint8Array, limit: number): { readonly at: number } | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) {
      at = endOfString(text, at);
      if (at < 0) return undefined;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > limit) return { at };
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
  }
  return undefined;
}

/** The closing quote of the string that opens at `start`; -1 when the text ends first. */
function endOfString(text: Buffer, start: number): number {
  for (let from = start + 1; ; ) {
    const found = text.indexOf(quote, from);
    if (found < 0) return -1;
    let slashes = 0;
    while (text[found - 1 - slashes] === backslash) slashes += 1;
    if (slashes % 2 === 0) return found;
    from = found + 1;
  }
}
