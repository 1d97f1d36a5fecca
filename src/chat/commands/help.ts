import { helpCard } from '../../briefing/message-cards.ts';
import { commandCard } from '../message-cards.ts';
import type { Place } from '../types.ts';
import { type Command, defineCommand } from './types.ts';

/** Where what stands in the list is typed, so that nobody sends a command to a channel that does not read it. */
const howToAsk: Readonly<Partial<Record<Place['platform'], string>>> = {
  slack:
    'Type “/apt” before it, and only you see the answer; mention the bot in a channel, and it answers in a thread; or write to it directly, with nothing before it.',
  teams: 'Write to the bot directly, or mention it in a channel or a group chat.',
};

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
      const card =
        verb === undefined
          ? helpCard(knowledge, now, verbs, howToAsk[place.platform])
          : commandCard(verb, now);
      return { card, audience: 'asker' };
    },
  });
}
