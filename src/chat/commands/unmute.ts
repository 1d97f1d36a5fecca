import { nameKey } from '../../domain/name-key.ts';
import { messageCard } from '../message-cards.ts';
import { ask, refusalCard, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { mutedText, muteNumber, mutesCard, visibleMutes } from './mute.ts';
import { type MuteWords, splitMute } from './mute-words.ts';
import { namedEntity } from './named-entity.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { namedReply } from './with-names.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const unmuteCommand = defineCommand<MuteWords>({
  name: 'unmute',
  summary: 'Let an actor, a source or an item into the digests of this place again.',
  usage: 'unmute [actor | source | item] [X | all]',
  examples: ['unmute'],
  changes: (rest) => rest !== '',
  parse: (rest) => ({ kind: 'ok', input: splitMute(rest) }),
  run: (input, context) => withSubscriptions(context, (desk) => unmute(input, desk, context)),
});

async function unmute(
  { kind, target }: MuteWords,
  desk: SubscriptionDesk,
  context: CommandContext,
): Promise<Reply> {
  const { watchList, here, by, now } = desk;
  const mutes = await watchList.mutes(here);
  if (target === '') {
    const card = mutesCard('Unmute: which one?', await visibleMutes(mutes, context), desk);
    return namedReply(
      card,
      mutes.map((one) => one.target),
      context,
    );
  }
  const isAll = /^(?:all|everything)$/i.test(target);
  const key = nameKey(target);
  let lifted = isAll
    ? mutes
    : mutes.filter(
        (one) =>
          one.target === target ||
          muteNumber(one) === target ||
          nameKey(one.label) === key ||
          nameKey(one.target) === key,
      );
  if (lifted.length === 0 && kind === 'actor' && !isAll) {
    const found = await namedEntity(target, context, (id) => `unmute actor ${id}`);
    if (found.kind === 'card') return { card: found.card, audience: 'asker' };
    lifted = mutes.filter((one) => one.target === found.entity.id);
  }
  for (const one of lifted) {
    const problem = await watchList.unmute(one, here, by);
    if (problem !== undefined) return { card: refusalCard(problem, now), audience: 'asker' };
  }
  const text =
    lifted.length === 0
      ? 'That is not muted here.'
      : `Told again from now on: ${(await visibleMutes(lifted, context)).map(mutedText).join(', ')}.`;
  const card = messageCard(lifted.length === 0 ? 'Not muted' : 'Unmuted', [textSection('what', text)], now);
  const shown = { ...card, actions: [ask('All Mutes', 'mute')] };
  return namedReply(
    shown,
    lifted.map((one) => one.target),
    context,
  );
}
