import type { DigestDesk } from '../chat/digest-desk.ts';
import type { HomeParts } from '../chat/home.ts';
import { deliveryPlatforms } from '../domain/subscription.ts';

/** What admins see on their own page: nobody's direct digests, which are that person's affair. */
export function failedIn({ deadLetters }: Pick<DigestDesk, 'deadLetters'>): HomeParts['failed'] {
  if (deadLetters === undefined) return undefined;
  return async (workspace, limit) => {
    // Of the keys of workspaces only that of this machine names no platform.
    const platform = deliveryPlatforms.find((name) => workspace.startsWith(`${name}:`)) ?? 'playground';
    const letters = await deadLetters.of({ platform, id: workspace }, limit);
    return letters
      .filter(({ destination }) => destination.kind !== 'direct')
      .map(({ id, subscription, slotAt, lastError }) => ({
        id,
        subscription,
        slotAt,
        reason: lastError ?? 'no reason is known',
      }));
  };
}
