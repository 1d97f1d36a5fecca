import type { Command } from 'commander';
import { renderStats } from '../briefing/stats-text.ts';
import type { Tlp } from '../domain/tlp.ts';
import { tlpOption } from './options.ts';
import type { Runtime } from './runtime.ts';

export function addStats(program: Command, runtime: Runtime): void {
  program
    .command('stats')
    .description('Count what is known: entities, records, joins, disagreements, unresolved tags.')
    .option('--json', 'print the counts as JSON, with every name and tag')
    .addOption(tlpOption('--tlp', 'the strictest marking that may be counted').default('green'))
    .addHelpText('after', '\nExamples:\n  threatbrief stats\n  threatbrief stats --json --tlp amber\n')
    .action(async ({ json, tlp }: { readonly json?: true; readonly tlp: Tlp }) => {
      const desk = await runtime.openDesk(tlp);
      try {
        const stats = await desk.stats(tlp);
        runtime.terminal.out(`${json ? JSON.stringify(stats) : renderStats(stats)}\n`);
      } finally {
        await desk.close();
      }
    });
}
