import type { Reply } from '../types.ts';
import type { CommandContext } from './types.ts';

/** The bare question: what every text is that begins with no verb of the table. */
export async function answerText(text: string, { desk, place, whole }: CommandContext): Promise<Reply> {
  const answer = await desk.ask(text, place.ceiling, { whole });
  return { card: answer.card, audience: 'asker', answer };
}
