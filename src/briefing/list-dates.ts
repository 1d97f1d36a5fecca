import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import type { ConditionLeaf } from '../questions/condition.ts';
import { assertNever } from '../support/assert-never.ts';
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

/** First and last day of an ISO date of any precision; undefined for what is none. */
function spanOf(text: string): readonly [first: string, last: string] | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day] = match;
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`];
  if (day === undefined) return [`${year}-${month}-01`, `${year}-${month}-31`];
  return [dayOf(text), dayOf(text)];
}

type Dated = Extract<ConditionLeaf, { kind: 'dated' }>;

/** The window that a condition on dates asks for, as days; open ends are the ends of time. */
export function windowOf(
  { from, to }: Pick<Dated, 'from' | 'to'>,
  now: Date,
): readonly [first: string, last: string] {
  const first = from === undefined ? undefined : spanOf(sinceDay(from, now))?.[0];
  const last = to === undefined ? undefined : spanOf(sinceDay(to, now))?.[1];
  return [first ?? '0000-01-01', last ?? '9999-12-31'];
}

/**
 * Claims that date an entity within a window. `first-seen`: its own first activity. `last-seen`: the last of its own
 * dates and of the ends of campaigns attributed to it. `seen`: its own time and that of these campaigns, where any day
 * of it lies in the window, and dates of reports about it.
 */
export function datedWithin(entity: Entity, leaf: Dated, knowledge: Knowledge, now: Date): readonly Claim[] {
  const window = windowOf(leaf, now);
  switch (leaf.which) {
    case 'first-seen':
      return knowledge.claims(entity.id, 'active-since').filter(({ value }) => isWithin(value, window));
    case 'last-seen':
      return lastSeenWithin(entity, window, knowledge);
    case 'seen':
      return seenWithin(entity, window, knowledge);
    default:
      return assertNever(leaf.which);
  }
}

type Window = readonly [first: string, last: string];

/** A date that is less precise than a day lies within only where all of it does. */
function isWithin(text: string, [first, last]: Window): boolean {
  const span = spanOf(text);
  return span !== undefined && span[0] >= first && span[1] <= last;
}

function lastSeenWithin(entity: Entity, window: Window, knowledge: Knowledge): readonly Claim[] {
  const own = knowledge
    .claims(entity.id, 'last-seen')
    .map((date) => ({ date, ties: [] as readonly Claim[] }));
  const ofCampaigns = campaignsOf(entity, knowledge).flatMap(({ campaign, ties }) =>
    knowledge.claims(campaign.id, 'last-seen').map((date) => ({ date, ties })),
  );
  const dates = [...own, ...ofCampaigns];
  const newest = dates.reduce((best, { date }) => (date.value > best ? date.value : best), '');
  if (!isWithin(newest, window)) return [];
  return dates.filter(({ date }) => date.value === newest).flatMap(({ date, ties }) => [...ties, date]);
}

function seenWithin(entity: Entity, window: Window, knowledge: Knowledge): readonly Claim[] {
  const campaigns = campaignsOf(entity, knowledge).flatMap(({ campaign, ties }) => {
    const dates = timeWithin(campaign, window, knowledge);
    return dates.length === 0 ? [] : [...ties, ...dates];
  });
  const reports = knowledge
    .claims(entity.id, 'reported-in')
    .filter((claim) => !isMention(claim) && isWithin(claim.provenance.date ?? '', window));
  return [...timeWithin(entity, window, knowledge), ...campaigns, ...reports];
}

/** The dates of a thing whose recorded time, from its first to its last day, touches the window. */
function timeWithin(entity: Entity, window: Window, knowledge: Knowledge): readonly Claim[] {
  const dates = datesOf(entity, knowledge);
  const [starts, ends] = [
    knowledge.claims(entity.id, 'active-since'),
    knowledge.claims(entity.id, 'last-seen'),
  ].map((claims) => claims.flatMap(({ value }) => spanOf(value) ?? []));
  if (starts === undefined || ends === undefined || starts.length === 0 || ends.length === 0)
    return dates.filter(({ value }) => isWithin(value, window));
  const first = starts.toSorted()[0] ?? '';
  const last = ends.toSorted().at(-1) ?? '';
  return first <= window[1] && last >= window[0] ? dates : [];
}

function campaignsOf(
  entity: Entity,
  knowledge: Knowledge,
): readonly { readonly campaign: Entity; readonly ties: readonly Claim[] }[] {
  const campaigns = new Map<Entity, Claim[]>();
  for (const tie of knowledge.claimsAbout(entity.id, 'attributed-to')) {
    const campaign = knowledge.entities.get(tie.subject);
    if (campaign?.type === 'campaign') campaigns.set(campaign, [...(campaigns.get(campaign) ?? []), tie]);
  }
  return [...campaigns].map(([campaign, ties]) => ({ campaign, ties }));
}
