import { type Command, Option } from 'commander';
import { cardOf, clearFor } from '../cards/cleared.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import type { Tlp } from '../domain/tlp.ts';
import { AppError } from '../support/app-error.ts';
import { addDigestLedger } from './digest-ledger.ts';
import { addDigestReplay, addDigestRun } from './digest-run.ts';
import { tlpOption, wholeNumber } from './options.ts';
import { type CardForm, cardForms, type ExitCode, type Runtime } from './runtime.ts';

interface PreviewOptions {
  readonly days: number;
  readonly as?: CardForm;
  readonly json?: true;
  readonly tlp: Tlp;
}

export function addDigest(program: Command, runtime: Runtime, setExitCode: (code: ExitCode) => void): void {
  const digest = program
    .command('digest')
    .description('Compose a digest of what changed, deliver one, and see what was delivered.');
  addPreview(digest, runtime);
  addDigestRun(digest, runtime, setExitCode);
  addDigestReplay(digest, runtime);
  addDigestLedger(digest, runtime);
}

function addPreview(digest: Command, runtime: Runtime): void {
  digest
    .command('preview')
    .description('Show what a digest over the last days would say; posts nothing.')
    .argument('[filter...]', 'filters such as sector:telecom country:iran actor:APT39 -source:misp-galaxy')
    .option('--days <n>', 'how many days back', wholeNumber(1, 3660), 7)
    .addOption(new Option('--as <form>', 'render the card as this platform shows it').choices(cardForms))
    .option('--json', 'print the card as JSON')
    .addOption(tlpOption('--tlp', 'the strictest marking that may be shown').default('green'))
    // An exclusion (-source:x) looks like an option; the filters' own parser tells what it does not know.
    .allowUnknownOption()
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief digest preview\n  threatbrief digest preview --days 30 country:iran\n  threatbrief digest preview --as teams sector:telecom -source:misp-galaxy\n',
    )
    .action(async (filters: readonly string[], options: PreviewOptions) => {
      refuseUnclear(filters, options);
      const desk = await runtime.openDesk(options.tlp);
      try {
        const card = await desk.digest({
          days: options.days,
          filters: filters.join(' '),
          ceiling: options.tlp,
        });
        const text = options.json
          ? jsonLineFor(cardOf(clearFor(card, options.tlp)), options.tlp)
          : await runtime.renderCard(card, options.as ?? 'text', options.tlp);
        runtime.terminal.out(`${text}\n`);
      } finally {
        await desk.close();
      }
    });
}

function refuseUnclear(filters: readonly string[], { json, as }: PreviewOptions): void {
  const unknown = filters.find((word) => word.startsWith('--'));
  if (unknown !== undefined) {
    throw new AppError(
      'usage',
      `digest preview: unknown option '${unknown}'; "threatbrief digest preview --help" names all.`,
    );
  }
  if (json && as !== undefined) {
    throw new AppError('usage', 'digest preview: --json and --as exclude each other; choose one.');
  }
}
