import type { Terminal } from '../../src/cli/runtime.ts';

/** A terminal without input that keeps what is printed on either stream, in order. */
export function capturedTerminal(texts: string[]): Terminal {
  return {
    stdin: (async function* () {})(),
    out: (text) => void texts.push(text),
    err: (text) => void texts.push(text),
    width: 100,
    colour: false,
    verbose: true,
  };
}
