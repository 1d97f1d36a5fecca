import { helpCard } from '../../briefing/message-cards.ts';
import { commandCard } from '../message-cards.ts';
import { type Command, defineCommand } from './types.ts';

/** The same on every platform, as all cards are; told so that nobody sends a command to a channel that does not read it. */
const howToAsk =
  'In a channel, mention the bot before it, or in Slack type “/apt” before it, and only you see the answer. In a direct message nothing stands before it.';

/** `help` and `help VERB`, over the verbs of the table. */
export function createHelpCommand(verbs: readonly Command[]): Command {
  return defineCommand<Command | undefined>({
    name: 'help',
    summary: 'What can be asked, with examples that work.',
    usage: 'help [COMMAND]',
    examples: ['help', 'help digest'],
    needs: 'nothing',
    parse: (rest) => {
      if (rest === '' || rest === '?') return { kind: 'ok', input: undefined };
      const verb = verbs.find(({ name }) => name === rest.toLowerCase());
      return verb === undefined ? { kind: 'question' } : { kind: 'ok', input: verb };
    },
    run: async (verb, { desk, place }) => {
      const { knowledge, now } = await desk.contextAt(place.ceiling);
      const card = verb === undefined ? helpCard(knowledge, now, verbs, howToAsk) : commandCard(verb, now);
      return { card, audience: 'asker' };
    },
  });
}
