import type { Command } from 'commander';
import type { ExitCode, ResealedSecrets, Runtime } from './runtime.ts';

export function addSecrets(program: Command, runtime: Runtime, setExitCode: (code: ExitCode) => void): void {
  const secrets = program
    .command('secrets')
    .description('What is encrypted in the database: tokens and conversation records.');
  secrets
    .command('rotate')
    .description('Encrypt everything under the first key of ENCRYPTION_KEY.')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
To change the key: put the new one in front of the old one (ENCRYPTION_KEY=NEW,OLD), restart every server, run this, and
then take the old one away. What was stored in clear before there was a key is encrypted too. Ends with 1 when something
is under a key that is not there.

Example:
  ENCRYPTION_KEY_FILE=secrets/encryption-key threatbrief secrets rotate
`,
    )
    .action(async ({ json }: { readonly json?: true }) => {
      const counts = await runtime.resealSecrets();
      runtime.terminal.out(`${json ? JSON.stringify(counts) : describe(counts)}\n`);
      if (counts.unreadable > 0) setExitCode(1);
    });
}

function describe({ resealed, current, unreadable }: ResealedSecrets): string {
  const done = `${resealed} encrypted under the first key, ${current} were already.`;
  if (unreadable === 0) return done;
  return `${done}\n${unreadable} left as they are: their key is not in ENCRYPTION_KEY. Put it back and try again; or install the Slack app anew, and write to the bot in Teams again.`;
}
