import { type Command, InvalidArgumentError } from 'commander';
import { presets } from '../connect/presets.ts';
import type { Tlp } from '../domain/tlp.ts';
import { tlpOption } from './options.ts';
import type { AddSource, ExitCode, Runtime, SourceDesk } from './runtime.ts';
import { connectionView, outcomeView, sourceView } from './sources-json.ts';
import {
  renderConnection,
  renderListing,
  renderOutcome,
  renderPresets,
  renderRemoved,
} from './sources-text.ts';

interface JsonOption {
  readonly json?: true;
}

interface AddOptions extends JsonOption {
  readonly kind?: string;
  readonly url?: string;
  readonly every?: string;
  readonly keyEnv?: string;
  readonly user?: string;
  readonly source?: string;
  readonly tlp?: Tlp;
  readonly format?: string;
  readonly mapping?: string;
  readonly allowHost?: readonly string[];
  readonly allowPrivate?: true;
  readonly option?: Readonly<Record<string, string>>;
  readonly sync?: true;
}

type SetExitCode = (code: ExitCode) => void;

/** `sources` and its own commands; each opens the database, does one thing, and closes it. */
export function addSources(program: Command, runtime: Runtime, setExitCode: SetExitCode): void {
  const sources = program
    .command('sources')
    .description('Connect sources that are kept up to date, and see how they are doing.')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief sources add attack-enterprise --sync\n  threatbrief sources add acme-misp --kind misp --url https://misp.example.org --key-env ACME_KEY --tlp amber\n  threatbrief sources list\n  threatbrief sources sync\n',
    );
  addAdd(sources, runtime, setExitCode);
  addList(sources, runtime);
  addSync(sources, runtime, setExitCode);
  addPause(sources, runtime);
  addRemove(sources, runtime);
  sources
    .command('presets')
    .description('Name the public sources that are connected by their name alone.')
    .option('--json', 'print them as JSON')
    .action(({ json }: JsonOption) => printPresets(runtime, json));
}

function addAdd(sources: Command, runtime: Runtime, setExitCode: SetExitCode): void {
  sources
    .command('add')
    .description('Connect a source: a preset by its name, or any server. Asks the server nothing yet.')
    .argument('<name>', 'a preset ("sources presets" names them), or a name of your own')
    .option('--kind <kind>', 'how it is fetched: url, misp-feed, misp, taxii (default: url)')
    .option('--url <url>', 'its http(s) address, without user and password')
    .option(
      '--every <schedule>',
      'when: 30m, 6h, "daily 03:00", "weekly mon 03:00", or a cron line, in UTC (default: 6h)',
    )
    .option(
      '--key-env <name>',
      'the environment variable that holds the key or password (NAME_FILE works too)',
    )
    .option('--user <name>', 'the user, where the server asks for user and password')
    .option('--source <name>', 'the source to import into (default: the name)')
    .addOption(tlpOption('--tlp', 'the marking of whatever carries none'))
    .option('--format <kind>', 'the format, where it should not be detected from the content')
    .option('--mapping <file>', "how a table's columns are to be read (YAML or JSON)")
    .option('--allow-host <host>', 'another host that may be asked; may be given again', collect, undefined)
    .option('--allow-private', 'the server stands in a private network')
    .option('--option <name=value>', 'a setting of the kind; may be given again', collectPair, undefined)
    .option('--sync', 'fetch it now')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief sources add kev\n  threatbrief sources add acme --url https://example.org/bundle.json --every "daily 03:00"\n  threatbrief sources add acme-taxii --kind taxii --url https://example.org/taxii2/ --user me --key-env ACME_PASSWORD --option collection=91a7b528\n',
    )
    .action(async (name: string, options: AddOptions) => {
      await withDesk(runtime, async (desk) => {
        const { added, warnings } = await desk.add(requestOf(name, options));
        for (const warning of warnings) runtime.terminal.err(`note: ${warning}\n`);
        if (options.sync) {
          await runSync([name], options.json, desk, runtime, setExitCode);
          return;
        }
        const now = runtime.clock.now();
        print(
          runtime,
          options.json ? JSON.stringify(connectionView(added, now)) : renderConnection(added, now),
        );
      });
    });
}

function requestOf(name: string, options: AddOptions): AddSource {
  const { kind, url, every, keyEnv, user, source, tlp, format, mapping, allowHost, option } = options;
  return {
    name,
    ...(kind === undefined ? {} : { kind }),
    ...(url === undefined ? {} : { url }),
    ...(every === undefined ? {} : { every }),
    ...(keyEnv === undefined ? {} : { keyEnv }),
    ...(user === undefined ? {} : { user }),
    ...(source === undefined ? {} : { sourceName: source }),
    ...(tlp === undefined ? {} : { marking: tlp }),
    ...(format === undefined ? {} : { format }),
    ...(mapping === undefined ? {} : { mappingFile: mapping }),
    ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
    ...(options.allowPrivate ? { allowPrivate: true } : {}),
    ...(option === undefined ? {} : { options: option }),
  };
}

function addList(sources: Command, runtime: Runtime): void {
  sources
    .command('list')
    .description('Show the connected sources with their last and next sync, and everything that is loaded.')
    .option('--presets', 'name the public sources that can be connected by their name alone')
    .option('--json', 'print them as JSON')
    .action(async ({ json, presets: wantsPresets }: JsonOption & { presets?: true }) => {
      if (wantsPresets) {
        printPresets(runtime, json);
        return;
      }
      await withDesk(runtime, async (desk) => {
        const { connections, sources: loaded } = await desk.list();
        const now = runtime.clock.now();
        const views = {
          connections: connections.map((one) => connectionView(one, now)),
          sources: loaded.map(sourceView),
        };
        print(runtime, json ? JSON.stringify(views) : renderListing(views));
      });
    });
}

function addSync(sources: Command, runtime: Runtime, setExitCode: SetExitCode): void {
  sources
    .command('sync')
    .description('Fetch what is new from some connected sources, or from all that are not paused.')
    .argument('[name...]', 'which; none: all')
    .option('--json', 'print what happened as JSON')
    .addHelpText(
      'after',
      '\nEnds with 0 when all went through, 1 when something was rejected (the rest is kept), 2 when something needs you, 3 when a server could not be asked. What earlier syncs brought stays in any case.\n',
    )
    .action((names: readonly string[], { json }: JsonOption) =>
      withDesk(runtime, (desk) => runSync(names, json, desk, runtime, setExitCode)),
    );
}

async function runSync(
  names: readonly string[],
  json: true | undefined,
  desk: SourceDesk,
  runtime: Runtime,
  setExitCode: SetExitCode,
): Promise<void> {
  const { outcomes, paused, exitCode } = await desk.sync(names);
  setExitCode(exitCode);
  if (json) {
    print(runtime, JSON.stringify({ results: outcomes.map(outcomeView), paused }));
    return;
  }
  const blocks = outcomes.map(renderOutcome);
  if (paused.length > 0) blocks.push(`Paused, left out: ${paused.join(', ')}`);
  if (blocks.length === 0)
    blocks.push('Nothing is connected. Try "threatbrief sources add kev"; "sources presets" names more.');
  print(runtime, blocks.join('\n'));
}

function addPause(sources: Command, runtime: Runtime): void {
  const commands = [
    { verb: 'pause', paused: true, description: 'Sync a source only when it is asked for.' },
    { verb: 'resume', paused: false, description: 'Sync a paused source by its schedule again.' },
  ];
  for (const { verb, paused, description } of commands) {
    sources
      .command(verb)
      .description(description)
      .argument('<name>', 'which')
      .option('--json', 'print it as JSON')
      .action((name: string, { json }: JsonOption) =>
        withDesk(runtime, async (desk) => {
          const changed = await desk.setPaused(name, paused);
          const now = runtime.clock.now();
          print(
            runtime,
            json ? JSON.stringify(connectionView(changed, now)) : renderConnection(changed, now),
          );
        }),
      );
  }
}

function addRemove(sources: Command, runtime: Runtime): void {
  sources
    .command('remove')
    .description('Disconnect a source. What it brought stays, unless you say --forget.')
    .argument('<name>', 'which')
    .option('--forget', 'withdraw what it brought; the history stays')
    .option('--keep-data', 'keep what it brought (the default)')
    .option('--json', 'print what happened as JSON')
    .action((name: string, options: JsonOption & { forget?: true; keepData?: true }) =>
      withDesk(runtime, async (desk) => {
        const forget = options.forget === true && options.keepData !== true;
        const removed = await desk.remove(name, { forget });
        print(
          runtime,
          options.json ? JSON.stringify({ ...removed, forgotten: forget }) : renderRemoved(removed, forget),
        );
      }),
    );
}

function printPresets(runtime: Runtime, json: true | undefined): void {
  print(runtime, json ? JSON.stringify({ presets }) : renderPresets(presets));
}

async function withDesk(runtime: Runtime, work: (desk: SourceDesk) => Promise<void>): Promise<void> {
  const desk = await runtime.openSources();
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}

function print(runtime: Runtime, text: string): void {
  runtime.terminal.out(`${text}\n`);
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function collectPair(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const cut = text.indexOf('=');
  if (cut < 1) throw new InvalidArgumentError(`write it as name=value, such as collection=91a7b528.`);
  return Object.fromEntries([
    ...Object.entries(before ?? {}),
    [text.slice(0, cut).trim(), text.slice(cut + 1).trim()],
  ]);
}
