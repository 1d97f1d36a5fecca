import type { Knowledge } from '../knowledge/types.ts';
import type { DigestEvent } from './digest-events.ts';

const dayMs = 86_400_000;
/** A report that was written longer before it was stored is no news of the day. */
const oldMs = 60 * dayMs;

/**
 * The day of a report that is new here and old at its publisher, such as those of a source that was just connected;
 * undefined for any other event. By the last change that a publisher dates.
 */
export function oldReportDay(
  { kind, members, changes }: DigestEvent,
  knowledge: Knowledge,
): string | undefined {
  if (kind !== 'report' || !changes.some((change) => change.kind === 'report-new')) return undefined;
  const keys = members.flatMap(({ records }) => records);
  const days = keys.flatMap((key) => {
    const { date } = knowledge.record(key) ?? {};
    return date !== undefined && /^\d{4}-\d\d-\d\d/.test(date) ? [date.slice(0, 10)] : [];
  });
  if (days.length < keys.length) return undefined;
  const [newest] = days.sort().reverse();
  const stored = changes.reduce((latest, { at }) => Math.max(latest, at), 0);
  return newest !== undefined && Date.parse(newest) < stored - oldMs ? newest : undefined;
}
