import type { Terminal } from '../cli/runtime.ts';
import { terminalText } from '../support/terminal-text.ts';

/**
 * The process's own terminal. Writing is synchronous towards pipes and files, and a reader that went away (`| head`)
 * ends the command quietly. What data could tell the terminal to do is written out instead, errors included.
 */
export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const colour = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    stdin,
    out: (text) => void stdout.write(terminalText(text, { colour })),
    err: (text) => void stderr.write(terminalText(text, { colour: false })),
    width: stdout.isTTY ? stdout.columns : 100,
    verbose: env['LOG_LEVEL'] === 'debug',
    colour,
  };
}
