import { itemActions } from '../cards/build.ts';
import type { Action, Card } from '../cards/card.ts';
import type { ComposeDelivery, ComposeRequest } from '../schedule/types.ts';
import type { AuditTrail, NotedRequest } from './audit-types.ts';

/** The same, with every message noted that is composed to be delivered; each bears its evidence. */
export function auditedCompose(compose: ComposeDelivery, trail: Pick<AuditTrail, 'note'>): ComposeDelivery {
  return async (request) => {
    const digest = await compose(request);
    if (digest.isEmpty) return digest;
    const noted = notedOf(request);
    const audience = request.subscription.destination.kind === 'direct' ? 'asker' : 'place';
    const messages = digest.messages.map((message) => {
      const { card } = message;
      const evidence = trail.note(noted, { card, audience, entities: entitiesOn(card) });
      return evidence === undefined ? message : { ...message, card: { ...card, evidence } };
    });
    return { ...digest, messages };
  };
}

/** In the name of whoever subscribed the place. */
function notedOf({ subscription, ceiling, until }: ComposeRequest): NotedRequest {
  const { destination, createdBy, id, filters } = subscription;
  const { platform, workspace, kind } = destination;
  return {
    place: { platform, workspace, id: destination.id, kind, ceiling },
    person: createdBy.id,
    at: new Date(until),
    action: 'digest',
    question: `digest ${id} ${filters}`.trim(),
  };
}

/** The things that a card leads to: what it speaks of has a button. */
function entitiesOn({ sections, actions }: Card): readonly string[] {
  const buttons: readonly Action[] = [
    ...sections.flatMap((section) => (section.type === 'list' ? section.items.flatMap(itemActions) : [])),
    ...actions,
  ];
  const ids = buttons.flatMap((action) => (action.type === 'command' ? (action.value.entity ?? []) : []));
  return [...new Set(ids)];
}
