import type { Destination } from '../../../src/domain/subscription.ts';
import { nextSlots } from '../../../src/schedule/when/slots.ts';
import type { StoredSubscription } from '../../../src/store/delivery-types.ts';

export function channel(id: string): Destination {
  return { platform: 'slack', workspace: 'slack:T0TEST', id, kind: 'channel' };
}

export function daily(zone = 'UTC', cron = '0 8 * * *'): StoredSubscription['timing'] {
  return { kind: 'scheduled', schedule: { cron, zone, text: `${cron} ${zone}` } };
}

/** A subscription made at a time, with everything as usual but for what is told. */
export function subscriptionAt(
  id: string,
  createdAt: number,
  changes: Partial<StoredSubscription> = {},
): StoredSubscription {
  const timing = changes.timing ?? daily();
  const next = timing.kind === 'scheduled' ? nextSlots(timing.schedule, createdAt, 1)[0] : undefined;
  return {
    id,
    destination: channel(`C0${id}`),
    timing,
    filters: '',
    shape: 'message',
    emptyDay: 'silent',
    kind: 'digest',
    createdBy: { platform: 'slack', workspace: 'slack:T0TEST', id: 'U0TEST' },
    createdAt,
    paused: false,
    pausedReason: null,
    version: 1,
    nextSlotAt: next ?? null,
    deliveredUntil: createdAt,
    lastPostedAt: null,
    ...changes,
  };
}
