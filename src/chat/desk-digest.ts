import type { AnswerContext } from '../briefing/context.ts';
import { composeDigest } from '../briefing/digest.ts';
import { digestCeiling, parseDigestFilters } from '../briefing/digest-filter.ts';
import { composeDigestMessages } from '../briefing/digest-messages.ts';
import type { DigestWindowQuestion } from '../briefing/digest-question.ts';
import type { Card } from '../cards/card.ts';
import type { Mute } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Store } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { AskOptions } from './ask-options.ts';
import { messageCard } from './message-cards.ts';

export interface DigestOptions extends AskOptions {
  /** How many days back from now. */
  readonly days: number;
  /** In the style of code search: `sector:telecom -source:x`. */
  readonly filters: string;
  readonly ceiling: Tlp;
  /** A window that was told to a subscription, to be shown whole; absent: the last days. */
  readonly told?: Omit<DigestWindowQuestion, 'filters'> & {
    /** Ids of entities that the asker watches. */
    readonly watched?: readonly string[];
    /** What the place has muted by now. */
    readonly mutes?: readonly Mute[];
  };
}

const dayMs = 86_400_000;

/** Rejects with `digest-filter` (exit code 2) when the filters cannot be read. */
export async function digestWith(
  { days, filters: text, ceiling, told }: DigestOptions,
  contextAt: (ceiling: Tlp) => Promise<AnswerContext>,
  everything: Knowledge,
  store: Pick<Store, 'changes'>,
): Promise<Card> {
  const parsed = parseDigestFilters(text);
  if (parsed.kind === 'bad') throw new AppError('digest-filter', parsed.problem);
  const { filters } = parsed;
  const most = digestCeiling(ceiling, filters);
  const { knowledge, now, whole, ours } = await contextAt(most);
  const window = told?.window ?? { from: now.getTime() - days * dayMs, to: now.getTime() + 1 };
  const changes = await store.changes(window.from, window.to);
  const isWhole = whole === true;
  if (told === undefined) {
    return composeDigest({ changes, knowledge, ceiling: most, window, filters, now, whole: isWhole });
  }
  const { messages } = composeDigestMessages({
    changes,
    knowledge,
    ceiling,
    everything: () => everything,
    window,
    filters,
    interests: { sectors: [], regions: [], ...ours, watched: told.watched ?? [] },
    mutes: told.mutes ?? [],
    posted: new Map(),
    shape: 'message',
    missed: [],
    kind: told.kind,
    now,
    whole: isWhole,
  });
  return messages[0]?.card ?? messageCard('Digest', [], now);
}
