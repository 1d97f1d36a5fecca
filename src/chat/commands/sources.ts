import { connectionCard } from '../../briefing/connection-card.ts';
import { connectionMarking, knownConnections } from '../../briefing/connections-section.ts';
import { sourcesCard } from '../../briefing/source-cards.ts';
import type { Card, Item } from '../../cards/card.ts';
import { strictest, tlpLabel } from '../../domain/tlp.ts';
import type { StoredConnection } from '../../store/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { ifLet } from '../if-let.ts';
import { messageCard } from '../message-cards.ts';
import type { AskedBy } from '../permissions.ts';
import type { SourceChanges, SyncRequested } from '../source-changes.ts';
import { ask, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { changesSources, readSources, type SourcesInput } from './sources-read.ts';
import { type CommandContext, defineCommand } from './types.ts';

export const sourcesCommand = defineCommand<SourcesInput>({
  name: 'sources',
  summary:
    'What is loaded and connected, and how it is doing; those who may add, sync and pause sources here.',
  usage: 'sources [presets | add PRESET | show NAME | sync NAME | pause NAME | resume NAME]',
  examples: ['sources', 'sources presets'],
  changes: changesSources,
  parse: readSources,
  run: async (input, context) => {
    switch (input.kind) {
      case 'state':
        return stateReply(context);
      case 'show':
        return showReply(input.name, context);
      case 'presets':
      case 'add':
      case 'sync':
      case 'pause':
      case 'resume':
      case 'elsewhere':
        return ifLet('sources', context, () => change(input, context));
      default:
        return assertNever(input);
    }
  },
});

/** What is loaded and connected, with the buttons of those who may change it. */
export async function stateReply(context: CommandContext): Promise<Reply> {
  const { desk, place, whole } = context;
  const [answering, connections, mayChange] = await Promise.all([
    desk.contextAt(place.ceiling, { whole }),
    desk.connections(),
    mayChangeSources(context),
  ]);
  return { card: sourcesCard(answering, connections, mayChange), audience: 'asker' };
}

/** True where something can be changed, for who may. */
export async function mayChangeSources(
  context: Pick<CommandContext, 'may' | 'sourceChanges'>,
): Promise<boolean> {
  return context.sourceChanges !== undefined && (await context.may('sources'));
}

async function showReply(name: string, context: CommandContext): Promise<Reply> {
  const stored = await findConnection(name, context);
  return stored === undefined ? unknownReply(name, context) : cardReply(stored, context);
}

async function change(
  input: Exclude<SourcesInput, { readonly kind: 'state' | 'show' }>,
  context: CommandContext,
): Promise<Reply> {
  const { sourceChanges } = context;
  if (input.kind === 'elsewhere') return told('Sources', elsewhereTexts[input.what], context);
  if (sourceChanges === undefined) return told('Sources', notHereText, context);
  switch (input.kind) {
    case 'presets':
      return presetsReply(sourceChanges, context);
    case 'add':
      return addReply(input.name, sourceChanges, context);
    case 'sync':
    case 'pause':
    case 'resume':
      return changeReply(input.kind, input.name, sourceChanges, context);
    default:
      return assertNever(input);
  }
}

const elsewhereTexts = {
  address:
    'Chat takes no address, no key and no file of a source: they would stand in the conversation. Add it on the command line: threatbrief sources add NAME --url ADDRESS. Here “sources add PRESET” adds one of “sources presets”.',
  remove:
    'Sources are not removed in chat. On the command line it is: threatbrief sources remove NAME (what it brought stays; --forget withdraws that, too). Here “sources pause NAME” ends its syncs.',
} as const;

const notHereText =
  'Sources cannot be changed from here: this process does not sync any. Where “threatbrief start” runs it can be done in chat, and on the command line with: threatbrief sources';

async function presetsReply({ offered }: SourceChanges, context: CommandContext): Promise<Reply> {
  const connections = await visibleConnections(context);
  const known = new Set(connections.map(({ connection }) => connection.name));
  const items = offered.map(({ name, title, licence, marking, every }): Item => {
    const text = ` — ${title}; ${tlpLabel(marking)}, ${scheduleText(every)} (UTC). ${licence}`;
    return {
      text: [{ text: name, style: 'bold' }, { text }],
      action: known.has(name) ? ask('Open', `sources show ${name}`) : ask('Add', `sources add ${name}`),
    };
  });
  const { now } = await context.desk.contextAt(context.place.ceiling);
  const card: Card = {
    ...messageCard(
      'Sources that can be added',
      [{ type: 'list', id: 'presets', rank: 1, items }, textSection('others', othersText)],
      now,
    ),
    actions: [ask('Refresh', 'sources presets'), ask('All Sources', 'sources')],
  };
  const shown = connections.filter(({ connection }) => offered.some(({ name }) => name === connection.name));
  return { card: markedLike(card, shown), audience: 'asker' };
}

const othersText =
  'These are public, need no key, and are added by their names. All others are added on the command line: threatbrief sources add NAME --url ADDRESS';

/** `every 6h`; other schedules speak for themselves. */
function scheduleText(every: string): string {
  return /^\d+\w$/.test(every) ? `every ${every}` : every;
}

async function addReply(name: string, changes: SourceChanges, context: CommandContext): Promise<Reply> {
  if (!changes.offered.some((one) => one.name === name)) {
    const names = changes.offered.map((one) => one.name).join(', ');
    const text = `“${name}” is no source that comes ready-made; take one of: ${names}. ${elsewhereTexts.address}`;
    return told('Not added', text, context);
  }
  const outcome = await changes.add(name, askedBy(context));
  switch (outcome.kind) {
    case 'added':
      return doneReply(name, 'It was added, and is synced for the first time within seconds.', context);
    case 'taken':
      return (await findConnection(name, context)) === undefined
        ? told('Not added', `“${name}” cannot be added from here; ask who has the command line.`, context)
        : doneReply(name, 'It is connected already; nothing was changed.', context);
    case 'refused':
      return told('Not added', `“${name}” cannot be added: ${outcome.problems.join('; ')}.`, context);
    default:
      return assertNever(outcome);
  }
}

async function changeReply(
  verb: 'sync' | 'pause' | 'resume',
  name: string,
  changes: SourceChanges,
  context: CommandContext,
): Promise<Reply> {
  // What may not be named here may not be changed from here either.
  if ((await findConnection(name, context)) === undefined) return unknownReply(name, context);
  if (verb === 'sync') {
    const requested = await changes.sync(name, askedBy(context));
    return requested === 'unknown'
      ? unknownReply(name, context)
      : doneReply(name, syncTexts[requested], context);
  }
  const changed = await changes.setPaused(name, verb === 'pause', askedBy(context));
  return changed === undefined
    ? unknownReply(name, context)
    : cardReply(changed, context, verb === 'pause' ? pausedText : resumedText);
}

const pausedText = 'It was paused: it is synced only when somebody asks for it. What it brought stays.';
const resumedText = 'It goes on: it is synced within seconds, and by its schedule from then on.';

const syncTexts: Readonly<Record<Exclude<SyncRequested, 'unknown'>, string>> = {
  begun: 'The sync began, in the background. “Refresh” shows how it went.',
  waits:
    'The sync waits behind others that were asked for in chat, and then runs in the background. “Refresh” shows how it went.',
  'under-way': 'A sync of it is under way already; no other one was begun. “Refresh” shows how it went.',
  recent: 'It was synced, or tried, less than a minute ago; no other sync was begun. Ask again in a minute.',
};

async function doneReply(name: string, note: string, context: CommandContext): Promise<Reply> {
  const stored = await findConnection(name, context);
  return stored === undefined ? told('Sources', note, context) : cardReply(stored, context, note);
}

async function cardReply(stored: StoredConnection, context: CommandContext, note?: string): Promise<Reply> {
  const { desk, place, whole } = context;
  const [answering, mayChange] = await Promise.all([
    desk.contextAt(place.ceiling, { whole }),
    mayChangeSources(context),
  ]);
  const card = connectionCard(stored, answering, { mayChange, ...(note === undefined ? {} : { note }) });
  return { card, audience: 'asker' };
}

/** The connection of a name, where the place may know of it. */
async function findConnection(name: string, context: CommandContext): Promise<StoredConnection | undefined> {
  return (await visibleConnections(context)).find(({ connection }) => connection.name === name);
}

async function visibleConnections({ desk, place }: CommandContext): Promise<readonly StoredConnection[]> {
  const { knowledge } = await desk.contextAt(place.ceiling);
  return knownConnections(await desk.connections(), [...knowledge.sources.values()], place.ceiling);
}

async function unknownReply(name: string, context: CommandContext): Promise<Reply> {
  const visible = await visibleConnections(context);
  const names = visible.map(({ connection }) => connection.name).join(', ');
  const known = names === '' ? 'None is connected that can be named here.' : `Connected: ${names}.`;
  const reply = await told('Sources', `No source is known here as “${name}”. ${known}`, context);
  return { ...reply, card: markedLike(reply.card, visible) };
}

/** A card of our own words that names connections is marked as strictly as they are. */
function markedLike(card: Card, named: readonly StoredConnection[]): Card {
  return { ...card, marking: strictest(named.map(connectionMarking)) ?? card.marking };
}

async function told(title: string, text: string, { desk, place }: CommandContext): Promise<Reply> {
  const { now } = await desk.contextAt(place.ceiling);
  const card = {
    ...messageCard(title, [textSection('what', text)], now),
    actions: [ask('All Sources', 'sources')],
  };
  return { card, audience: 'asker' };
}

function askedBy({ place, person, asker }: CommandContext): AskedBy {
  return { place, person, ...(asker === undefined ? {} : { asker }) };
}
