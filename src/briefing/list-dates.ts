import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { isMention } from './mentioned.ts';
import { dayOf } from './text.ts';

/**
 * The first day that counts: an ISO date stays as it is; `P30D`, `P2W`, `P6M`, `P1Y` is that long before now.
 */
export function sinceDay(since: string, now: Date): string {
  const length = /^P(\d{1,3})([DWMY])$/.exec(since);
  if (length === null) return since;
  const count = Number(length[1]);
  const day = new Date(now);
  if (length[2] === 'D' || length[2] === 'W') {
    day.setUTCDate(day.getUTCDate() - count * (length[2] === 'W' ? 7 : 1));
  } else {
    const date = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() - count * (length[2] === 'Y' ? 12 : 1));
    // 31 March less a month is the last day of February.
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(date, last));
  }
  return day.toISOString().slice(0, 10);
}

/**
 * Claims that date activity of an entity at the day or later: its own first and last activity, those of campaigns
 * attributed to it, and reports about it by their date. When a record was edited is no activity. A date that is less
 * precise than the day counts only when all of it lies behind the day.
 */
export function activitySince(
  entity: Entity,
  since: string,
  knowledge: Knowledge,
  now: Date,
): readonly Claim[] {
  const latest = `${now.getUTCFullYear() + 1}`;
  const counts = (text: string | undefined): boolean =>
    text !== undefined && /^\d{4}/.test(text) && dayOf(text) >= since && text.slice(0, 4) <= latest;
  const own = datesOf(entity, knowledge).filter(({ value }) => counts(value));
  const campaigns = knowledge.claimsAbout(entity.id, 'attributed-to').flatMap((tie): readonly Claim[] => {
    const campaign = knowledge.entities.get(tie.subject);
    if (campaign?.type !== 'campaign') return [];
    const dates = datesOf(campaign, knowledge).filter(({ value }) => counts(value));
    return dates.length === 0 ? [] : [tie, ...dates];
  });
  const reports = knowledge
    .claims(entity.id, 'reported-in')
    .filter((claim) => !isMention(claim) && counts(claim.provenance.date));
  return [...own, ...campaigns, ...reports];
}

function datesOf({ id }: Entity, knowledge: Knowledge): readonly Claim[] {
  return [...knowledge.claims(id, 'active-since'), ...knowledge.claims(id, 'last-seen')];
}
