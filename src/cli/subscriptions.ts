import { type Command, Option } from 'commander';
import type { SubscriptionEdit } from '../chat/subscriptions.ts';
import {
  type DeliveryPlatformName,
  type Destination,
  type DigestShape,
  deliveryPlatforms,
  digestShapes,
  type EmptyDayRule,
  emptyDayRules,
} from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';
import { AppError } from '../support/app-error.ts';
import { tlpOption } from './options.ts';
import type { NotedSubscription, Runtime, SubscriptionDesk } from './runtime.ts';
import { subscriptionView } from './subscriptions-json.ts';
import { renderSubscription, renderSubscriptions } from './subscriptions-text.ts';

interface JsonOption {
  readonly json?: true;
}

interface ContentOptions extends JsonOption {
  readonly schedule?: string;
  readonly tz?: string;
  readonly shape?: DigestShape;
  readonly emptyDay?: EmptyDayRule;
  readonly tlp?: Tlp | false;
}

interface PlaceOptions {
  readonly platform: DeliveryPlatformName;
  readonly place: string;
  readonly kind?: Destination['kind'];
  readonly workspace?: string;
}

/** `subscriptions` and its own commands: the same as in chat, for operators. */
export function addSubscriptions(program: Command, runtime: Runtime): void {
  const subscriptions = program
    .command('subscriptions')
    .description('See and change which places get a digest, and when.')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief subscriptions add --platform slack --place C123 --schedule "daily 08:00" --tz Europe/Berlin\n  threatbrief subscriptions add --platform slack --place U123 --schedule "weekdays at 8" sector:telecom -source:misp-galaxy\n  threatbrief subscriptions list --json\n',
    );
  addList(subscriptions, runtime);
  addAdd(subscriptions, runtime);
  addEdit(subscriptions, runtime);
  addPause(subscriptions, runtime);
  addRemove(subscriptions, runtime);
}

function contentOptions(command: Command): Command {
  return (
    command
      .option(
        '--schedule <when>',
        'such as "daily 08:00", "weekdays at 8", "every Monday 09:30", or a cron line',
      )
      .option('--tz <zone>', 'the time zone of the schedule, an IANA name such as Europe/Berlin')
      .addOption(
        new Option('--shape <shape>', 'one message, or a short one with its items in a thread').choices(
          digestShapes,
        ),
      )
      .addOption(
        new Option('--empty-day <rule>', 'what is posted when nothing is new').choices(emptyDayRules),
      )
      .addOption(tlpOption('--tlp', 'the strictest marking that is delivered, whatever the place may see'))
      .option('--json', 'print it as JSON')
      // An exclusion (-source:x) looks like an option; the filters' own parser tells what it does not know.
      .allowUnknownOption()
  );
}

function addAdd(subscriptions: Command, runtime: Runtime): void {
  const add = subscriptions
    .command('add')
    .description('Subscribe a place, and print its id with the next three runs.')
    .argument(
      '[filter...]',
      'such as sector:telecom country:iran actor:APT39 -source:misp-galaxy; none: everything',
    )
    .addOption(
      new Option('--platform <name>', 'where it is').choices(deliveryPlatforms).makeOptionMandatory(),
    )
    .requiredOption('--place <id>', 'the id of the channel, group or person: C123 or U123 in Slack')
    .addOption(
      new Option('--kind <kind>', 'what the place is (default: channel; direct for people of Slack)').choices(
        ['direct', 'group', 'channel'],
      ),
    )
    .option('--workspace <key>', 'whose settings apply, such as slack:T123 (default: the configured one)');
  contentOptions(add).action((filters: readonly string[], options: PlaceOptions & ContentOptions) => {
    refuseOptions('add', filters);
    return withDesk(runtime, async (desk) => {
      const added = await desk.add({
        platform: options.platform,
        place: options.place,
        schedule: options.schedule ?? '',
        filters: filters.join(' '),
        shape: options.shape ?? 'message',
        emptyDay: options.emptyDay ?? 'silent',
        ...(options.kind === undefined ? {} : { kind: options.kind }),
        ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
        ...(options.tz === undefined ? {} : { zone: options.tz }),
        ...(options.tlp === undefined || options.tlp === false ? {} : { ceiling: options.tlp }),
      });
      printNoted(runtime, added, options.json);
    });
  });
}

function addEdit(subscriptions: Command, runtime: Runtime): void {
  const edit = subscriptions
    .command('edit')
    .description('Change a subscription; what is not named stays.')
    .argument('<id>', 'which')
    .argument('[filter...]', 'take the place of its filters')
    .option('--no-filters', 'everything from now on');
  // Behind `--tlp`: defined first, `--no-tlp` would give that a value that nobody chose.
  contentOptions(edit)
    .option('--no-tlp', 'up to what the place may see')
    .action(
      (id: string, words: readonly string[], options: ContentOptions & { readonly filters: boolean }) => {
        refuseOptions('edit', words);
        const { shape, emptyDay, tlp } = options;
        const change: Omit<SubscriptionEdit, 'schedule'> = {
          ...(words.length > 0 || !options.filters
            ? { filters: options.filters ? words.join(' ') : '' }
            : {}),
          ...(shape === undefined ? {} : { shape }),
          ...(emptyDay === undefined ? {} : { emptyDay }),
          ...(tlp === undefined ? {} : { ceiling: tlp === false ? null : tlp }),
        };
        return withDesk(runtime, async (desk) => {
          const schedule = { schedule: options.schedule ?? '', zone: options.tz ?? '' };
          printNoted(runtime, await desk.edit(id, change, schedule), options.json);
        });
      },
    );
}

function addList(subscriptions: Command, runtime: Runtime): void {
  subscriptions
    .command('list')
    .description('Show all subscriptions with their state and next runs.')
    .addOption(new Option('--platform <name>', 'only those of this platform').choices(deliveryPlatforms))
    .option('--place <id>', 'only those of this place')
    .option('--json', 'print them as JSON')
    .action(({ platform, place, json }: JsonOption & { platform?: string; place?: string }) =>
      withDesk(runtime, async (desk) => {
        const all = (await desk.list()).filter(
          ({ destination }) =>
            (platform === undefined || destination.platform === platform) &&
            (place === undefined || destination.id === place || destination.id.endsWith(`/${place}`)),
        );
        const text = json
          ? JSON.stringify({ subscriptions: all.map(subscriptionView) })
          : renderSubscriptions(all, runtime.clock.now());
        runtime.terminal.out(`${text}\n`);
      }),
    );
}

function addPause(subscriptions: Command, runtime: Runtime): void {
  const verbs = [
    {
      verb: 'pause',
      paused: true,
      description: 'Post nothing until it is resumed; what changes meanwhile is told then.',
    },
    { verb: 'resume', paused: false, description: 'Let a paused subscription go on.' },
  ];
  for (const { verb, paused, description } of verbs) {
    subscriptions
      .command(verb)
      .description(description)
      .argument('<id>', 'which')
      .option('--json', 'print it as JSON')
      .action((id: string, { json }: JsonOption) =>
        withDesk(runtime, async (desk) => print(runtime, await desk.setPaused(id, paused), json)),
      );
  }
}

function addRemove(subscriptions: Command, runtime: Runtime): void {
  subscriptions
    .command('remove')
    .description('End a subscription; what was posted stays.')
    .argument('<id>', 'which')
    .option('--json', 'print what was removed as JSON')
    .action((id: string, { json }: JsonOption) =>
      withDesk(runtime, async (desk) => {
        const removed = await desk.remove(id);
        runtime.terminal.out(
          json
            ? `${JSON.stringify({ ...subscriptionView(removed), removed: true })}\n`
            : `${removed.id}: removed\n`,
        );
      }),
    );
}

function refuseOptions(command: string, words: readonly string[]): void {
  const unknown = words.find((word) => word.startsWith('--'));
  if (unknown === undefined) return;
  throw new AppError(
    'usage',
    `subscriptions ${command}: unknown option '${unknown}'; "threatbrief subscriptions ${command} --help" names all.`,
  );
}

function printNoted(
  runtime: Runtime,
  { subscription, notes }: NotedSubscription,
  json: true | undefined,
): void {
  for (const note of notes) runtime.terminal.err(`note: ${note}\n`);
  print(runtime, subscription, json);
}

function print({ terminal, clock }: Runtime, one: StoredSubscription, json: true | undefined): void {
  terminal.out(`${json ? JSON.stringify(subscriptionView(one)) : renderSubscription(one, clock.now())}\n`);
}

async function withDesk(runtime: Runtime, work: (desk: SubscriptionDesk) => Promise<void>): Promise<void> {
  const desk = await runtime.openSubscriptions();
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}
