import { randomInt } from 'node:crypto';
import { parseDigestFilters } from '../briefing/digest-filter.ts';
import type {
  Destination,
  DigestShape,
  EmptyDayRule,
  SlotSchedule,
  SubscriptionContent,
  Timing,
} from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import { knownZone } from '../schedule/when/zones.ts';
import type { DeliveryStore, StoredSubscription, SubscriptionChange } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { isSameFilters } from './check-filters.ts';
import { isSamePlace, samePlaces } from './destination.ts';
import { type Actor, refusalFor, type SubscriptionRules } from './subscription-rules.ts';
import { upcomingSlots } from './subscription-slots.ts';
import type { Asker } from './types.ts';

export interface SubscriptionDraft {
  readonly destination: Destination;
  readonly schedule: SlotSchedule;
  readonly filters: string;
  readonly shape: DigestShape;
  readonly emptyDay: EmptyDayRule;
  readonly ceiling?: Tlp;
}

/** What an edit changes; what is absent stays. */
export interface SubscriptionEdit {
  readonly schedule?: SlotSchedule;
  readonly filters?: string;
  readonly shape?: DigestShape;
  readonly emptyDay?: EmptyDayRule;
  /** Null: none any more. */
  readonly ceiling?: Tlp | null;
}

export type SubscriptionOutcome =
  | { readonly kind: 'done'; readonly subscription: StoredSubscription }
  /** Nothing was changed; a sentence for the one who asked. */
  | { readonly kind: 'refused'; readonly problem: string };

/** Whose zone holds where none is named. */
export interface ChosenZone {
  readonly zone: string;
  readonly from: 'asker' | 'workspace' | 'default';
}

/** Subscriptions as people and operators change them. Every change is checked against the rules and audited. */
export interface Subscriptions {
  /** The shortest time between two slots, in minutes. */
  readonly minIntervalMinutes: number;
  add(draft: SubscriptionDraft, by: Actor): Promise<SubscriptionOutcome>;
  edit(id: string, edit: SubscriptionEdit, by: Actor, here?: Destination): Promise<SubscriptionOutcome>;
  setPaused(id: string, paused: boolean, by: Actor, here?: Destination): Promise<SubscriptionOutcome>;
  remove(id: string, by: Actor, here?: Destination): Promise<SubscriptionOutcome>;
  /** One that the asker may know of: of the place, or of their own. */
  find(id: string, by: Actor, here?: Destination): Promise<SubscriptionOutcome>;
  /** Those of a place that are digests, in the order of creation. */
  at(destination: Destination): Promise<readonly StoredSubscription[]>;
  /** All, for operators. */
  all(): Promise<readonly StoredSubscription[]>;
  /** The digests of the workspace that someone may know of wherever they are: their own, and for admins those of all its places. */
  knownTo(by: Actor): Promise<readonly StoredSubscription[]>;
  /** The asker's own zone, else the workspace's, else UTC. */
  zoneFor(asker: Asker | undefined, workspace: string | undefined): Promise<ChosenZone>;
  /** Why someone may not change what a place gets; undefined when they may. */
  refusal(by: Actor, destination: Destination): Promise<string | undefined>;
}

export interface SubscriptionsParts {
  readonly store: Pick<
    DeliveryStore,
    | 'addSubscription'
    | 'subscription'
    | 'subscriptions'
    | 'changeSubscription'
    | 'removeSubscription'
    | 'lastPlannedSlot'
    | 'noteAudit'
  >;
  readonly clock: Clock;
  readonly rules: SubscriptionRules;
  readonly minIntervalMinutes: number;
  /** Makes an id; absent: a random one. */
  readonly newId?: () => string;
}

export const maxSubscriptionsAPlace = 50;

/** Letters and digits that are not taken for one another. */
const idLetters = 'abcdefghjkmnpqrstuvwxyz23456789';
const idChars = 10;

export function randomSubscriptionId(): string {
  return Array.from({ length: idChars }, () => idLetters[randomInt(idLetters.length)]).join('');
}

const maxTries = 5;

export function createSubscriptions(parts: SubscriptionsParts): Subscriptions {
  const { store, clock, rules, minIntervalMinutes } = parts;
  const nowMs = (): number => clock.now().getTime();

  async function refusal(by: Actor, destination: Destination): Promise<string | undefined> {
    return refusalFor(by, destination, await rules.of(destination.workspace));
  }

  async function at(destination: Destination): Promise<readonly StoredSubscription[]> {
    const found = await Promise.all(
      samePlaces(destination).map((place) => store.subscriptions({ destination: place, kind: 'digest' })),
    );
    return found.flat().sort((a, b) => a.createdAt - b.createdAt);
  }

  function audit(by: Actor, action: string, one: StoredSubscription, before?: object): Promise<void> {
    const detail = { ...auditedFacts(one), ...(before === undefined ? {} : { before }) };
    return store.noteAudit({ at: nowMs(), by: by.person, action, target: one.id, detail });
  }

  async function find(id: string, by: Actor, here?: Destination): Promise<SubscriptionOutcome> {
    const found = await store.subscription(id.trim().replace(/^#/, '').toLowerCase());
    // Whether one exists elsewhere is nobody's business.
    return found !== undefined && mayKnow(found, by, here)
      ? { kind: 'done', subscription: found }
      : refused(`There is no subscription “${id.trim().slice(0, 40)}” here.`);
  }

  /** Looks it up, asks whether it may be changed, and changes it, again when another did so meanwhile. */
  async function change(
    id: string,
    by: Actor,
    here: Destination | undefined,
    action: string,
    changeOf: (
      current: StoredSubscription,
    ) => Promise<SubscriptionChange | string | undefined> | SubscriptionChange | string | undefined,
  ): Promise<SubscriptionOutcome> {
    for (let count = 0; count < maxTries; count += 1) {
      const found = await find(id, by, here);
      if (found.kind === 'refused') return found;
      const current = found.subscription;
      const problem = await refusal(by, current.destination);
      const wanted = problem ?? (await changeOf(current));
      if (typeof wanted === 'string') return refused(wanted);
      if (wanted === undefined) return found;
      if (!(await store.changeSubscription(current.id, current.version, wanted))) continue;
      const subscription = (await store.subscription(current.id)) ?? current;
      await audit(by, action, subscription, auditedFacts(current));
      return { kind: 'done', subscription };
    }
    return refused('Others are changing this subscription right now; try again.');
  }

  /** An edit must not make what the place gets already. */
  async function editedProblem(
    { id, kind, destination, timing, filters }: StoredSubscription,
    edit: SubscriptionEdit,
  ): Promise<string | undefined> {
    const schedule = edit.schedule ?? (timing.kind === 'scheduled' ? timing.schedule : undefined);
    if (kind === 'watch' || schedule === undefined) return undefined;
    if (edit.schedule === undefined && edit.filters === undefined) return undefined;
    const others = (await at(destination)).filter((one) => one.id !== id);
    return sameProblem({ schedule, filters: edit.filters ?? filters }, others);
  }

  return {
    minIntervalMinutes,
    refusal,
    find,
    at,
    all: () => store.subscriptions(),
    knownTo: async (by) => {
      const { platform, workspace: id } = by.person;
      if (platform === 'cli') return store.subscriptions({ kind: 'digest' });
      const found = await store.subscriptions({ workspace: { platform, id }, kind: 'digest' });
      return found.filter((one) => mayKnow(one, by));
    },
    add: async (draft, by) => {
      const { schedule, destination, ...content } = draft;
      const timing: Timing = { kind: 'scheduled', schedule };
      const problem =
        (await refusal(by, destination)) ??
        filtersProblem(draft.filters) ??
        roomProblem(draft, await at(destination));
      if (problem !== undefined) return refused(problem);
      const now = nowMs();
      const [first] = upcomingSlots(timing, now, null, 1);
      if (first === undefined) return refused(neverText(schedule));
      const begun = { createdBy: by.person, createdAt: now, deliveredUntil: now, nextSlotAt: first };
      const state = { paused: false, pausedReason: null, version: 1, lastPostedAt: null } as const;
      const given: SubscriptionContent = { ...content, destination, timing, kind: 'digest' };
      for (let count = 0; count < maxTries; count += 1) {
        const id = (parts.newId ?? randomSubscriptionId)();
        const subscription = { ...given, ...begun, ...state, id };
        if (!(await store.addSubscription(subscription))) continue;
        await audit(by, 'subscription.add', subscription);
        return { kind: 'done', subscription };
      }
      return refused('No free id was found; try again.');
    },
    edit: (id, edit, by, here) =>
      change(id, by, here, 'subscription.edit', async (current) => {
        const { schedule, ...rest } = edit;
        const problem =
          (edit.filters === undefined ? undefined : filtersProblem(edit.filters)) ??
          (await editedProblem(current, edit));
        if (problem !== undefined) return problem;
        if (schedule === undefined) return rest;
        if (current.kind === 'watch' && current.timing.kind === 'at-once')
          return 'What is watched at once has no schedule.';
        const timing: Timing = { kind: 'scheduled', schedule };
        const [next] = upcomingSlots(timing, nowMs(), await store.lastPlannedSlot(current.id), 1);
        return next === undefined ? neverText(schedule) : { ...rest, timing, nextSlotAt: next };
      }),
    setPaused: (id, paused, by, here) =>
      change(id, by, here, paused ? 'subscription.pause' : 'subscription.resume', async (current) => {
        if (current.paused === paused) return undefined;
        if (paused) return { paused };
        const [next] = upcomingSlots(current.timing, nowMs(), await store.lastPlannedSlot(current.id), 1);
        return { paused, pausedReason: null, nextSlotAt: next ?? null };
      }),
    remove: async (id, by, here) => {
      const found = await find(id, by, here);
      if (found.kind === 'refused') return found;
      const { subscription } = found;
      const problem =
        subscription.kind === 'watch' ? watchProblem : await refusal(by, subscription.destination);
      if (problem !== undefined) return refused(problem);
      if (await store.removeSubscription(subscription.id))
        await audit(by, 'subscription.remove', subscription);
      return found;
    },
    zoneFor: async (asker, workspace) => {
      const own = knownZone(asker?.zone);
      if (own !== undefined) return { zone: own, from: 'asker' };
      const chosen = knownZone((await rules.of(workspace)).zone);
      return chosen === undefined ? { zone: 'UTC', from: 'default' } : { zone: chosen, from: 'workspace' };
    },
  };
}

function refused(problem: string): SubscriptionOutcome {
  return { kind: 'refused', problem };
}

const watchProblem =
  'It tells what somebody watches, and ends by itself when they watch nothing any more; it can be paused.';

function neverText({ text }: SlotSchedule): string {
  return `“${text}” never comes again.`;
}

function filtersProblem(filters: string): string | undefined {
  const parsed = parseDigestFilters(filters);
  return parsed.kind === 'bad' ? parsed.problem : undefined;
}

function isSameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseDigestFilters(a), parseDigestFilters(b)];
  return one.kind === 'ok' && other.kind === 'ok' && isSameFilters(one.filters, other.filters);
}

function roomProblem(draft: SubscriptionDraft, present: readonly StoredSubscription[]): string | undefined {
  const problem = sameProblem(draft, present);
  if (problem !== undefined) return problem;
  return present.length >= maxSubscriptionsAPlace
    ? `This place has ${present.length} subscriptions, which is the most; remove one first.`
    : undefined;
}

/** That the place has one of the same schedule and filters; undefined when it has none. */
function sameProblem(
  { schedule, filters }: Pick<SubscriptionDraft, 'schedule' | 'filters'>,
  present: readonly StoredSubscription[],
): string | undefined {
  const same = present.find(
    ({ timing, filters: others }) =>
      timing.kind === 'scheduled' &&
      timing.schedule.cron === schedule.cron &&
      timing.schedule.zone === schedule.zone &&
      isSameText(others, filters),
  );
  if (same === undefined) return undefined;
  const state = same.paused ? `; it is paused: “resume ${same.id}” starts it again` : '';
  return `This place gets the same already, as ${same.id}${state}. “edit ${same.id}” changes it.`;
}

/** Of this place, of one's own making, or any of the workspace for its admins; all of them for the operator. */
function mayKnow({ destination, createdBy }: StoredSubscription, by: Actor, here?: Destination): boolean {
  const { person, asker } = by;
  if (person.platform === 'cli') return true;
  if (here !== undefined && isSamePlace(here, destination)) return true;
  const isOfWorkspace =
    destination.platform === person.platform && destination.workspace === person.workspace;
  const isOwn =
    createdBy.platform === person.platform &&
    createdBy.workspace === person.workspace &&
    createdBy.id === person.id;
  return isOwn || (isOfWorkspace && asker?.role === 'admin' && destination.kind !== 'direct');
}

function auditedFacts(one: StoredSubscription): Readonly<Record<string, unknown>> {
  const { destination, timing, filters, shape, emptyDay, ceiling, kind, paused } = one;
  return {
    place: `${destination.platform} ${destination.workspace} ${destination.id}`,
    kind,
    schedule: timing.kind === 'at-once' ? 'at once' : `${timing.schedule.cron} ${timing.schedule.zone}`,
    filters,
    shape,
    emptyDay,
    ceiling: ceiling ?? null,
    paused,
  };
}
