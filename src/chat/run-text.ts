import { assertNever } from '../support/assert-never.ts';
import { answerText } from './commands/ask.ts';
import { findCommand } from './commands/index.ts';
import { meantCommand } from './commands/meant-command.ts';
import type { CommandContext } from './commands/types.ts';
import { ifLet } from './if-let.ts';
import { usageCard } from './message-cards.ts';
import type { Reply } from './types.ts';

/**
 * Runs what someone typed, where they may: a command of the table, else a question. An empty text asks for help, which
 * everybody may.
 */
export async function runText(text: string, context: CommandContext): Promise<Reply> {
  const found = findCommand(text.trim() === '' ? 'help' : text);
  if (found === undefined) return ifLet('look-up', context, () => answerOrOffer(text, context));
  const prepared = found.command.prepare(found.rest);
  switch (prepared.kind) {
    case 'ready':
      return ifLet(found.command.needs, context, () => prepared.run(context));
    case 'question':
      return ifLet('look-up', context, () => answerOrOffer(text, context));
    case 'usage': {
      const { now } = await context.desk.contextAt(context.place.ceiling);
      return { card: usageCard(found.command, prepared.problem, now), audience: 'asker' };
    }
    default:
      return assertNever(prepared);
  }
}

/** The answer, with the command before it that may have been meant. */
async function answerOrOffer(text: string, context: CommandContext): Promise<Reply> {
  const reply = await answerText(text, context);
  const meant = reply.answer === undefined ? undefined : meantCommand(text, reply.answer);
  if (meant === undefined) return reply;
  return { ...reply, card: { ...reply.card, sections: [meant, ...reply.card.sections] } };
}
