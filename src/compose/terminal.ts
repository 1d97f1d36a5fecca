import type { Terminal } from '../cli/runtime.ts';

/**
 * The process's own terminal. Writing is synchronous towards pipes and files, and a reader that went away (`| head`)
 * ends the command quietly.
 */
export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    stdin,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    width: stdout.isTTY ? stdout.columns : 100,
    verbose: env['LOG_LEVEL'] === 'debug',
    colour: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  };
}
