import type { CommandContext } from './commands/types.ts';
import { notAllowedCard } from './message-cards.ts';
import type { Deed } from './permission-rules.ts';
import type { Reply } from './types.ts';

/** Does what the asker may do; else says who may. */
export async function ifLet(
  needs: Deed | 'nothing',
  context: CommandContext,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const problem = needs === 'nothing' ? undefined : await context.refusal(needs);
  if (problem === undefined) return work();
  const { now } = await context.desk.contextAt(context.place.ceiling);
  return {
    card: notAllowedCard(problem, now),
    audience: 'asker',
    outcome: 'refused',
  };
}
