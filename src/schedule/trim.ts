import type { DeliveryStore } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { createForgetting } from './forgetting.ts';

const dayMs = 86_400_000;
/** How long what is over stays in the ledger. */
const keptDays = { deliveries: 180, postedItems: 400 } as const;
const usualAuditDays = 400;
/** So few that nobody who writes waits for long. */
const rowsAtOnce = 500;
const maxRounds = 20;

/** Forgets what is long over, once an hour. */
export function createTrimmer(
  store: Pick<DeliveryStore, 'trimDeliveries'>,
  clock: Clock,
  stopping: AbortSignal,
  auditDays = usualAuditDays,
): () => Promise<void> {
  return createForgetting(clock, async (now) => {
    const before = {
      now,
      deliveries: now - keptDays.deliveries * dayMs,
      postedItems: now - keptDays.postedItems * dayMs,
      audit: now - auditDays * dayMs,
    };
    for (let round = 0; round < maxRounds && !stopping.aborted; round += 1) {
      const counts = await store.trimDeliveries(before, rowsAtOnce);
      if (Math.max(...Object.values(counts)) < rowsAtOnce) break;
    }
  });
}
