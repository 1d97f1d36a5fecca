import { ask, refusalCard, subscriptionCard } from '../subscription-cards.ts';
import { chooseSubscription } from './choose-subscription.ts';
import { type Command, defineCommand } from './types.ts';
import { withSubscriptions } from './with-subscriptions.ts';

export const pauseCommand = pausing(
  'pause',
  true,
  'Pause',
  'Stop a subscription for a while; what changes meanwhile is told when it goes on.',
);
export const resumeCommand = pausing('resume', false, 'Resume', 'Let a paused subscription go on.');

function pausing(name: string, paused: boolean, label: string, summary: string): Command {
  return defineCommand<string>({
    name,
    summary,
    usage: `${name} [ID]`,
    examples: [name],
    changes: (rest) => rest !== '',
    parse: (rest) => (/\s/.test(rest) ? { kind: 'question' } : { kind: 'ok', input: rest }),
    run: (id, context) =>
      withSubscriptions(context, async (desk) => {
        const { subscriptions, here, by, now } = desk;
        if (id === '') return chooseSubscription(name, label, desk, (one) => one.paused !== paused);
        const outcome = await subscriptions.setPaused(id, paused, by, here);
        const card =
          outcome.kind === 'refused'
            ? refusalCard(outcome.problem, now, [ask('List', 'list')])
            : subscriptionCard(paused ? 'Paused' : 'Resumed', outcome.subscription, now);
        return { card, audience: 'asker' };
      }),
  });
}
