import { answerEntity } from '../briefing/answer.ts';
import { isAspect } from '../briefing/aspect-card.ts';
import type { AnswerContext } from '../briefing/context.ts';
import { contentsCard, pageCard, type Subject, sourcesOfCard } from '../briefing/page-card.ts';
import type { ActionValue, Card } from '../cards/card.ts';
import { assertNever } from '../support/assert-never.ts';
import { findCommand } from './commands/index.ts';
import { stateReply } from './commands/sources.ts';
import type { CommandContext } from './commands/types.ts';
import { ifLet } from './if-let.ts';
import { goneCard } from './message-cards.ts';
import { runText } from './run-text.ts';
import type { Reply } from './types.ts';

/**
 * Answers a press by what the button carries and nothing else. Everything is composed anew for the place's ceiling
 * at that moment, so that a button never shows more than asking would.
 */
export async function runAction(value: ActionValue, context: CommandContext): Promise<Reply> {
  switch (value.verb) {
    case 'brief':
      return ifLet('look-up', context, () => brief(value, context));
    case 'ask':
      return ask(value, context);
    case 'more':
      return ifLet('look-up', context, () => more(value, context));
    case 'share':
      return ifLet('look-up', context, () => ifLet('share', context, () => share(value, context)));
    case 'sources':
      return ifLet('look-up', context, () => sources(value, context));
    case 'form':
      return runText(insteadOfForm(value), context);
    default:
      return assertNever(value.verb);
  }
}

/** Where there are no dialogs: the command that does the same says how it is used. */
function insteadOfForm({ section, entity }: ActionValue): string {
  if (section === 'subscribe' || section === 'settings') return section;
  if (section !== 'edit-subscription') return 'help';
  return entity === undefined ? 'list' : `edit ${entity}`;
}

/** A choice is answered in its place; any other briefing comes beside what was pressed. */
async function brief(value: ActionValue, context: CommandContext): Promise<Reply> {
  const reply = await replyTo(value, context);
  return reply === undefined
    ? gone(context)
    : { ...reply, audience: value.section === 'choice' ? 'replace' : 'asker' };
}

/** As if it had been typed; what was chosen among several is told in the place of the choice. */
async function ask({ question, section }: ActionValue, context: CommandContext): Promise<Reply> {
  if (question === undefined) return gone(context);
  const reply = await runText(question, context);
  return section === 'choice' && reply.audience === 'asker' ? { ...reply, audience: 'replace' } : reply;
}

async function more(value: ActionValue, context: CommandContext): Promise<Reply> {
  const { section, page } = value;
  const found = await wholeCard(value, context);
  if (found === undefined) return gone(context);
  const subject = subjectOf(value);
  const card =
    section === undefined ? contentsCard(found, subject) : pageCard(found, section, page ?? 0, subject);
  if (card === undefined) return gone(context);
  return { card, audience: page === undefined ? 'asker' : 'replace' };
}

/** The card that a section belongs to, with nothing left out: the entity's own, one of its aspects, or an answer's. */
async function wholeCard(value: ActionValue, context: CommandContext): Promise<Card | undefined> {
  const whole = { ...context, whole: true };
  const { section, question, entity } = value;
  if (entity === undefined) return isRepeatable(question) ? (await runText(question, whole)).card : undefined;
  const overview = await entityReply(entity, undefined, whole);
  const hasSection =
    section === undefined || overview?.card.sections.some(({ id }) => id === section) === true;
  if (hasSection) return overview?.card;
  return (await entityReply(entity, section, whole))?.card;
}

/** For everyone in the place, without a button to share again. */
async function share(value: ActionValue, context: CommandContext): Promise<Reply> {
  const reply = await replyTo(value, context);
  if (reply === undefined) return gone(context);
  // Why somebody may not is for their eyes alone.
  if (reply.outcome !== undefined) return reply;
  const actions = reply.card.actions.filter(
    (action) => action.type !== 'command' || action.value.verb !== 'share',
  );
  return { ...reply, card: { ...reply.card, actions }, audience: 'place' };
}

async function sources(value: ActionValue, context: CommandContext): Promise<Reply> {
  const subject = subjectOf(value);
  if (subject.entity === undefined && subject.question === undefined) return stateReply(context);
  const found = await wholeCard(value, context);
  return found === undefined ? gone(context) : { card: sourcesOfCard(found, subject), audience: 'asker' };
}

async function replyTo(value: ActionValue, context: CommandContext): Promise<Reply | undefined> {
  if (value.entity !== undefined) return entityReply(value.entity, value.section, context);
  return isRepeatable(value.question) ? runText(value.question, context) : undefined;
}

/** What changes something is done by its own button alone, never once more to show the rest of what it said. */
function isRepeatable(question: string | undefined): question is string {
  if (question === undefined) return false;
  const found = findCommand(question);
  return found === undefined || !found.command.changes(found.rest);
}

async function entityReply(
  entity: string,
  section: string | undefined,
  context: CommandContext,
): Promise<Reply | undefined> {
  const aspect = section !== undefined && isAspect(section) ? section : 'overview';
  const answer = await answerEntity(entity, aspect, await answerContext(context));
  return answer === undefined ? undefined : { card: answer.card, audience: 'asker', answer };
}

function answerContext({ desk, place, whole }: CommandContext): Promise<AnswerContext> {
  return desk.contextAt(place.ceiling, { whole });
}

async function gone(context: CommandContext): Promise<Reply> {
  const { now } = await answerContext(context);
  return { card: goneCard(now), audience: 'asker' };
}

function subjectOf({ entity, question }: ActionValue): Subject {
  return { ...(entity === undefined ? {} : { entity }), ...(question === undefined ? {} : { question }) };
}
