import { canEncodeActionValue } from '../../cards/action-value.ts';
import type { Action } from '../../cards/card.ts';
import { formAction } from '../../cards/form.ts';
import { findCommand } from '../commands/index.ts';
import type { Asked } from '../surfaces-types.ts';
import type { Reply } from '../types.ts';
import type { Turn } from './turn.ts';

/** What opens the person's own page, where other platforms have a tab for it. */
const pageWord = 'home';

export function isOwnPage(text: string): boolean {
  return text.trim().toLowerCase() === pageWord;
}

/**
 * The chat's answer to a text, with a button for the dialog that does the same as its command. In the personal chat
 * `home` is the person's own page.
 */
export async function answerTo(turn: Turn, text: string, asked: Asked): Promise<Reply> {
  const { chat, surfaces } = turn.parts;
  if (surfaces === undefined) return chat.handle({ text, ...asked });
  if (isOwnPage(text) && asked.place.kind === 'direct')
    return { card: await surfaces.home(asked), audience: 'asker' };
  return withDialogs(await chat.handle({ text, ...asked }), text, asked.place.kind === 'direct');
}

/** Buttons for dialogs behind those that a reply has; the same reply where no dialog belongs to the text. */
export function withDialogs(reply: Reply, text: string, isPersonal: boolean): Reply {
  const found = findCommand(text.trim() === '' ? 'help' : text);
  const wanted = found === undefined ? [] : dialogsFor(found.command.name, found.rest, isPersonal);
  const more = wanted.filter((action) => action.type === 'link' || canEncodeActionValue(action.value));
  return more.length === 0
    ? reply
    : { ...reply, card: { ...reply.card, actions: [...reply.card.actions, ...more] } };
}

function dialogsFor(name: string, rest: string, isPersonal: boolean): readonly Action[] {
  const subscribe = formAction('Subscribe…', 'subscribe');
  const settings = formAction('Settings…', 'settings');
  switch (name) {
    case 'help':
      return rest === '' ? [subscribe, settings, ...(isPersonal ? [page] : [])] : [];
    case 'subscribe':
    case 'list':
      return rest === '' ? [subscribe] : [];
    case 'edit':
      return rest === '' ? [] : [formAction('Edit…', 'edit-subscription', { entity: firstWord(rest) })];
    case 'settings':
      return rest === '' ? [settings] : [];
    default:
      return [];
  }
}

const page: Action = { type: 'command', label: 'My Page', value: { verb: 'ask', question: pageWord } };

function firstWord(text: string): string {
  return text.split(/\s/, 1)[0] ?? text;
}
