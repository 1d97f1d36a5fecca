import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { createTurns } from '../../support/turns.ts';
import type { SeenEvents } from '../seen-events.ts';
import { describeError } from './bolt-log.ts';

/** One thing that Slack sent, over either transport. */
export interface Delivery {
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum?: number;
  readonly retryReason?: string;
  /** Tells Slack that it arrived. */
  readonly ack: () => Promise<void>;
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

/**
 * Acknowledge first, then see to it that each event is handled once, then hand it to Bolt. Slack waits three
 * seconds for the acknowledgement, and Bolt would give it only after asking whose workspace it is; no answer of
 * ours needs the acknowledgement's body, so it goes out before anything is looked up. Answers are then begun one in each
 * turn of the event loop, so that no acknowledgement waits for answers to others.
 */
export function createIntake({ seen, clock, log, maxUnderWay = 3_000 }: IntakeParts): Intake {
  const underWay = new Set<Promise<void>>();
  const turns = createTurns(atOnce);
  let app: Pick<App, 'processEvent'> | undefined;

  async function handle(delivery: Delivery): Promise<void> {
    try {
      await delivery.ack();
    } catch (error) {
      log.warn({ error: describeError(error) }, 'Slack could not be told that its delivery arrived');
    }
    await turns.run(() => work(delivery));
  }

  async function work({ body, retryNum, retryReason }: Delivery): Promise<void> {
    try {
      const eventId = body['event_id'];
      if (typeof eventId === 'string' && !(await seen.firstSight(`slack:${eventId}`, clock.now()))) {
        log.info({ eventId, retryNum }, 'Slack sent an event again; it was answered the first time');
        return;
      }
      await app?.processEvent({
        body,
        ack: () => Promise.resolve(),
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
      if (underWay.size >= maxUnderWay) return false;
      const work = handle(delivery).finally(() => underWay.delete(work));
      underWay.add(work);
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
