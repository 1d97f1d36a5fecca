import { type Command, Option } from 'commander';
import type { Seen } from '../schedule/by-hand.ts';
import { type DeliveryState, deliveryStates } from '../store/delivery-types.ts';
import { AppError } from '../support/app-error.ts';
import { deliveryView, renderDelivery } from './deliveries-text.ts';
import { wholeNumber } from './options.ts';
import type { DeliveryDesk, Runtime } from './runtime.ts';

interface ListOptions {
  readonly subscription?: string;
  readonly state?: DeliveryState;
  readonly limit: number;
  readonly json?: true;
}

/** What was delivered and what was not, and a way to try that again. */
export function addDigestLedger(digest: Command, runtime: Runtime): void {
  listOptions(
    digest.command('deliveries').description('Show what was delivered and what waits, the newest first.'),
  )
    .addOption(new Option('--state <state>', 'only these').choices(deliveryStates))
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief digest deliveries\n  threatbrief digest deliveries --subscription abcdefgh23 --state posted --json\n',
    )
    .action(async (options: ListOptions) => {
      const { state, limit } = options;
      const states = state === undefined ? {} : { states: [state] };
      await list(options, { ...states, limit }, 'Nothing was delivered so far, and nothing waits.', runtime);
    });
  listOptions(digest.command('dead').description('Show what was given up or is held, and why.'))
    .addHelpText(
      'after',
      '\n"threatbrief digest redrive ID" tries one of them again; "threatbrief digest settle ID" decides on one that is held.\n\nExamples:\n  threatbrief digest dead\n  threatbrief digest dead --json\n',
    )
    .action(async (options: ListOptions) => {
      const where = { states: ['dead', 'held'], limit: options.limit } as const;
      await list(options, where, 'Nothing was given up, and nothing is held.', runtime);
    });
  digest
    .command('redrive')
    .description('Put a delivery that was given up, held or skipped back into the queue.')
    .argument('<id...>', 'ids of deliveries, as "digest dead" shows them')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nWhere it is not known whether it arrived, the platform is asked first.\n\nExamples:\n  threatbrief digest redrive 0123456789abcdef0123456789abcdef\n',
    )
    .action(async (ids: readonly string[], { json }: { json?: true }) => {
      await withDesk(runtime, async (desk) => {
        for (const id of ids) {
          const delivery = await desk.redrive(id);
          const text = json ? JSON.stringify(deliveryView(delivery)) : renderDelivery(delivery);
          runtime.terminal.out(`${text}\n`);
        }
      });
    });
  addSettle(digest, runtime);
}

interface SettleOptions {
  readonly posted?: true;
  readonly absent?: true;
  readonly message?: string;
  readonly json?: true;
}

function addSettle(digest: Command, runtime: Runtime): void {
  digest
    .command('settle')
    .description('Say of a delivery that is held whether its message arrived: look in the channel first.')
    .argument('<id>', 'of the delivery, as "digest dead" shows it')
    .option('--posted', 'it is there: it does not come again; what follows it is posted')
    .option('--absent', 'it is not there: it is posted')
    .option('--message <id>', "with --posted: the platform's id of it, below which the rest of a thread goes")
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief digest settle 0123456789abcdef0123456789abcdef --posted\n  threatbrief digest settle 0123456789abcdef0123456789abcdef --absent\n',
    )
    .action(async (id: string, { posted, absent, message, json }: SettleOptions) => {
      if ((posted === undefined) === (absent === undefined))
        throw new AppError('usage', 'digest settle: say one of --posted and --absent.');
      if (absent !== undefined && message !== undefined)
        throw new AppError('usage', 'digest settle: --message needs --posted.');
      const seen: Seen = absent
        ? { kind: 'absent' }
        : { kind: 'there', ...(message === undefined ? {} : { messageId: message }) };
      await withDesk(runtime, async (desk) => {
        const delivery = await desk.settle(id, seen);
        runtime.terminal.out(`${json ? JSON.stringify(deliveryView(delivery)) : renderDelivery(delivery)}\n`);
      });
    });
}

function listOptions(command: Command): Command {
  return command
    .option('--subscription <id>', 'only those of this subscription')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 10_000), 50)
    .option('--json', 'print them as JSON');
}

async function list(
  { subscription, json }: ListOptions,
  where: Parameters<DeliveryDesk['list']>[0],
  nothing: string,
  runtime: Runtime,
): Promise<void> {
  await withDesk(runtime, async (desk) => {
    const found = await desk.list({ ...where, ...(subscription === undefined ? {} : { subscription }) });
    const text = json
      ? JSON.stringify({ deliveries: found.map(deliveryView) })
      : found.map(renderDelivery).join('\n\n') || nothing;
    runtime.terminal.out(`${text}\n`);
  });
}

async function withDesk(runtime: Runtime, work: (desk: DeliveryDesk) => Promise<void>): Promise<void> {
  const desk = await runtime.openDeliveries();
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}
