import { labelOf } from '../../briefing/labels.ts';
import type { Card, Item } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Mute } from '../../domain/subscription.ts';
import type { Entity } from '../../knowledge/types.ts';
import { formatSlot } from '../../schedule/when/format-slot.ts';
import type { StoredMute } from '../../store/delivery-types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { messageCard } from '../message-cards.ts';
import { ask, hiddenName, refusalCard, textSection } from '../subscription-cards.ts';
import type { Reply } from '../types.ts';
import { itemsByKey } from './item-names.ts';
import { type MuteWords, muteEnd, splitMute } from './mute-words.ts';
import { namedEntity } from './named-entity.ts';
import { type CommandContext, defineCommand } from './types.ts';
import { namedReply } from './with-names.ts';
import { type SubscriptionDesk, withSubscriptions } from './with-subscriptions.ts';

export const muteCommand = defineCommand<MuteWords>({
  name: 'mute',
  summary:
    'Leave an actor, a source or one item out of the digests of this place, for a while or until it is lifted.',
  usage: 'mute [actor | source | item] X [for 7 days | until DATE]',
  examples: ['mute', 'mute actor APT39 for 7 days'],
  changes: (rest) => rest !== '',
  parse: (rest) => ({ kind: 'ok', input: splitMute(rest) }),
  run: (input, context) => withSubscriptions(context, (desk) => mute(input, desk, context)),
});

async function mute(words: MuteWords, desk: SubscriptionDesk, context: CommandContext): Promise<Reply> {
  const { watchList, here, by, now, zone } = desk;
  if (words.target === '') {
    const mutes = await watchList.mutes(here);
    const card = mutesCard('Mutes', await visibleMutes(mutes, context), desk, context.whole);
    return namedReply(
      card,
      mutes.map((one) => one.target),
      context,
    );
  }
  const end = muteEnd(words.end, now, zone);
  if (end.kind === 'bad') return toAsker(refusalCard(end.problem, now));
  const target = await readTarget(words, context);
  if ('title' in target) return toAsker(target);
  const one: Mute = { ...target, until: end.until };
  const problem = await watchList.mute(one, here, by);
  if (problem !== undefined) return toAsker(refusalCard(problem, now));
  const text = `${mutedText(one)} is left out of the digests of this place${endText(one, desk)}.`;
  const card = messageCard('Muted', [textSection('what', text)], now);
  const actions = [ask('Unmute', `unmute ${one.kind} ${one.target}`), ask('All Mutes', 'mute')];
  return namedReply({ ...card, actions }, [one.target], context);
}

/** What is meant; a card where that is to be chosen, or is not known. */
async function readTarget(words: MuteWords, context: CommandContext): Promise<Omit<Mute, 'until'> | Card> {
  const { kind, target } = words;
  const { knowledge, now } = await context.desk.contextAt(context.place.ceiling);
  switch (kind) {
    case 'actor': {
      const again = words.end === undefined ? '' : ` ${words.end.word} ${words.end.text}`;
      const found = await namedEntity(target, context, (id) => `mute actor ${id}${again}`);
      if (found.kind === 'card') return found.card;
      return { kind, target: found.entity.id, label: labelOf(found.entity) };
    }
    case 'source': {
      const sources = [...knowledge.sources.values()];
      const key = nameKey(target);
      const source = sources.find(({ name, title }) => nameKey(name) === key || nameKey(title) === key);
      if (source !== undefined) return { kind, target: source.name, label: source.title };
      const names = sources
        .map(({ name }) => name)
        .slice(0, 12)
        .join(', ');
      return refusalCard(
        `“${target.slice(0, 60)}” is no source that is loaded here. Loaded are: ${names}.`,
        now,
        [ask('Sources', 'sources')],
      );
    }
    case 'item': {
      const key = target.toLowerCase();
      const item = itemsByKey([key], knowledge).get(key);
      if (item !== undefined) return { kind, target: key, label: labelOf(item) };
      return refusalCard(
        `“${target.slice(0, 60)}” is no item that is known here; press Mute at the item.`,
        now,
      );
    }
    default:
      return assertNever(kind);
  }
}

/** A mute as a place may read it. */
export interface ShownMute extends StoredMute {
  /** What `unmute` finds it by: a source's name may tell who reports, so that one that is not shown here has a number. */
  readonly handle: string;
}

/** Of a mute that has no name here: when it began, in milliseconds. */
export function muteNumber({ createdAt }: Pick<StoredMute, 'createdAt'>): string {
  return `#${createdAt}`;
}

/**
 * What this place may not see any more has no name here; what it may see has the name that it has here, which may be
 * another than where it was muted.
 */
export async function visibleMutes(
  mutes: readonly StoredMute[],
  { desk, place }: CommandContext,
): Promise<readonly ShownMute[]> {
  const { knowledge } = await desk.contextAt(place.ceiling);
  const keys = mutes.flatMap(({ kind, target }) => (kind === 'item' ? [target] : []));
  const items = itemsByKey(keys, knowledge);
  const labelHere = ({ kind, target }: StoredMute): string | undefined => {
    switch (kind) {
      case 'actor':
        return labelIfKnown(knowledge.entity(target));
      case 'source':
        return knowledge.sources.get(target)?.title;
      case 'item':
        return labelIfKnown(items.get(target));
      default:
        return assertNever(kind);
    }
  };
  return mutes.map((one): ShownMute => {
    const label = labelHere(one);
    if (label !== undefined) return { ...one, label, handle: one.target };
    return { ...one, label: hiddenName, handle: one.kind === 'source' ? muteNumber(one) : one.target };
  });
}

function labelIfKnown(entity: Entity | undefined): string | undefined {
  return entity === undefined ? undefined : labelOf(entity);
}

const shown = 20;

/** What a place has muted, with a button each to lift it. */
export function mutesCard(
  title: string,
  mutes: readonly ShownMute[],
  times: Pick<SubscriptionDesk, 'now' | 'zone'>,
  whole = false,
): Card {
  const items = (whole ? mutes : mutes.slice(0, shown)).map(
    (one): Item => ({
      text: [{ text: `${mutedText(one)}${endText(one, times)}` }],
      action: ask(`Unmute ${one.label}`.slice(0, 60), `unmute ${one.kind} ${one.handle}`),
    }),
  );
  const total = mutes.length > items.length ? { total: mutes.length } : {};
  const none =
    'Nothing is muted here. “mute actor APT39 for 7 days” leaves it out of the digests of this place.';
  const card = messageCard(
    title,
    [
      items.length === 0
        ? textSection('none', none)
        : { type: 'list', id: 'mutes', rank: 0, items, ...total },
    ],
    times.now,
  );
  return items.length === 0 ? card : { ...card, actions: [ask('Refresh', 'mute')] };
}

export function mutedText({ kind, label }: Pick<Mute, 'kind' | 'label'>): string {
  switch (kind) {
    case 'actor':
      return label;
    case 'source':
      return `The source ${label}`;
    case 'item':
      return `The item on ${label}`;
    default:
      return assertNever(kind);
  }
}

/** In the asker's time. */
function endText(
  { until }: Pick<Mute, 'until'>,
  { now, zone }: Pick<SubscriptionDesk, 'now' | 'zone'>,
): string {
  return until === null ? ' until it is lifted' : ` until ${formatSlot(until, zone, now.getTime())}`;
}

function toAsker(card: Card): Reply {
  return { card, audience: 'asker' };
}
