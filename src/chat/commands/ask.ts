import { mayFollow } from '../../questions/follow-up.ts';
import type { Reply } from '../types.ts';
import type { CommandContext } from './types.ts';

/**
 * The bare question: what every text is that begins with no verb of the table. In a conversation it may point back to
 * what was spoken of before; what the place may not see is not carried on.
 */
export async function answerText(
  text: string,
  { desk, place, whole, threads }: CommandContext,
): Promise<Reply> {
  const subject = mayFollow(text) ? await threads?.recall(place) : undefined;
  const answer = await desk.ask(text, place.ceiling, {
    whole,
    ...(subject === undefined ? {} : { subject }),
  });
  if (answer.subject !== undefined) await threads?.remember(place, answer.subject);
  return { card: answer.card, audience: 'asker', answer };
}
