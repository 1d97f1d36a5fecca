import { labelOf } from '../../briefing/labels.ts';
import type { Card, Item } from '../../cards/card.ts';
import type { WatchMode } from '../../domain/subscription.ts';
import type { StoredWatch } from '../../store/delivery-types.ts';
import { messageCard } from '../message-cards.ts';
import { ask, hiddenName, refusalCard, runsText, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { namedEntity } from './named-entity.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { namedReply } from './with-names.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

interface WatchInput {
  /** Empty: what is watched already is shown. */
  readonly name: string;
  readonly mode: WatchMode;
}

export const watchCommand = defineCommand<WatchInput>({
  name: 'watch',
  summary:
    'A direct message to you when a profile changes or a report names it: at once, or in a daily digest.',
  usage: 'watch ACTOR [once | digest]',
  examples: ['watch APT39', 'watch Lazarus Group digest'],
  changes: (rest) => rest !== '',
  parse: (rest) => {
    const [, name = rest, word] =
      /^(.*?)(?:(?<!\s)\s+(?:in\s+(?:the\s+|my\s+)?)?(once|at\s+once|immediately|digest|daily))?$/is.exec(
        rest,
      ) ?? [];
    const mode = word !== undefined && /^(?:digest|daily)$/i.test(word) ? 'digest' : 'once';
    return { kind: 'ok', input: { name: name.trim(), mode } };
  },
  run: (input, context) => withSubscriptions(context, (desk) => watch(input, desk, context)),
});

async function watch(
  { name, mode }: WatchInput,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { subscriptions, watchList, by, now } = desk;
  if (name === '') {
    const watches = await visibleWatches(await watchList.watches(by.person), context);
    const card = watchesCard('Watches', watches, now, context.whole);
    return namedReply(
      card,
      watches.map(({ entity }) => entity),
      context,
    );
  }
  const found = await namedEntity(name, context, (id) => `watch ${id} ${mode}`);
  if (found.kind === 'card') return { card: found.card, audience: 'asker' };
  const watched = { entity: found.entity.id, name: labelOf(found.entity) };
  const { zone, from } = await subscriptions.zoneFor(context.asker, context.place.workspace);
  const outcome = await watchList.watch(watched, { mode, zone, destination: directTo(desk) }, by);
  if (outcome.kind === 'refused') return { card: refusalCard(outcome.problem, now), audience: 'asker' };
  const { subscription } = outcome;
  const zoneNote = from === 'default' ? ' No time zone of yours is known.' : '';
  const how =
    mode === 'once'
      ? 'You are written to directly as soon as its profile changes or a report names it.'
      : `You are written to directly once a day when something is new. Next: ${runsText(subscription, now)}.${zoneNote}`;
  const other: WatchMode = mode === 'once' ? 'digest' : 'once';
  const card = messageCard(`Watching ${watched.name}`, [textSection('how', how)], now);
  const actions = [
    ask(
      other === 'once' ? 'At Once Instead' : 'In a Daily Digest Instead',
      `watch ${watched.entity} ${other}`,
    ),
    ask('Unwatch', `unwatch ${watched.entity}`),
    ask('All Watches', 'watch'),
  ];
  const shown = { ...card, actions, fallbackText: 'Your watch is kept.' };
  return namedReply(shown, [watched.entity], context);
}

/** The person's own conversation, wherever the request came from. */
function directTo({ here, by }: SubscriptionDesk): SubscriptionDesk['here'] {
  return { ...here, id: by.person.id, kind: 'direct' };
}

/** By the names that they have here: they may have been watched where more may be seen. What is not seen here has none. */
export async function visibleWatches(
  watches: readonly StoredWatch[],
  { desk, place }: CommandContext,
): Promise<readonly StoredWatch[]> {
  const { knowledge } = await desk.contextAt(place.ceiling);
  return watches.map((one) => {
    const entity = knowledge.entity(one.entity);
    return { ...one, name: entity === undefined ? hiddenName : labelOf(entity) };
  });
}

const shown = 20;

/** What a person watches, with a button each to end it. */
export function watchesCard(title: string, watches: readonly StoredWatch[], now: Date, whole = false): Card {
  const items = (whole ? watches : watches.slice(0, shown)).map(
    ({ entity, name, mode }): Item => ({
      text: [{ text: `${name}: ${mode === 'once' ? 'at once' : 'in the daily digest'}` }],
      action: ask(`Unwatch ${name}`.slice(0, 60), `unwatch ${entity}`),
    }),
  );
  const total = watches.length > items.length ? { total: watches.length } : {};
  const none =
    'You watch nothing. “watch APT39” tells you directly when its profile changes or a report names it.';
  const card = messageCard(
    title,
    [
      items.length === 0
        ? textSection('none', none)
        : { type: 'list', id: 'watches', rank: 0, items, ...total },
    ],
    now,
  );
  return items.length === 0 ? card : { ...card, actions: [ask('Refresh', 'watch')] };
}
