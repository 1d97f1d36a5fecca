import type { Command } from 'commander';
import type { Tlp } from '../domain/tlp.ts';
import { tlpOption } from './options.ts';
import type { ExitCode, Runtime } from './runtime.ts';

interface IngestOptions {
  readonly kind?: string;
  readonly source?: string;
  readonly tlp?: Tlp;
  readonly dryRun?: true;
  readonly allowPrivate?: true;
  readonly json?: true;
}

export function addIngest(program: Command, runtime: Runtime, setExitCode: (code: ExitCode) => void): void {
  program
    .command('ingest')
    .description('Import files, folders, .gz files or URLs into the knowledge base.')
    .argument('<place...>', 'paths or http(s) URLs; folders are read with all that they hold')
    .option('--kind <kind>', 'the format, where it should not be detected from the content')
    .option('--source <name>', 'the name of the source to import into')
    .addOption(tlpOption('--tlp', 'the marking of whatever carries none'))
    .option('--dry-run', 'say what would happen, change nothing')
    .option('--allow-private', 'also fetch from private addresses, such as an internal MISP server')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      '\nEnds with 0 when all was taken, 1 when something was rejected (the rest is kept), 2 for a place that does not exist, 3 for an outage.\n\nExamples:\n  threatbrief ingest enterprise-attack.json\n  threatbrief ingest reports/ --source acme --tlp amber\n  threatbrief ingest https://example.org/bundle.json --dry-run\n',
    )
    .action(async (places: readonly string[], options: IngestOptions) => {
      const result = await runtime.ingest(places, {
        dryRun: options.dryRun ?? false,
        ...(options.allowPrivate ? { allowPrivateAddresses: true } : {}),
        ...(options.kind === undefined ? {} : { kind: options.kind }),
        ...(options.source === undefined ? {} : { sourceName: options.source }),
        ...(options.tlp === undefined ? {} : { marking: options.tlp }),
      });
      runtime.terminal.out(options.json ? `${JSON.stringify(result.summary)}\n` : `${result.text}\n`);
      setExitCode(result.exitCode);
    });
}
