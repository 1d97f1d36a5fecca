import type { Check } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { type DeliveryPlatformName, deliveryPlatforms } from '../domain/subscription.ts';
import type { DeliveryStore, StoredSubscription } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { slackSettingsOf, teamsSettingsOf } from './platforms.ts';

/** A server looks every ten seconds: what waits for longer has nobody who delivers it, or a platform that fails. */
const overdueMs = 15 * 60_000;

/** Whether digests come to where they are wanted, and what to do where they do not. */
export async function checkDeliveries(
  store: Pick<DeliveryStore, 'subscriptions' | 'deliveryCounts' | 'deliveries'>,
  settings: Settings,
  clock: Clock,
): Promise<readonly Check[]> {
  const [subscriptions, counts, waiting] = await Promise.all([
    store.subscriptions(),
    store.deliveryCounts(),
    store.deliveries({ states: ['pending', 'sending', 'uncertain'], limit: 1, order: 'oldest' }),
  ]);
  const now = clock.now().getTime();
  const late = waiting.filter(({ slotAt }) => now - slotAt > overdueMs);
  const name = 'deliveries';
  const problem = (detail: string): Check => ({ name, state: 'problem', detail });
  const paused = subscriptions.filter(({ pausedReason }) => pausedReason !== null);
  const { dead, held } = counts;
  const problems = [
    ...unconnected(subscriptions, settings).map(problem),
    ...paused
      .slice(0, shownPaused)
      .map(({ id, pausedReason }) =>
        problem(
          `subscription ${id} is paused: ${pausedReason}; set that right, then "threatbrief subscriptions resume ${id}"`,
        ),
      ),
    ...(paused.length > shownPaused
      ? [
          problem(
            `${paused.length - shownPaused} more subscriptions are paused; "threatbrief subscriptions list" tells why`,
          ),
        ]
      : []),
    ...late.map(({ slotAt, lastError }) =>
      problem(
        `the oldest that is due waits since ${new Date(slotAt).toISOString()}${lastError === null ? '; is a server running?' : `: ${lastError}`}`,
      ),
    ),
    ...(dead + held > 0
      ? [
          problem(
            `${dead} given up, ${held} held; "threatbrief digest dead" tells why, "threatbrief digest redrive ID" tries again`,
          ),
        ]
      : []),
  ];
  if (problems.length > 0) return problems;
  const detail = `${subscriptions.length} subscriptions, ${counts.posted} delivered, ${counts.pending} waiting`;
  return [{ name, state: 'ok', detail }];
}

const shownPaused = 5;

/** Places that are subscribed on platforms that these settings do not connect. */
function unconnected(subscriptions: readonly StoredSubscription[], settings: Settings): readonly string[] {
  const connected: Readonly<Record<DeliveryPlatformName, boolean>> = {
    slack: slackSettingsOf(settings) !== undefined,
    teams: teamsSettingsOf(settings) !== undefined,
    playground: true,
  };
  return deliveryPlatforms.flatMap((platform) => {
    const count = subscriptions.filter(
      ({ destination, paused }) => !paused && destination.platform === platform,
    ).length;
    if (count === 0 || connected[platform]) return [];
    const those = count === 1 ? 'subscription delivers' : 'subscriptions deliver';
    return [`${count} ${those} to ${platform}, which is not connected with these settings`];
  });
}
