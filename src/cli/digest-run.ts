import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseTime } from '../briefing/diff-time.ts';
import { cardOf, clearFor } from '../cards/cleared.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import { type Tlp, tlpLabel } from '../domain/tlp.ts';
import { AppError } from '../support/app-error.ts';
import { deliveryView, renderDelivery } from './deliveries-text.ts';
import { tlpOption, wholeNumber } from './options.ts';
import {
  type CardForm,
  type ComposedDelivery,
  cardForms,
  type ExitCode,
  type RunOutcome,
  type Runtime,
} from './runtime.ts';
import { isoTime } from './sources-json.ts';

interface FormOptions {
  readonly as?: CardForm;
  readonly json?: true;
  readonly tlp?: Tlp;
}

interface RunOptions extends FormOptions {
  readonly subscription: string;
  readonly slot: number;
  readonly dryRun?: true;
  readonly wait?: number;
}

interface ReplayOptions extends FormOptions {
  readonly subscription?: string;
  readonly at: string;
  readonly days: number;
}

type SetExitCode = (code: ExitCode) => void;

const longestWaitSeconds = 3_600;
const usualWaitSeconds = 180;

export function addDigestRun(digest: Command, runtime: Runtime, setExitCode: SetExitCode): void {
  formOptions(
    digest
      .command('run')
      .description('Deliver one slot of a subscription now; a slot is posted once, however often it is run.')
      .requiredOption('--subscription <id>', 'whose digest it is')
      .requiredOption(
        '--slot <time>',
        'which slot: a time with its zone, such as 2026-11-23T07:00:00Z',
        readSlot,
      )
      .option('--dry-run', 'compose and print it; nothing is posted or remembered')
      .option(
        '--wait <seconds>',
        `how long to wait for the end of another try, and for an answer in doubt (default: ${usualWaitSeconds}); where its platform is not connected here, for a server that delivers it (default: 0)`,
        wholeNumber(0, longestWaitSeconds),
      ),
  )
    .addHelpText(
      'after',
      '\nEnds with 0 when it is posted, was posted before, or has nothing to tell; with 3 when it could not be posted, or is not posted yet: its platform is not connected here, or the wait is over.\nA slot that has not come, or that the schedule does not have, is refused.\n\nExamples:\n  threatbrief digest run --subscription abcdefgh23 --slot 2026-11-23T07:00:00Z\n  threatbrief digest run --subscription abcdefgh23 --slot 2026-11-23T08:00:00+01:00 --dry-run\n',
    )
    .action(async (options: RunOptions) => {
      refuseBoth('run', options);
      if (options.dryRun !== true) refuseForms(options);
      const desk = await runtime.openDeliveries();
      try {
        const { subscription, slot: slotAt, wait } = options;
        if (options.dryRun === true) {
          const composed = await desk.dryRun({ subscription, slotAt, ...ceilingOf(options) });
          return await printComposed(composed, options, runtime);
        }
        const outcome = await desk.run({
          subscription,
          slotAt,
          waitSeconds: wait ?? usualWaitSeconds,
          ...(wait === undefined ? {} : { waitElsewhereSeconds: wait }),
        });
        runtime.terminal.out(`${options.json ? JSON.stringify(runView(outcome)) : runText(outcome)}\n`);
        setExitCode(exitCodeOf(outcome));
      } finally {
        await desk.close();
      }
    });
}

export function addDigestReplay(digest: Command, runtime: Runtime): void {
  formOptions(
    digest
      .command('replay')
      .description(
        'Show a digest as it would have been at a time, from what was stored by then; posts nothing.',
      )
      .argument('[filter...]', 'without a subscription: filters such as sector:telecom country:iran')
      .option('--subscription <id>', 'whose digest it is')
      .requiredOption('--at <date>', 'a day (2026-11-20: that of its slot), or a time (2026-11-20T12:00:00Z)')
      .option('--days <n>', 'without a subscription: how many days before', wholeNumber(1, 3660), 7),
  )
    // An exclusion (-source:x) looks like an option; the filters' own parser tells what it does not know.
    .allowUnknownOption()
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief digest replay --subscription abcdefgh23 --at 2026-11-20\n  threatbrief digest replay --at 2026-11-20 --days 14 country:iran\n',
    )
    .action(async (filters: readonly string[], options: ReplayOptions) => {
      refuseBoth('replay', options);
      refuseMixed(filters, options);
      const { subscription, days } = options;
      const at = pastTime(options.at, runtime.clock.now());
      const desk = await runtime.openDeliveries();
      try {
        const composed = await desk.replay({
          ...(subscription === undefined ? {} : { subscription }),
          at,
          days,
          filters: filters.join(' '),
          ...ceilingOf(options),
        });
        await printComposed(composed, options, runtime);
      } finally {
        await desk.close();
      }
    });
}

function formOptions(command: Command): Command {
  return command
    .addOption(new Option('--as <form>', 'render it as this platform shows it').choices(cardForms))
    .addOption(tlpOption('--tlp', 'the strictest marking that is shown (default: what the place may see)'))
    .option('--json', 'print it as JSON');
}

/** The moment or the day that is meant, up to now. */
function pastTime(text: string, now: Date): { readonly from: number; readonly to: number } {
  const time = parseTime(text, now);
  if (time.kind === 'bad') throw new AppError('usage', `digest replay: --at: ${time.problem}`);
  const { from, to } = time.span;
  if (from <= now.getTime()) return { from, to: Math.min(to, now.getTime() + 1) };
  throw new AppError(
    'usage',
    `digest replay: --at: “${text.slice(0, 40)}” has not come yet; “digest run --dry-run” shows what would be said now.`,
  );
}

/** A time that means the same everywhere. */
function readSlot(text: string): number {
  const isWhole = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text);
  const at = isWhole ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError(
    `"${text}" is no time with its zone; write 2026-11-23T07:00:00Z or 2026-11-23T08:00:00+01:00.`,
  );
}

function refuseBoth(command: string, { as, json }: FormOptions): void {
  if (json && as !== undefined) {
    throw new AppError('usage', `digest ${command}: --json and --as exclude each other; choose one.`);
  }
}

function refuseForms({ as, tlp }: FormOptions): void {
  const given = as !== undefined ? '--as' : tlp !== undefined ? '--tlp' : undefined;
  if (given !== undefined) throw new AppError('usage', `digest run: ${given} needs --dry-run.`);
}

function refuseMixed(filters: readonly string[], { subscription }: ReplayOptions): void {
  const unknown = filters.find((word) => word.startsWith('--'));
  if (unknown !== undefined) {
    throw new AppError(
      'usage',
      `digest replay: unknown option '${unknown}'; "threatbrief digest replay --help" names all.`,
    );
  }
  if (subscription !== undefined && filters.length > 0) {
    throw new AppError('usage', 'digest replay: a subscription has its own filters; leave one of them out.');
  }
}

function ceilingOf({ tlp }: FormOptions): { readonly ceiling?: Tlp } {
  return tlp === undefined ? {} : { ceiling: tlp };
}

async function printComposed(
  { isEmpty, messages, window, ceiling, assumedFor }: ComposedDelivery,
  { json, as }: FormOptions,
  runtime: Runtime,
): Promise<void> {
  if (assumedFor !== undefined) {
    runtime.terminal.err(
      `note: ${assumedFor}, so ${tlpLabel(ceiling)} is assumed; --tlp names another marking\n`,
    );
  }
  if (json) {
    const from = new Date(window.from).toISOString();
    const to = new Date(window.to).toISOString();
    const cleared = messages.map(({ role, card }) => ({ role, card: cardOf(clearFor(card, ceiling)) }));
    const composed = {
      empty: isEmpty,
      window: { from, to },
      tlp: ceiling,
      assumed: assumedFor ?? null,
      messages: cleared,
    };
    runtime.terminal.out(`${jsonLineFor(composed, ceiling)}\n`);
    return;
  }
  for (const { card } of messages) {
    runtime.terminal.out(`${await runtime.renderCard(card, as ?? 'text', ceiling)}\n`);
  }
}

function runView({ delivery, isConnected, standsFor }: RunOutcome): object {
  const asked = standsFor === undefined ? {} : { requestedSlot: isoTime(standsFor) };
  return { ...deliveryView(delivery), connected: isConnected, ...asked };
}

function runText({ delivery, isConnected, standsFor }: RunOutcome): string {
  const { platform } = delivery.destination;
  const isOver = exitCodeOf({ delivery }) === 0;
  const notes = [
    ...(standsFor === undefined
      ? []
      : [
          `the slot ${isoTime(standsFor)} is of the same period, ${delivery.period}: one digest stands for both`,
        ]),
    ...(isConnected || isOver
      ? []
      : [`${platform} is not connected here; a server that is connected to it delivers this.`]),
  ];
  return [renderDelivery(delivery), ...notes.map((note) => `  note:   ${note}`)].join('\n');
}

function exitCodeOf({ delivery: { state } }: Pick<RunOutcome, 'delivery'>): ExitCode {
  return state === 'posted' || state === 'empty' ? 0 : 3;
}
