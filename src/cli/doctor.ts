import type { Command } from 'commander';
import type { Check, ExitCode, Runtime } from './runtime.ts';

const marks: Readonly<Record<Check['state'], string>> = {
  ok: 'ok     ',
  note: 'note   ',
  problem: 'PROBLEM',
};

export function addDoctor(program: Command, runtime: Runtime, setExitCode: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Check configuration, database, data, platforms and clock; say what to do.')
    .option('--json', 'print the checks as JSON')
    .addHelpText(
      'after',
      '\nEnds with 0 when nothing is wrong, 2 when something needs you.\n\nExamples:\n  threatbrief doctor\n  threatbrief doctor --json\n',
    )
    .action(async ({ json }: { json?: true }) => {
      const checks = await runtime.checks();
      const text = json
        ? JSON.stringify({ checks })
        : checks.map(({ name, state, detail }) => `${marks[state]}  ${name}: ${detail}`).join('\n');
      runtime.terminal.out(`${text}\n`);
      if (checks.some(({ state }) => state === 'problem')) setExitCode(2);
    });
}
