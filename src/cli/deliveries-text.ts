import type { StoredDelivery } from '../store/delivery-types.ts';
import { assertNever } from '../support/assert-never.ts';
import { isoTime } from './sources-json.ts';

/** A delivery as `digest … --json` shows it. Times are ISO 8601, UTC. */
export interface DeliveryView {
  readonly delivery: string;
  readonly subscription: string;
  readonly platform: string;
  readonly place: string;
  readonly slot: string;
  /** The local date, week, month or hour that it stands for; `until 2026-…Z` of what is told at once. */
  readonly period: string;
  /** Slots that were missed before it and are told in it. */
  readonly merged: number;
  readonly state: StoredDelivery['state'];
  readonly attempts: number;
  /** When it is tried next; null at its end. */
  readonly next: string | null;
  readonly deadline: string;
  readonly posted: string | null;
  /** How it is known that it was posted: `answer` of the platform, or `found` there later, or a `person` who saw it. */
  readonly evidence: string | null;
  /** The platform's ids of its messages, in order. */
  readonly messages: readonly string[];
  readonly error: string | null;
}

export function deliveryView(one: StoredDelivery): DeliveryView {
  const isOpen = one.state === 'pending' || one.state === 'uncertain';
  return {
    delivery: one.id,
    subscription: one.subscription,
    platform: one.destination.platform,
    place: one.destination.id,
    slot: isoTime(one.slotAt),
    period: periodText(one.period),
    merged: one.merged,
    state: one.state,
    attempts: one.attempt,
    next: isOpen ? isoTime(one.notBefore) : null,
    deadline: isoTime(one.deadline),
    posted: one.postedAt === null ? null : isoTime(one.postedAt),
    evidence: one.evidence,
    messages: one.posted.map(({ messageId }) => messageId),
    error: one.lastError,
  };
}

/** The ledger names what is told at once by the time of its newest change, in milliseconds. */
function periodText(period: string): string {
  const until = Number(/^until (\d{1,15})$/.exec(period)?.[1] ?? Number.NaN);
  return Number.isNaN(until) ? period : `until ${isoTime(until)}`;
}

export function renderDelivery(one: StoredDelivery): string {
  const { destination, merged } = one;
  const more = merged === 0 ? '' : `, with ${merged} missed before it`;
  const error = one.lastError === null ? [] : [`  why:    ${one.lastError}`];
  return [
    `${one.id}  ${stateText(one)}`,
    `  slot:   ${isoTime(one.slotAt)} of subscription ${one.subscription}${more}`,
    `  place:  ${destination.platform} ${destination.id}`,
    ...error,
  ].join('\n');
}

export function stateText({ state, postedAt, notBefore, evidence }: StoredDelivery): string {
  switch (state) {
    case 'posted': {
      const when = postedAt === null ? '' : ` at ${isoTime(postedAt)}`;
      return `posted${when}${evidenceText(evidence)}`;
    }
    case 'pending':
      return `waiting, to be tried at ${isoTime(notBefore)}`;
    case 'uncertain':
      return `in doubt: the platform is asked at ${isoTime(notBefore)}`;
    case 'sending':
      return 'being delivered';
    case 'empty':
      return 'nothing to tell';
    case 'skipped':
      return 'skipped';
    case 'held':
      return 'held: not known whether it arrived; look there, and "threatbrief digest settle" with --posted or --absent';
    case 'dead':
      return 'given up';
    default:
      return assertNever(state);
  }
}

function evidenceText(evidence: string | null): string {
  if (evidence === 'found') return ', as was found at the platform';
  return evidence === 'person' ? ', as a person saw' : '';
}
