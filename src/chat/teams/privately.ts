import { canEncodeActionValue } from '../../cards/action-value.ts';
import type { ActionValue } from '../../cards/card.ts';
import { clearFor } from '../../cards/cleared.ts';
import type { Destination } from '../../domain/subscription.ts';
import { assertNever } from '../../support/assert-never.ts';
import { findCommand } from '../commands/index.ts';
import type { Place, Reply } from '../types.ts';
import type { Turn } from './turn.ts';

const howToAdd =
  'threatbrief cannot write to you yet. Open Apps in Teams, look for threatbrief, choose Add, and press again.';

/**
 * What "More Privately" on the answer to a text asks for: the same once more, in the personal chat. Undefined for what
 * changes something, which is never done once more, and where a button cannot carry it.
 */
export function privatelyFor(text: string, reply?: Reply): ActionValue | undefined {
  const command = findCommand(text);
  if (command?.command.changes(command.rest)) return undefined;
  const again: ActionValue = { verb: 'ask', question: text };
  if (text !== '' && canEncodeActionValue(again)) return again;
  const [only, ...others] = reply?.answer?.answers ?? [];
  return only === undefined || others.length > 0 ? undefined : { verb: 'brief', entity: only.id };
}

/** The same for what a button shows to all. */
export function privatelyForPress({ verb, entity, question }: ActionValue): ActionValue | undefined {
  if (verb === 'form') return undefined;
  if (entity !== undefined) return { verb: 'brief', entity };
  return question === undefined ? undefined : privatelyFor(question);
}

/** Answers in the chat with the one who pressed; gives back a sentence for them on how that went. */
export async function answerPrivately(turn: Turn, value: ActionValue, person: string): Promise<string> {
  const { parts, facts } = turn;
  const { chat, clock, conversations, delivery, log } = parts;
  if (facts.tenantId === undefined) return howToAdd;
  const workspace = `teams:${facts.tenantId}`;
  const destination: Destination = { platform: 'teams', workspace, id: person, kind: 'direct' };
  const state = await delivery.placeState(destination);
  switch (state.kind) {
    case 'gone':
      return howToAdd;
    case 'unreachable':
      return 'Your personal chat cannot be reached right now. Try again in a minute.';
    case 'open':
      break;
    default:
      return assertNever(state);
  }
  const conversationId = (await conversations.find(destination))?.reference.conversationId ?? person;
  const place: Place = {
    platform: 'teams',
    id: conversationId,
    workspace,
    thread: conversationId,
    kind: 'direct',
    ceiling: state.ceiling,
  };
  const asker = await turn.askerOf(person);
  const reply = await chat.handleAction({ value, place, person, asker, now: clock.now() });
  const card = clearFor(reply.card, reply.ceiling ?? place.ceiling);
  const result = await delivery.post(destination, { key: `privately/${turn.activityId ?? ''}`, card });
  if (result.kind === 'posted') return 'Sent to your chat with threatbrief.';
  log.warn({ outcome: result.kind }, 'an answer for one person alone was not confirmed');
  return result.kind === 'gone'
    ? howToAdd
    : 'Teams did not confirm that your chat with threatbrief took the answer. Look there, or press again in a minute.';
}
