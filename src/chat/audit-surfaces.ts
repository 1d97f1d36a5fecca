import type { Card } from '../cards/card.ts';
import type { ActivityAction } from '../store/answer-types.ts';
import { noteReply } from './audit-chat.ts';
import type { AuditTrail, NotedRequest } from './audit-types.ts';
import type { Asked, FormReply, Surfaces } from './surfaces-types.ts';

/**
 * The same surfaces, with everything noted that shows something: dialogs that are opened or sent, pasted texts, home pages
 * and previews of links. What type-ahead offers is not: what is chosen of it is noted when it is asked for.
 */
export function auditedSurfaces(surfaces: Surfaces, trail: Pick<AuditTrail, 'note'>): Surfaces {
  return {
    ...surfaces,
    openForm: async (request) => {
      const { form, entity, question } = request;
      const noted = {
        ...notedOf(request, 'form', question ?? form),
        ...(entity === undefined ? {} : { entity }),
      };
      return noteForm(trail, noted, await surfaces.openForm(request));
    },
    submitForm: async (input) => {
      const button = input.button === undefined ? '' : ` ${input.button}`;
      const request = notedOf(input, 'submit', `${input.form}${button}`);
      return noteForm(trail, request, await surfaces.submitForm(input));
    },
    briefText: async (request) =>
      noteReply(trail, notedOf(request, 'text', request.text), await surfaces.briefText(request)),
    home: async (request) => noteCard(trail, notedOf(request, 'home'), await surfaces.home(request)),
    linked: async (request) => {
      const card = await surfaces.linked(request);
      const noted = notedOf(request, 'link', request.path);
      return card === undefined ? undefined : noteCard(trail, noted, card);
    },
  };
}

function notedOf({ place, person, now }: Asked, action: ActivityAction, question?: string): NotedRequest {
  return { place, person, at: now, action, ...(question === undefined ? {} : { question }) };
}

function noteForm(trail: Pick<AuditTrail, 'note'>, request: NotedRequest, reply: FormReply): FormReply {
  if (reply.kind !== 'form') return { ...reply, reply: noteReply(trail, request, reply.reply) };
  trail.note(request, {});
  return reply;
}

/** A page of one's own and the preview of a link are made anew each time they are seen: they bear no evidence. */
function noteCard(trail: Pick<AuditTrail, 'note'>, request: NotedRequest, card: Card): Card {
  trail.note(request, { card, isTransient: true });
  return card;
}
