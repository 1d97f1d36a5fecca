import { encodeActionValue } from '../../cards/action-value.ts';
import type { ActionValue, Card } from '../../cards/card.ts';
import { cleanLine } from '../../cards/clean-text.ts';
import { cardOf, clearFor } from '../../cards/cleared.ts';
import { defangUrls } from '../../cards/defang-text.ts';
import { clipString } from '../../cards/measure.ts';
import { teamsActionKey } from '../../cards/teams/limits.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import { plainWords } from '../../cards/teams/text.ts';
import type { Tlp } from '../../domain/tlp.ts';
import { sleep } from '../../support/sleep.ts';
import { messageCard } from '../message-cards.ts';
import { type Asked, type Found, linkCeiling } from '../surfaces-types.ts';
import type { Place } from '../types.ts';
import type { Press } from './button-data.ts';
import { briefCommandId, searchCommandId } from './extension-commands.ts';
import {
  answerInvoke,
  dialogResponse,
  type ExtensionResult,
  extensionMessage,
  extensionResponse,
} from './invoke-response.ts';
import type { Invoke } from './parse-invoke.ts';
import { clearedReply } from './send.ts';
import { askedIn, type Turn } from './turn.ts';

const notHere = 'This is not offered here. Write to threatbrief instead; “help” says what it can.';
/** Type-ahead is answered within 300 ms: who reads along is waited for no longer than this. */
const searchAudienceMs = 150;
/** For one card, up to five seconds. */
const pickAudienceMs = 3_000;

type SearchInvoke = Extract<Invoke, { readonly kind: 'extension-search' }>;
type MessageInvoke = Extract<Invoke, { readonly kind: 'extension-message' }>;

/** Things by what was typed so far; with nothing typed, what the person looked up last. */
export async function searchExtension(turn: Turn, invoke: SearchInvoke, person: string): Promise<void> {
  const { surfaces, settings } = turn.parts;
  if (surfaces === undefined || !isCommand(invoke, searchCommandId)) {
    return answerInvoke(turn.context, extensionMessage(notHere));
  }
  const asked = await askedForInsertion(turn, person, searchAudienceMs);
  const { text, limit, skip } = invoke;
  const found = (await surfaces.find({ ...asked, text, limit: skip + limit })).slice(skip);
  if (found.length > 0 || skip > 0) {
    // A development client shows no list whose results ask back: it inserts the small card with its button.
    const asksBack = !settings.devNoAuth;
    const results = found.map((one) => resultOf(one, asked.place.ceiling, asked.now, asksBack));
    return answerInvoke(turn.context, extensionResponse(results));
  }
  const words =
    text.trim() === ''
      ? 'Type a name of an actor, malware or tool, in any spelling.'
      : `Nothing is named like “${clipString(defangUrls(cleanLine(text)), 80)}”.`;
  return answerInvoke(turn.context, extensionMessage(words));
}

/** There is one command of each kind: a client that names none, since it reads no manifest, means that one. */
function isCommand({ command }: { readonly command: string }, id: string): boolean {
  return command === '' || command === id;
}

/** The card of the result that was chosen. */
export async function pickResult(turn: Turn, { value }: Press, person: string): Promise<void> {
  if (value.verb !== 'brief') return answerInvoke(turn.context, extensionMessage(notHere));
  const asked = await askedForInsertion(turn, person, pickAudienceMs);
  const reply = await turn.parts.chat.handleAction({ value, ...asked });
  const { payload } = renderAdaptiveCard(clearedReply(reply, asked.place), { isShort: true });
  const { title, fallbackText } = cardOf(clearedReply(reply, asked.place));
  const result = { title: previewText(title), text: previewText(fallbackText), card: payload };
  return answerInvoke(turn.context, extensionResponse([result]));
}

/** What a message names, in a dialog for the one who asked. */
export async function briefMessage(turn: Turn, invoke: MessageInvoke, person: string): Promise<void> {
  const { surfaces } = turn.parts;
  if (surfaces === undefined || !isCommand(invoke, briefCommandId)) {
    return answerInvoke(turn.context, sayInDialog(notHere, turn.parts.clock.now()));
  }
  if (invoke.text === '') {
    return answerInvoke(
      turn.context,
      sayInDialog('The message holds no text to look at.', turn.parts.clock.now()),
    );
  }
  const asked = await askedIn(turn, person);
  const cleared = clearedReply(await surfaces.briefText({ ...asked, text: invoke.text }), asked.place);
  const { payload } = renderAdaptiveCard(cleared, { place: 'dialog' });
  return answerInvoke(turn.context, dialogResponse(previewText(cardOf(cleared).title), payload));
}

/** A sentence as a card: what a message command opens is always one, and not every client takes less. */
function sayInDialog(words: string, now: Date): object {
  const section = { type: 'text', id: 'said', rank: 0, paragraphs: [[{ text: words }]] } as const;
  const card = messageCard('Brief Me on This Message', [section], now);
  const { payload } = renderAdaptiveCard(clearFor(card, 'clear'), { place: 'dialog' });
  return dialogResponse(card.title, payload);
}

/**
 * The preview of a link to this host, the same for everyone: Teams keeps it for half an hour and shows it wherever the link
 * goes. Nothing for any other address.
 */
export async function previewLink(turn: Turn, url: string, person: string): Promise<void> {
  const { surfaces, settings, clock } = turn.parts;
  const path = ownPath(url, settings.publicUrl);
  if (surfaces === undefined || path === undefined) return answerInvoke(turn.context, {});
  const { facts, kind } = turn;
  const place: Place = { platform: 'teams', id: facts.id, kind, ceiling: linkCeiling };
  const card = await surfaces.linked({ place, person, now: clock.now(), path });
  if (card === undefined) return answerInvoke(turn.context, {});
  const cleared = clearFor(card, linkCeiling);
  const { payload } = renderAdaptiveCard(cleared, { place: 'link', isShort: true });
  const { title, fallbackText } = cardOf(cleared);
  const result = { title: previewText(title), text: previewText(fallbackText), card: payload };
  return answerInvoke(turn.context, extensionResponse([result]));
}

/** The path of an address below this host's own; undefined for any other. */
export function ownPath(url: string, publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined || !URL.canParse(url) || !URL.canParse(publicUrl)) return undefined;
  const [asked, own] = [new URL(url), new URL(publicUrl)];
  if (asked.origin !== own.origin || asked.username !== '' || asked.password !== '') return undefined;
  const base = own.pathname.replace(/(?<!\/)\/+$/, '');
  return asked.pathname.startsWith(`${base}/`) ? asked.pathname.slice(base.length) : undefined;
}

/**
 * What is chosen is posted where it is written, for all who read there. From the command box it may go anywhere, and where
 * the readers are not known soon enough they are not known.
 */
async function askedForInsertion(turn: Turn, person: string, maxWaitMs: number): Promise<Asked> {
  const unknown: Tlp = 'clear';
  const { facts, kind, usedIn, parts } = turn;
  const workspace = facts.tenantId === undefined ? {} : { workspace: `teams:${facts.tenantId}` };
  const asker = { isMemberHere: true };
  const blind: Asked = {
    place: { platform: 'teams', id: facts.id, ...workspace, kind, ceiling: unknown },
    person,
    asker,
    now: parts.clock.now(),
  };
  if (usedIn === 'commandbox') return blind;
  const over = new AbortController();
  const known = askedIn(turn, person);
  // Late, it is there for the next letter.
  known.catch(() => undefined);
  const late = sleep(maxWaitMs, over.signal).then(() => blind);
  try {
    return await Promise.race([known, late]);
  } finally {
    over.abort();
  }
}

function resultOf(
  { id, name, matched, hint, type }: Found,
  ceiling: Tlp,
  now: Date,
  asksBack: boolean,
): ExtensionResult {
  const value: ActionValue = { verb: 'brief', entity: id };
  const title = matched === undefined ? name : `${name} (${matched})`;
  const card: Card = {
    title: name,
    marking: ceiling,
    badges: [],
    sections: [{ type: 'text', id: 'hint', rank: 0, paragraphs: [[{ text: hint === '' ? type : hint }]] }],
    sources: [],
    withheld: { count: 0, highest: null },
    actions: [{ type: 'command', label: 'Brief', value }],
    asOf: now.toISOString(),
    fallbackText: ceiling === 'clear' ? name : 'A result of threatbrief',
  };
  return {
    title: previewText(title),
    text: previewText(hint),
    card: renderAdaptiveCard(clearFor(card, ceiling)).payload,
    ...(asksBack ? { pick: { [teamsActionKey]: encodeActionValue(value) } } : {}),
  };
}

/** Previews show text, yet obey some tags. */
function previewText(text: string): string {
  return clipString(plainWords(defangUrls(cleanLine(text))), 150);
}
