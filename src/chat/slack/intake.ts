import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { createTurns } from '../../support/turns.ts';
import type { SeenEvents } from '../seen-events.ts';
import { hasKnownShape } from './body-shape.ts';
import { describeError } from './bolt-log.ts';

/** One thing that Slack sent, over either transport. */
export interface Delivery {
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum?: number;
  readonly retryReason?: string;
  /** Tells Slack that it arrived, with an answer where the kind of delivery takes one. Only the first call counts. */
  readonly ack: (answer?: unknown) => Promise<void>;
}

/** Kinds whose acknowledgement is the answer: what to show in a modal, what to choose from. */
const answeredByAck: ReadonlySet<unknown> = new Set(['view_submission', 'block_suggestion']);
/** Kinds that must open a modal within three seconds. */
const urgent: ReadonlySet<unknown> = new Set(['shortcut', 'message_action']);
/** Slack waits three seconds; what has no answer by then is acknowledged without one. */
const answerWithinMs = 2_700;

/** True for a delivery whose acknowledgement is the answer itself, so that it waits for it. */
export function isAnsweredByAck(body: Delivery['body']): boolean {
  return answeredByAck.has(body['type']);
}

/** Whose delivery it is, as a key; all that is nobody's has one of its workspace. */
function senderOf({ team_id, user_id, team, user, event }: Delivery['body']): string {
  const workspace = idIn(team_id) ?? idIn(memberOf(team, 'id')) ?? '';
  const person = idIn(user_id) ?? idIn(memberOf(user, 'id')) ?? idIn(memberOf(event, 'user')) ?? '';
  return `${workspace}/${person}`;
}

/**
 * By what a delivery is known again: events are sent again by Slack, and anybody who got hold of a signed command or press
 * could send it again for five minutes. Each of these has a trigger of its own. What opens a modal waits for no database:
 * its trigger is good for three seconds, so that a second one opens nothing.
 */
function keyOf({ event_id, trigger_id, type }: Delivery['body']): string | undefined {
  const trigger = urgent.has(type) ? undefined : idIn(trigger_id);
  return idIn(event_id) ?? (trigger === undefined ? undefined : `trigger:${trigger}`);
}

function idIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= 100 ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export interface Intake {
  /** Where deliveries go once they are acknowledged; Bolt calls this through the receiver. */
  attach(app: Pick<App, 'processEvent'>): void;
  /** Takes a delivery and works on it in the background. False when there is too much to do: nothing was taken. */
  take(delivery: Delivery): boolean;
  /** Waits for what is under way, at most so long. */
  drain(timeoutMs: number): Promise<void>;
}

export interface IntakeParts {
  readonly seen: SeenEvents;
  readonly clock: Clock;
  readonly log: Log;
  /** Deliveries under way at once; past that they are refused, so that those taken are acknowledged in time. */
  readonly maxUnderWay?: number;
}

/** Enough that answers wait for Slack beside one another, few enough that an acknowledgement waits for little. */
const atOnce = 8;
/** Who sends a thousand questions leaves room for the others. */
const atOnceOfOne = 2;

/**
 * Acknowledge first, then see to it that each event is handled once, then hand it to Bolt. Slack waits three
 * seconds for the acknowledgement, and Bolt would give it only after asking whose workspace it is; so it goes out before
 * anything is looked up, but for the kinds of which it is the answer. Answers are then begun one in each
 * turn of the event loop, so that no acknowledgement waits for answers to others.
 */
export function createIntake({ seen, clock, log, maxUnderWay = 3_000 }: IntakeParts): Intake {
  const underWay = new Set<Promise<void>>();
  const turns = createTurns(atOnce, undefined, atOnceOfOne);
  /** Of whom how much is under way; nobody gets all the room. */
  const underWayOf = new Map<string, number>();
  const maxOfOne = Math.ceil((maxUnderWay * 2) / 3);
  let app: Pick<App, 'processEvent'> | undefined;

  async function handle(delivery: Delivery): Promise<void> {
    if (isAnsweredByAck(delivery.body)) return answer(delivery);
    await acknowledge(delivery);
    if (urgent.has(delivery.body['type'])) await work(delivery, () => Promise.resolve());
    else await turns.run(() => work(delivery, () => Promise.resolve()), senderOf(delivery.body));
  }

  async function acknowledge({ ack }: Delivery, given?: unknown): Promise<void> {
    try {
      await ack(given);
    } catch (error) {
      log.warn({ error: describeError(error) }, 'Slack could not be told that its delivery arrived');
    }
  }

  /** The work gives the acknowledgement; when it gives none in time, or none at all, an empty one goes out. */
  async function answer(delivery: Delivery): Promise<void> {
    let isAcknowledged = false;
    const once = async (given?: unknown): Promise<void> => {
      if (isAcknowledged) return;
      isAcknowledged = true;
      await acknowledge(delivery, given);
    };
    const late = setTimeout(() => void once(), answerWithinMs);
    try {
      await work(delivery, once);
    } finally {
      clearTimeout(late);
      await once();
    }
  }

  async function work(
    { body, retryNum, retryReason }: Delivery,
    ack: (given?: unknown) => Promise<void>,
  ): Promise<void> {
    try {
      if (!hasKnownShape(body)) {
        log.warn(
          { type: typeof body['type'] === 'string' ? body['type'].slice(0, 60) : typeof body['type'] },
          'Slack sent something of an unknown form; it was left out',
        );
        return;
      }
      const key = keyOf(body);
      if (key !== undefined && !(await seen.firstSight(`slack:${key}`, clock.now()))) {
        log.info({ key, retryNum }, 'Slack’s delivery came a second time; it was answered the first time');
        return;
      }
      await app?.processEvent({
        body,
        ack,
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      });
    } catch (error) {
      log.error({ error: describeError(error) }, 'Slack delivery failed');
    }
  }

  return {
    attach: (target) => {
      app = target;
    },
    take: (delivery) => {
      const sender = senderOf(delivery.body);
      const own = underWayOf.get(sender) ?? 0;
      if (underWay.size >= maxUnderWay || own >= maxOfOne) return false;
      underWayOf.set(sender, own + 1);
      const taken = handle(delivery).finally(() => {
        underWay.delete(taken);
        const left = (underWayOf.get(sender) ?? 1) - 1;
        if (left === 0) underWayOf.delete(sender);
        else underWayOf.set(sender, left);
      });
      underWay.add(taken);
      return true;
    },
    drain: async (timeoutMs) => {
      const deadline = new AbortController();
      const tooLong = wait(timeoutMs, undefined, { signal: deadline.signal }).catch(() => undefined);
      await Promise.race([Promise.all(underWay), tooLong]);
      deadline.abort();
    },
  };
}
