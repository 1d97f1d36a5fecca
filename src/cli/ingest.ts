import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Tlp } from '../domain/tlp.ts';
import { maxMappingChars, parseMapping } from '../sources/csv/mapping.ts';
import { AppError } from '../support/app-error.ts';
import { tlpOption } from './options.ts';
import type { ExitCode, Runtime } from './runtime.ts';

interface IngestOptions {
  readonly kind?: string;
  readonly source?: string;
  readonly tlp?: Tlp;
  readonly dryRun?: true;
  readonly allowPrivate?: true;
  readonly mapping?: string;
  readonly json?: true;
}

/** The mapping in a file, checked before anything is opened. Throws `AppError` (exit code 2) that says what is wrong. */
function readMapping(path: string): string {
  let text: string;
  try {
    if (statSync(path).size > maxMappingChars) {
      throw new AppError('ingest-mapping', `the mapping ${path} is larger than ${maxMappingChars / 1024} KB`);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new AppError('ingest-mapping', `the mapping ${path} cannot be read (${code})`, { cause: error });
  }
  const parsed = parseMapping(text);
  if (!parsed.ok) throw new AppError('ingest-mapping', `${path}: ${parsed.reason}`);
  return text;
}

export function addIngest(program: Command, runtime: Runtime, setExitCode: (code: ExitCode) => void): void {
  program
    .command('ingest')
    .description('Import files, folders, .gz files or URLs into the knowledge base.')
    .argument('<place...>', 'paths or http(s) URLs; folders are read with all that they hold')
    .option('--kind <kind>', 'the format, where it should not be detected from the content')
    .option('--source <name>', 'the name of the source to import into')
    .addOption(tlpOption('--tlp', 'the marking of whatever carries none'))
    .option('--mapping <file>', 'how the columns of tables are to be read (YAML or JSON)')
    .option('--dry-run', 'say what would happen, change nothing')
    .option('--allow-private', 'also fetch from private addresses, such as an internal MISP server')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      '\nEnds with 0 when all was taken, 1 when something was rejected (the rest is kept), 2 for a place that does not exist, 3 for an outage.\n\nExamples:\n  threatbrief ingest enterprise-attack.json\n  threatbrief ingest reports/ --source acme --tlp amber\n  threatbrief ingest https://example.org/bundle.json --dry-run\n  threatbrief ingest actors.csv --mapping actors.mapping.yaml\n',
    )
    .action(async (places: readonly string[], options: IngestOptions) => {
      const result = await runtime.ingest(places, {
        dryRun: options.dryRun ?? false,
        ...(options.allowPrivate ? { allowPrivateAddresses: true } : {}),
        ...(options.kind === undefined ? {} : { kind: options.kind }),
        ...(options.mapping === undefined ? {} : { mapping: readMapping(options.mapping) }),
        ...(options.source === undefined ? {} : { sourceName: options.source }),
        ...(options.tlp === undefined ? {} : { marking: options.tlp }),
      });
      runtime.terminal.out(options.json ? `${JSON.stringify(result.summary)}\n` : `${result.text}\n`);
      setExitCode(result.exitCode);
    });
}
