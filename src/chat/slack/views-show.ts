import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { clearFor } from '../../cards/cleared.ts';
import { renderSlackCardView, slackWaitingView } from '../../cards/slack/card-view.ts';
import { renderSlackForm } from '../../cards/slack/form.ts';
import type { SlackModal } from '../../cards/slack/view-types.ts';
import type { Tlp } from '../../domain/tlp.ts';
import type { Log } from '../../support/log.ts';
import type { FormReply, Surfaces } from '../surfaces-types.ts';
import type { Reply } from '../types.ts';
import { describeError } from './bolt-log.ts';
import type { AnswerParts } from './compose.ts';
import { failedModal } from './views-notices.ts';
import { encodeOrigin, type ViewOrigin } from './views-place.ts';

export interface ViewParts extends AnswerParts {
  readonly surfaces: Surfaces;
}

/** A trigger lasts for three seconds: what takes longer than this is shown when it is there, behind a view that says so. */
const composeWithinMs = 1_200;
const waitingText = 'One moment…';

/** A card in a modal. Without a channel there is nobody to share with. */
export function cardModal(
  reply: Pick<Reply, 'card' | 'ceiling'>,
  ceiling: Tlp,
  origin: ViewOrigin,
): SlackModal {
  const card = origin.channelId === undefined ? withoutShare(reply.card) : reply.card;
  const cleared = clearFor(card, reply.ceiling ?? ceiling);
  return renderSlackCardView(cleared, 'threatbrief', encodeOrigin(withoutState(origin))).payload;
}

function withoutShare(card: Card): Card {
  const isShare = ({ type, ...action }: Card['actions'][number]): boolean =>
    type === 'command' && 'value' in action && action.value.verb === 'share';
  return { ...card, actions: card.actions.filter((action) => !isShare(action)) };
}

/** A form's state is that form's alone. */
function withoutState(origin: ViewOrigin): ViewOrigin {
  const { state: _, ...rest } = origin;
  return rest;
}

/** What a form says after it was opened, changed or sent, as a modal. */
export function replyModal(reply: FormReply, ceiling: Tlp, origin: ViewOrigin): SlackModal {
  if (reply.kind === 'done') return cardModal(reply.reply, ceiling, origin);
  const { form } = reply;
  const metadata = encodeOrigin({
    ...withoutState(origin),
    ...(form.state === undefined ? {} : { state: form.state }),
  });
  return renderSlackForm(form, metadata, reply.kind === 'form' ? reply.problems : []);
}

export function waitingModal(origin: ViewOrigin): SlackModal {
  return slackWaitingView('threatbrief', waitingText, encodeOrigin(withoutState(origin)));
}

const openedSchema = z.object({ view: z.object({ id: z.string() }) });

export type ShownHow = 'open' | 'push';

/**
 * Opens or pushes a modal for a trigger, at once with a placeholder where composing takes longer; true when Slack took it.
 * Where composing fails, the modal says so.
 */
export async function showModal(
  client: WebClient,
  log: Log,
  {
    how,
    triggerId,
    origin,
  }: { readonly how: ShownHow; readonly triggerId: string; readonly origin: ViewOrigin },
  compose: Promise<SlackModal>,
): Promise<boolean> {
  const composed = compose.catch((error: unknown) => failedModal(error, log, origin));
  const first = await withinTime(composed, composeWithinMs);
  const opened = await callView(client, log, `views.${how}`, {
    trigger_id: triggerId,
    view: first ?? waitingModal(origin),
  });
  if (opened === undefined) return false;
  if (first !== undefined) return true;
  return updateModal(client, log, { id: opened }, await composed);
}

/** Puts a modal in the place of another; with a hash only while that stands as it was seen. */
export async function updateModal(
  client: WebClient,
  log: Log,
  { id, hash }: { readonly id: string; readonly hash?: string },
  view: SlackModal,
): Promise<boolean> {
  const args = { view_id: id, view, ...(hash === undefined ? {} : { hash }) };
  return (await callView(client, log, 'views.update', args)) !== undefined;
}

/** The id of the view; undefined when Slack did not take it, which is logged. Never rejects. */
export async function callView(
  client: WebClient,
  log: Log,
  method: 'views.open' | 'views.push' | 'views.update' | 'views.publish',
  args: Record<string, unknown>,
): Promise<string | undefined> {
  try {
    const read = openedSchema.safeParse(await client.apiCall(method, args));
    return read.data?.view.id ?? '';
  } catch (error) {
    log.warn({ method, error: describeError(error) }, 'Slack did not take a view');
    return undefined;
  }
}

/** What is there within the time; undefined when it takes longer. */
export async function withinTime<Result>(work: Promise<Result>, ms: number): Promise<Result | undefined> {
  const ended = new AbortController();
  const late = wait(ms, undefined, { signal: ended.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}
