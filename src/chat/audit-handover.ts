import { diffEntity } from '../briefing/diff.ts';
import type { Span } from '../briefing/diff-time.ts';
import {
  gatherLookups,
  type HandoverActivity,
  type HandoverDelivery,
  type HandoverInput,
  maxHandoverActors,
  toldWatches,
} from '../briefing/handover.ts';
import { handoverCard } from '../briefing/handover-card.ts';
import type { Card } from '../cards/card.ts';
import type { Person } from '../domain/subscription.ts';
import type { ActivityAction, AnswerStore, StoredActivity } from '../store/answer-types.ts';
import type { DeliveryState, DeliveryStore, StoredDelivery } from '../store/delivery-types.ts';
import { placeIdOf } from './audit-entry.ts';
import type { AuditTrail } from './audit-types.ts';
import type { Desk } from './desk.ts';
import { destinationOf, isSamePlace, personOf } from './destination.ts';
import type { Place } from './types.ts';

export interface HandoverRequest {
  readonly window: Span;
  /** The IANA zone in which times are told. */
  readonly zone: string;
  readonly place: Place;
  readonly person: string;
  readonly whole: boolean;
  /** The desk in the workspace's names. */
  readonly desk: Pick<Desk, 'contextAt'>;
}

/** Port: what a team did with the bot within a time, and what changed about what it looked up. */
export interface HandoverDesk {
  /** Ids are those of what the card names. Rejects only when the store does. */
  handover(request: HandoverRequest): Promise<{ readonly card: Card; readonly named: readonly string[] }>;
}

export interface HandoverDeskParts {
  readonly store: Pick<AnswerStore, 'activities'> &
    Pick<DeliveryStore, 'watches' | 'auditEvents' | 'deliveries'>;
  readonly trail: Pick<AuditTrail, 'flush'>;
}

const maxActivities = 5_000;
const maxDeeds = 1_000;
const maxDeliveries = 1_000;

/** What counts as looking something up; paging through an answer is not asking once more. */
const looked: readonly ActivityAction[] = ['ask', 'brief', 'share', 'text'];

export function createHandoverDesk({ store, trail }: HandoverDeskParts): HandoverDesk {
  return {
    handover: async (request) => {
      const { window, place, desk, whole } = request;
      const by = personOf(place, request.person);
      const { platform, workspace } = by;
      // What was asked a moment ago counts.
      await trail.flush();
      const [activities, watches, events, deliveries, context] = await Promise.all([
        store.activities({
          since: window.from,
          until: window.to,
          workspace: { platform, workspace },
          actions: looked,
          limit: maxActivities,
        }),
        store.watches({ workspace: { platform, id: workspace } }),
        store.auditEvents({ since: window.from, workspace: { platform, id: workspace }, limit: maxDeeds }),
        store.deliveries({
          workspace: { platform, id: workspace },
          states: endedStates,
          limit: maxDeliveries,
        }),
        desk.contextAt(place.ceiling, { whole }),
      ]);
      const { knowledge, history, now } = context;
      const input: HandoverInput = {
        window,
        now,
        zone: request.zone,
        knowledge,
        ceiling: place.ceiling,
        isAlone: place.kind === 'direct',
        activities: activities.flatMap((one) => toHandoverActivity(one, place, by)),
        isCut: activities.length === maxActivities,
        watches: watches
          .filter(({ createdAt }) => createdAt >= window.from && createdAt < window.to)
          .map(({ entity, person }) => ({ entity, isOwn: isSamePerson(person, by) })),
        deliveries: deliveries.flatMap((one) => toHandoverDelivery(one, request, by)),
        deeds: countDeeds(events.filter(({ at }) => at < window.to).map(({ action }) => action)),
        whole,
      };
      const { actors } = gatherLookups(input);
      const told = actors.slice(0, maxHandoverActors);
      const [changes, firstImports] =
        told.length === 0 || history === undefined
          ? [[], new Map<string, number>()]
          : await Promise.all([history.changes(window.from, window.to), history.firstImports()]);
      const diffs = new Map(
        told.map(({ entity }) => {
          const everything = history?.everything() ?? knowledge;
          const base = { changes, knowledge, whole: everything, ceiling: place.ceiling };
          const diff = diffEntity(entity, { ...base, window, firstImports, now, everything: whole });
          return [entity.id, diff];
        }),
      );
      const question = `handover since ${new Date(window.from).toISOString()} until ${new Date(window.to).toISOString()}`;
      const named = [
        ...actors.map(({ entity }) => entity.id),
        ...toldWatches(input).map(({ entity }) => entity),
      ];
      return { card: handoverCard(input, diffs, question), named };
    },
  };
}

function toHandoverActivity(activity: StoredActivity, place: Place, by: Person): readonly HandoverActivity[] {
  const { at, person, action, question, marking, ceiling, entities, outcome } = activity;
  if (outcome === 'limited' || outcome === 'failed' || outcome === 'refused') return [];
  // Commands such as help and settings look nothing up.
  if (entities.length === 0 && outcome !== 'answer') return [];
  return [
    {
      at,
      person: person.id,
      isOwn: isSamePerson(person, by),
      isHere: activity.place === placeIdOf(place),
      isDirect: activity.placeKind === 'direct',
      kind: action === 'share' ? 'share' : 'lookup',
      question: question?.startsWith('sha256:') === true ? null : question,
      marking,
      ceiling,
      entities,
    },
  ];
}

function isSamePerson(a: Person, b: Person): boolean {
  return a.platform === b.platform && a.workspace === b.workspace && a.id === b.id;
}

const endedStates: readonly DeliveryState[] = ['posted', 'dead', 'held', 'skipped'];

function toHandoverDelivery(
  { slotAt, postedAt, destination, state, lastError }: StoredDelivery,
  { window, place, person }: HandoverRequest,
  { platform, workspace }: Person,
): readonly HandoverDelivery[] {
  const at = postedAt ?? slotAt;
  if (at < window.from || at >= window.to) return [];
  if (destination.platform !== platform || destination.workspace !== workspace) return [];
  const here = destinationOf(place, person);
  const isHere = here !== undefined && isSamePlace(here, destination);
  // Nobody learns when another's own digest came.
  if (destination.kind === 'direct' && !isHere) return [];
  const told = state === 'posted' || state === 'skipped' ? state : 'failed';
  return [{ at, isHere, state: told, problem: isHere ? lastError : null }];
}

/** Watches have a section of their own. */
function countDeeds(actions: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const action of actions) {
    if (!action.startsWith('watch.')) counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return counts;
}
