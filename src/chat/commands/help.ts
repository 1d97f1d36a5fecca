import { helpCard } from '../../briefing/message-cards.ts';
import { commandCard } from '../message-cards.ts';
import { type Command, defineCommand } from './types.ts';

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
      const card = verb === undefined ? helpCard(knowledge, now, verbs) : commandCard(verb, now);
      return { card, audience: 'asker' };
    },
  });
}
