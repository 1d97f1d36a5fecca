import { nameKey } from '../../domain/name-key.ts';
import type { StoredWatch } from '../../store/delivery-types.ts';
import { messageCard } from '../message-cards.ts';
import { ask, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { namedEntity } from './named-entity.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { visibleWatches, watchesCard } from './watch.ts';
import { namedReply } from './with-names.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const unwatchCommand = defineCommand<string>({
  name: 'unwatch',
  summary: 'End a watch of yours, or all of them.',
  usage: 'unwatch [ACTOR | all]',
  examples: ['unwatch'],
  changes: (rest) => rest !== '',
  parse: (rest) => ({ kind: 'ok', input: rest }),
  run: (name, context) => withSubscriptions(context, (desk) => unwatch(name, desk, context)),
});

async function unwatch(name: string, desk: SubscriptionDesk, context: CommandContext): Promise<Reply> {
  const { watchList, by, now } = desk;
  const watches = await watchList.watches(by.person);
  if (name === '') {
    const card = watchesCard('Unwatch: which one?', await visibleWatches(watches, context), now);
    return namedReply(
      card,
      watches.map(({ entity }) => entity),
      context,
    );
  }
  if (/^(?:all|everything)$/i.test(name)) {
    for (const { entity } of watches) await watchList.unwatch(entity, by);
    return ended(watches, context, now);
  }
  // What was watched may have another name by now, or be hidden from this place.
  const own = watches.filter((one) => one.entity === name || nameKey(one.name) === nameKey(name));
  const [first] = own;
  if (first !== undefined && own.length === 1) {
    await watchList.unwatch(first.entity, by);
    return ended(own, context, now);
  }
  const found = await namedEntity(name, context, (id) => `unwatch ${id}`);
  if (found.kind === 'card') return { card: found.card, audience: 'asker' };
  const watched = watches.filter((one) => one.entity === found.entity.id);
  await watchList.unwatch(found.entity.id, by);
  return watched.length > 0 ? ended(watched, context, now) : notWatched(now);
}

async function ended(watches: readonly StoredWatch[], context: CommandContext, now: Date): Promise<Reply> {
  const names = (await visibleWatches(watches, context)).map((one) => one.name).join(', ');
  const text =
    watches.length === 0 ? 'You watch nothing.' : `You are not written to about ${names} any more.`;
  const card = messageCard('Watch ended', [textSection('what', text)], now);
  return namedReply(
    card,
    watches.map(({ entity }) => entity),
    context,
  );
}

function notWatched(now: Date): Reply {
  const card = messageCard('Not watched', [textSection('what', 'You do not watch that.')], now);
  return { card: { ...card, actions: [ask('All Watches', 'watch')] }, audience: 'asker' };
}
