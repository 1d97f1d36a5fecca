import { shownSubscription } from '../shown-subscription.ts';
import { ask, postNotes, refusalCard, subscriptionCard } from '../subscription-cards.ts';
import { type Choice, chooseSubscription, onlySubscription, whichWord } from './choose-subscription.ts';
import { type Command, defineCommand } from './types.ts';
import { withSubscriptions } from './with-subscriptions.ts';

export const pauseCommand = pausing(
  'pause',
  true,
  'Pause',
  'Stop a subscription for a while; what changes meanwhile is told when it goes on.',
);
export const resumeCommand = pausing('resume', false, 'Resume', 'Let a paused subscription go on.');

function pausing(verb: string, paused: boolean, label: string, summary: string): Command {
  const choice: Choice = { verb, label, isOffered: (one) => one.paused !== paused };
  return defineCommand<string>({
    name: verb,
    summary,
    usage: `${verb} [ID | which]`,
    examples: [`${verb} ${whichWord}`],
    // With one subscription it is done without more words.
    changes: (rest) => rest.toLowerCase() !== whichWord,
    parse: (rest) =>
      /\s/.test(rest) ? { kind: 'question' } : { kind: 'ok', input: /^(?:it|this)$/i.test(rest) ? '' : rest },
    run: (text, context) =>
      withSubscriptions(context, async (desk) => {
        const { subscriptions, here, by, now } = desk;
        const id = text === '' ? (await onlySubscription(choice, desk))?.id : text;
        if (id === undefined || id.toLowerCase() === whichWord)
          return chooseSubscription(choice, desk, context);
        const outcome = await subscriptions.setPaused(id, paused, by, here);
        const card =
          outcome.kind === 'refused'
            ? refusalCard(outcome.problem, now, [ask('List', 'list')])
            : subscriptionCard(
                paused ? 'Paused' : 'Resumed',
                await shownSubscription(outcome.subscription, context),
                now,
                { notes: paused ? [] : postNotes(context.place) },
              );
        return { card, audience: 'asker' };
      }),
  });
}
