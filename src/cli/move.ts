import type { Command } from 'commander';
import type { MovedStore, Runtime } from './runtime.ts';

export function addMove(program: Command, runtime: Runtime): void {
  program
    .command('move')
    .description('Copy everything of the embedded database into the PostgreSQL of DATABASE_URL.')
    .option('--json', 'print what was copied as JSON')
    .addHelpText(
      'after',
      `
Stop the server first, and give an empty database. The embedded database stays as it is, but for its subscriptions,
which are paused there: nothing can be posted from both. A move that failed is done again.

Example:
  DATABASE_URL_FILE=secrets/database-url threatbrief move
`,
    )
    .action(async ({ json }: { readonly json?: true }) => {
      const moved = await runtime.moveStore();
      runtime.terminal.out(`${json ? JSON.stringify(moved) : describeMove(moved)}\n`);
    });
}

const shown: Readonly<Record<string, string>> = {
  subscription: 'subscriptions',
  delivery: 'deliveries of the ledger',
  watch: 'watches',
  mute: 'mutes',
  connection: 'connected sources',
  record: 'records',
};

function describeMove({ from, place, rows }: MovedStore): string {
  const counts = Object.entries(shown).map(
    ([table, words]) => `${(rows[table] ?? 0).toLocaleString('en')} ${words}`,
  );
  return `Moved ${from} to ${place}: ${counts.join(', ')}, and the rest.
Start every server with this DATABASE_URL from now on. In ${from} the subscriptions are paused; keep it as a backup.`;
}
