import type { Card, Section } from '../../cards/card.ts';
import { findCommand } from '../commands/index.ts';
import { messageCard } from '../message-cards.ts';
import type { Place, Reply } from '../types.ts';
import { privatelyFor } from './privately.ts';
import { messageOf, post, replace } from './send.ts';
import { askedIn, type Turn } from './turn.ts';
import { answerTo, withDialogs } from './with-dialogs.ts';

/** Answers what someone wrote, in the same conversation. */
export async function answerText(turn: Turn, text: string, person: string): Promise<void> {
  const { message } = await compose(turn, text, person);
  await postAnswer(turn, text, message);
}

/**
 * Answers a message that was edited by updating the answer that it got. What changes something is not done once more;
 * where the answer is not known any more, a new one is posted.
 */
export async function answerEdit(turn: Turn, text: string, person: string): Promise<void> {
  const { parts, facts, activityId } = turn;
  const before = activityId === undefined ? undefined : parts.answered.find(facts.id, activityId);
  if (before?.text === text) return;
  const command = findCommand(text);
  const isChange = command?.command.changes(command.rest) === true;
  const { message } = isChange ? await notAgain(turn) : await compose(turn, text, person);
  if (before === undefined || activityId === undefined) return postAnswer(turn, text, message);
  await replace(turn, before.replyId, message);
  parts.answered.note(facts.id, activityId, { replyId: before.replyId, text });
}

/** Says what can be asked here, once for each time that the bot is added. */
export async function welcome(turn: Turn): Promise<void> {
  const { parts, facts } = turn;
  const now = parts.clock.now();
  // Teams tells of it twice: as a new member, and as an installed app.
  if (!(await parts.seen.firstSight(`welcome ${facts.id}`, now))) return;
  const place = await turn.place();
  const reply = await parts.chat.handle({ text: 'help', place, person: '', now });
  const greeting = { ...reply, card: welcomeCard(reply.card, place.kind) };
  const isPersonal = place.kind === 'direct';
  await post(
    turn,
    messageOf(parts.surfaces === undefined ? greeting : withDialogs(greeting, 'help', isPersonal), place),
  );
}

type Message = ReturnType<typeof messageOf>;

async function compose(turn: Turn, text: string, person: string): Promise<{ readonly message: Message }> {
  const asked = await askedIn(turn, person);
  const reply = await answerTo(turn, text, asked);
  return { message: messageOf(reply, asked.place, privatelyFor(text, reply)) };
}

async function notAgain(turn: Turn): Promise<{ readonly message: Message }> {
  const paragraphs = [
    [{ text: 'What changes something is not done again when its message is edited. Write it as a new one.' }],
  ];
  const section: Section = { type: 'text', id: 'edited', rank: 0, paragraphs };
  const card = messageCard('Not done', [section], turn.parts.clock.now());
  const reply: Reply = { card, audience: 'asker' };
  return { message: messageOf(reply, await turn.place()) };
}

async function postAnswer(turn: Turn, text: string, message: Message): Promise<void> {
  const { parts, facts, activityId } = turn;
  const replyId = await post(turn, message);
  if (replyId !== undefined && activityId !== undefined) {
    parts.answered.note(facts.id, activityId, { replyId, text });
  }
}

const welcomes: Readonly<Record<Place['kind'], readonly string[]>> = {
  direct: ['Write the name of an actor, in any spelling, or a question. No mention is needed here.'],
  group: [
    'Mention @threatbrief with the name of an actor or a question.',
    'For an answer that nobody else reads, write to threatbrief directly.',
  ],
  channel: [
    'Mention @threatbrief with the name of an actor or a question; go on in the replies below the answer.',
    'Answers are short here, and “More Privately” sends the whole to you alone.',
  ],
};

/** Help, with how to ask in this kind of conversation before it. */
function welcomeCard(help: Card, kind: Place['kind']): Card {
  const paragraphs = welcomes[kind].map((text) => [{ text }]);
  const section: Section = { type: 'text', id: 'welcome', rank: 0, paragraphs };
  return { ...help, title: 'threatbrief is here', sections: [section, ...help.sections] };
}
