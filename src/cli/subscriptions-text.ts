import { runsText, stateText, whenText } from '../chat/subscription-cards.ts';
import { formatSlot } from '../schedule/when/format-slot.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';

/** One subscription, its id first. */
export function renderSubscription(one: StoredSubscription, now: Date): string {
  const { destination, shape, emptyDay, ceiling, lastPostedAt, timing } = one;
  const zone = timing.kind === 'scheduled' ? timing.schedule.zone : 'UTC';
  const most = ceiling === undefined ? '' : `, nothing above ${ceiling}`;
  const last = lastPostedAt === null ? 'never yet' : formatSlot(lastPostedAt, zone, now.getTime());
  return [
    `${one.id}  ${stateText(one).toLowerCase()}  ${whenText(one)}`,
    `  place:  ${destination.platform} ${destination.id} (${destination.kind}, ${destination.workspace})`,
    `  what:   ${contentText(one)}${most}; ${shape}; ${emptyDay} when nothing is new`,
    `  next:   ${runsText(one, now)}`,
    `  last:   ${last}`,
  ].join('\n');
}

function contentText({ kind, filters }: StoredSubscription): string {
  if (kind === 'watch') return 'what its creator watches';
  return filters === '' ? 'everything that changes' : filters;
}

export function renderSubscriptions(all: readonly StoredSubscription[], now: Date): string {
  if (all.length === 0) {
    return 'There is no subscription. Try: threatbrief subscriptions add --platform slack --place C123 --schedule "daily 08:00" --tz Europe/Berlin';
  }
  return all.map((one) => renderSubscription(one, now)).join('\n\n');
}
