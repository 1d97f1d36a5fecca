import type { Activity } from 'botbuilder';
import type { ActionValue } from '../../cards/card.ts';
import { type ClearedCard, cardOf, clearFor } from '../../cards/cleared.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import { sleep } from '../../support/sleep.ts';
import type { Place, Reply } from '../types.ts';
import { failureOf } from './failure.ts';
import { isAllowedServiceUrl } from './gate.ts';
import { patiently, type Repeatable } from './patience.ts';
import type { Turn } from './turn.ts';

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** Teams gives up on an answer after some ten seconds. */
const maxQueueMs = 8_000;

/** The reply as it may be shown in a place. */
export function clearedReply(reply: Reply, place: Place): ClearedCard {
  return clearFor(reply.card, reply.ceiling ?? place.ceiling);
}

/**
 * The message that shows a reply. Where others read along it takes a screen, with the rest behind its buttons; and where
 * there is more to say than stands there, `privately` is what a button asks for in the personal chat.
 */
export function messageOf(reply: Reply, place: Place, privately?: ActionValue): Partial<Activity> {
  const cleared = clearedReply(reply, place);
  const isShort = place.kind !== 'direct';
  const plain = renderAdaptiveCard(cleared, { isShort });
  const hasMore =
    reply.answer !== undefined || plain.dropped.length > 0 || cardOf(cleared).withheld.count > 0;
  const { payload } =
    isShort && hasMore && privately !== undefined
      ? renderAdaptiveCard(cleared, { isShort, privately })
      : plain;
  // No text beside the card: a message with both returns no id, and so cannot be updated.
  return {
    type: 'message',
    summary: cardOf(cleared).fallbackText,
    attachments: [{ contentType: cardType, content: payload }],
  };
}

/** Posts to the conversation of the turn; the id that Teams gave it. Rejects when Teams does not take it. */
export async function post(turn: Turn, message: Partial<Activity>): Promise<string | undefined> {
  const sent = await guarded(turn, 'when-refused', () => turn.context.sendActivity(message));
  return sent?.id;
}

/** Puts a message in the place of one of ours. Rejects when Teams does not take it. */
export async function replace(turn: Turn, id: string, message: Partial<Activity>): Promise<void> {
  await guarded(turn, 'always', () => turn.context.updateActivity({ ...message, id }));
}

async function guarded<Result>(
  turn: Turn,
  repeatable: Repeatable,
  call: () => Promise<Result>,
): Promise<Result> {
  const { context, facts, parts } = turn;
  if (!isAllowedServiceUrl(context.activity.serviceUrl, parts.settings)) {
    throw new Error('the serviceUrl is not on the list of allowed hosts; nothing was sent');
  }
  return patiently(async () => {
    const queueMs = Math.max(parts.sending.waitMs(facts.id), parts.inTenants.waitMs(facts.tenantId ?? ''));
    if (queueMs > maxQueueMs) {
      throw new Error('too much is waiting to be sent to the conversation; an answer was left out');
    }
    const waitMs = Math.max(parts.sending.take(facts.id), parts.inTenants.take(facts.tenantId ?? ''));
    if (waitMs > 0) await sleep(waitMs);
    try {
      return await call();
    } catch (error) {
      const { status, retryAfterMs } = failureOf(error);
      // Whoever sends there next waits as well.
      if (status === 429 && retryAfterMs !== undefined) parts.sending.pause(facts.id, retryAfterMs);
      throw error;
    }
  }, repeatable);
}
