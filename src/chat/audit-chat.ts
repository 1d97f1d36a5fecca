import { readEvidenceId } from '../briefing/evidence-types.ts';
import type { ActionValue } from '../cards/card.ts';
import type { ActivityAction } from '../store/answer-types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { AuditTrail, NotedRequest } from './audit-types.ts';
import { findCommand } from './commands/index.ts';
import type { ActionRequest, Chat, ChatRequest, Reply } from './types.ts';

/** The same chat, with everything noted that is asked and pressed; a card that rests on something bears its evidence. */
export function auditedChat(chat: Chat, trail: Pick<AuditTrail, 'note'>): Chat {
  return {
    handle: async (request) => noteReply(trail, askedOf(request), await chat.handle(request)),
    handleAction: async (request) => noteReply(trail, pressedOf(request), await chat.handleAction(request)),
  };
}

/** Notes a reply, and gives it with its evidence. */
export function noteReply(trail: Pick<AuditTrail, 'note'>, request: NotedRequest, reply: Reply): Reply {
  const { card, answer, audience, ceiling, outcome } = reply;
  const evidence = trail.note(request, {
    card,
    audience: audience === 'place' ? 'place' : 'asker',
    // What tells of evidence needs none of its own.
    ...(request.action === 'evidence' || request.action === 'audit' ? { isTransient: true as const } : {}),
    ...(answer === undefined ? {} : { answer }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(ceiling === undefined ? {} : { ceiling }),
  });
  return evidence === undefined ? reply : { ...reply, card: { ...card, evidence } };
}

function askedOf({ text, place, person, now }: ChatRequest): NotedRequest {
  return { place, person, at: now, action: actionOfText(text) ?? 'ask', question: text };
}

/** What a text asks for that is no common question; undefined for one that is. */
function actionOfText(text: string): 'evidence' | 'audit' | undefined {
  if (asksForEvidence(text)) return 'evidence';
  const found = findCommand(text);
  const isRead = found?.command.name === 'audit' && found.command.prepare(found.rest).kind !== 'question';
  return isRead ? 'audit' : undefined;
}

function asksForEvidence(question: string): boolean {
  const [, rest] = /^\s{0,20}why\s([\s\S]{1,40})$/i.exec(question) ?? [];
  return rest !== undefined && readEvidenceId(rest) !== undefined;
}

function pressedOf({ value, place, person, now }: ActionRequest): NotedRequest {
  const { question, entity } = value;
  return {
    place,
    person,
    at: now,
    action: (question === undefined ? undefined : actionOfText(question)) ?? actionOf(value.verb),
    ...(question === undefined ? {} : { question }),
    ...(entity === undefined ? {} : { entity }),
  };
}

function actionOf(verb: ActionValue['verb']): ActivityAction {
  switch (verb) {
    case 'ask':
    case 'brief':
    case 'more':
    case 'share':
    case 'sources':
    case 'form':
      return verb;
    default:
      return assertNever(verb);
  }
}
