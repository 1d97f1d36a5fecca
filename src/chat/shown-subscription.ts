import { parseDigestFilters } from '../briefing/digest-filter.ts';
import { shownFilters } from '../briefing/digest-filter-shown.ts';
import type { Card } from '../cards/card.ts';
import { stricter, type Tlp } from '../domain/tlp.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';
import type { CommandContext } from './commands/types.ts';

/** What is private to it comes into no copy, so that nothing else can be put into what was read so. */
class Shown {
  readonly #isShown = true;

  /** True for what was read for a place; a look-alike is not. */
  static isShown(one: Shown): boolean {
    return #isShown in one && one.#isShown;
  }
}

/**
 * A subscription as a place may read it: the only thing that cards of subscriptions are made of. Its filters name nothing
 * that the place may not see, whatever was written there while it could.
 */
export interface ShownSubscription extends Shown, StoredSubscription {
  /** True: some of the filters are not shown. */
  readonly isPartial: boolean;
  /** The strictest marking of what the filters name. */
  readonly marking: Tlp;
}

export async function shownSubscriptions(
  all: readonly StoredSubscription[],
  { desk, place }: Pick<CommandContext, 'desk' | 'place'>,
): Promise<readonly ShownSubscription[]> {
  const { knowledge } = await desk.contextAt(place.ceiling);
  return all.map((one): ShownSubscription => {
    const read = parseDigestFilters(one.filters);
    // What no version of the program can read is nobody's filter.
    const shown = shownFilters(read.kind === 'ok' ? read.filters : [], knowledge);
    return Object.assign(new Shown(), one, {
      filters: shown.text,
      isPartial: shown.isPartial || read.kind === 'bad',
      marking: shown.marking,
    });
  });
}

export async function shownSubscription(
  one: StoredSubscription,
  context: Pick<CommandContext, 'desk' | 'place'>,
): Promise<ShownSubscription> {
  const [shown] = await shownSubscriptions([one], context);
  if (shown === undefined) throw new Error('one subscription became none');
  return shown;
}

/** The card, marked as strictly as what these subscriptions name. Throws for one that was not read for a place. */
export function markedFor(card: Card, all: readonly ShownSubscription[]): Card {
  if (!all.every(Shown.isShown))
    throw new Error('a subscription would be shown that was not read for its place');
  return { ...card, marking: all.reduce<Tlp>((most, { marking }) => stricter(most, marking), card.marking) };
}
