import { connectionsSection } from '../briefing/connections-section.ts';
import { openAction } from '../briefing/source-cards.ts';
import { counted, dayOf, shorten } from '../briefing/text.ts';
import type { Action, Item, Section } from '../cards/card.ts';
import { formAction } from '../cards/form.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import { isAllowed, stricter, type Tlp } from '../domain/tlp.ts';
import type { KnownSource } from '../knowledge/types.ts';
import { formatSlot } from '../schedule/when/format-slot.ts';
import type { StoredWatch } from '../store/delivery-types.ts';
import type { StoredConnection } from '../store/types.ts';
import type { RecentLookup } from './recent.ts';
import type { ShownSubscription } from './shown-subscription.ts';
import { ask, runsText, stateText, whenText } from './subscription-cards.ts';

/** A delivery that was given up, or that waits for a person. */
export interface FailedDelivery {
  readonly id: string;
  readonly subscription: string;
  /** Epoch milliseconds. */
  readonly slotAt: number;
  /** Why, in words. */
  readonly reason: string;
}

const shownWatches = 8;
const shownFilterChars = 200;
const shownSubscriptions = 8;
const shownSources = 6;
const shownFailed = 5;

/** A paragraph and an example to press, where there is nothing to list yet. */
function teaching(id: string, heading: string, text: string, action: Action, rank: 1 | 2): Section {
  return { type: 'list', id, heading, rank, items: [{ text: [{ text }], action }] };
}

export function watchesSection(watches: readonly StoredWatch[]): Section {
  const heading = 'What you watch';
  if (watches.length === 0) {
    const text = 'Nothing yet. “watch APT39” writes to you when its profile changes or a report names it.';
    return teaching('watches', heading, text, ask('Watch APT39', 'watch APT39'), 1);
  }
  const items = watches.slice(0, shownWatches).map(
    ({ entity, name, mode }): Item => ({
      text: [
        { text: name, style: 'bold' },
        { text: mode === 'once' ? ', at once' : ', in the daily digest' },
      ],
      action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity } },
      more: [ask('Unwatch', `unwatch ${entity}`)],
    }),
  );
  return { type: 'list', id: 'watches', heading, rank: 1, items, ...totalOf(watches, items) };
}

export function subscriptionsSection(
  all: readonly ShownSubscription[],
  isAdmin: boolean,
  now: Date,
): Section {
  const heading = isAdmin ? 'Digests of this workspace' : 'Your digests';
  if (all.length === 0) {
    const text =
      'None yet. A digest tells what changed since the last one, such as “subscribe weekdays at 8 sector:telecom”.';
    return teaching('subscriptions', heading, text, formAction('Subscribe', 'subscribe'), 1);
  }
  const items = all.slice(0, shownSubscriptions).map((one) => subscriptionItem(one, now));
  return { type: 'list', id: 'subscriptions', heading, rank: 1, items, ...totalOf(all, items) };
}

function subscriptionItem(one: ShownSubscription, now: Date): Item {
  const { id, filters, destination, paused, lastPostedAt, timing } = one;
  const zone = timing.kind === 'scheduled' ? timing.schedule.zone : 'UTC';
  const last = lastPostedAt === null ? 'never yet' : formatSlot(lastPostedAt, zone, now.getTime());
  const where = destination.kind === 'direct' ? 'directly' : `in a ${destination.kind}`;
  const what = filters === '' ? 'everything that changes' : shorten(filters, shownFilterChars);
  return {
    text: [
      { text: `${id}: ${whenText(one)}`, style: 'bold' },
      { text: ` — ${what}, ${where}. ${stateText(one)}. Next: ${runsText(one, now)}. Last: ${last}.` },
    ],
    action: formAction('Edit', 'edit-subscription', { entity: id }),
    more: [ask(paused ? 'Resume' : 'Pause', `${paused ? 'resume' : 'pause'} ${id}`)],
  };
}

export function recentSection(recent: readonly RecentLookup[]): Section {
  const heading = 'What you looked up last';
  if (recent.length === 0) {
    const text = 'Nothing yet. Ask for an actor by any of its names, such as APT39 or Chafer.';
    return teaching('recent', heading, text, formAction('Look Up', 'look-up'), 2);
  }
  const items = recent.map(
    ({ id, type, name }): Item => ({
      text: [{ text: name, style: 'bold' }, { text: `, ${entityTypeLabels[type].one.toLowerCase()}` }],
      action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity: id } },
    }),
  );
  return { type: 'list', id: 'recent', heading, rank: 2, items };
}

export interface SourcesPart {
  readonly sections: readonly Section[];
  readonly marking: Tlp;
}

/** What answers come from, newest import first, and how connected sources are doing. */
export function sourcesPart(
  known: Iterable<KnownSource>,
  connections: readonly StoredConnection[],
  ceiling: Tlp,
  now: Date,
  mayChange = false,
): SourcesPart {
  const sources = [...known].filter(({ defaultMarking }) => isAllowed(defaultMarking, ceiling));
  const newest = sources.toSorted((a, b) =>
    a.importedAt < b.importedAt ? 1 : a.importedAt > b.importedAt ? -1 : 0,
  );
  const opened = mayChange ? openAction : undefined;
  const connected = connectionsSection(connections, sources, ceiling, now, opened);
  const items = newest.slice(0, shownSources).map(
    ({ title, version, importedAt, recordCount }): Item => ({
      text: [
        { text: version === undefined ? title : `${title} ${version}`, style: 'bold' },
        { text: `, ${counted(recordCount, 'record')}, imported ${dayOf(importedAt)}` },
      ],
    }),
  );
  const heading = counted(sources.length, 'source');
  const list: readonly Section[] =
    items.length === 0
      ? [{ type: 'text', id: 'sources', rank: 3, paragraphs: [[{ text: 'No source is loaded.' }]] }]
      : [{ type: 'list', id: 'sources', heading, rank: 3, items, ...totalOf(sources, items) }];
  const state = connected.section === undefined ? [] : [{ ...connected.section, rank: 2 as const }];
  return { sections: [...state, ...list], marking: stricter('clear', connected.marking ?? 'clear') };
}

/** What could not be delivered, with a way to try again. */
export function failedSection(failed: readonly FailedDelivery[], now: Date): Section {
  const items = failed.slice(0, shownFailed).map(
    ({ id, subscription, slotAt, reason }): Item => ({
      text: [
        { text: subscription, style: 'bold' },
        { text: `, ${formatSlot(slotAt, 'UTC', now.getTime())}: ` },
        // A platform's own words may stand in it.
        { text: reason.slice(0, 300), defang: true },
      ],
      action: ask('Send Again', `digest redrive ${id}`),
    }),
  );
  const heading = 'Could not be delivered';
  return { type: 'list', id: 'failed', heading, rank: 1, items, ...totalOf(failed, items) };
}

function totalOf(all: readonly unknown[], shown: readonly unknown[]): { readonly total?: number } {
  return all.length > shown.length ? { total: all.length } : {};
}
