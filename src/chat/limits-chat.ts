import type { Action, Card } from '../cards/card.ts';
import { assertNever } from '../support/assert-never.ts';
import { personOf } from './destination.ts';
import type { Limits, OverLimit } from './limits.ts';
import { isHeavyAction, isHeavyText } from './limits-heavy.ts';
import type { Owner } from './limits-queue.ts';
import { messageCard } from './message-cards.ts';
import { textSection } from './subscription-cards.ts';
import type { FormReply, Surfaces } from './surfaces-types.ts';
import type { Chat, Place, Reply } from './types.ts';

interface By {
  readonly place: Place;
  readonly person: string;
  readonly now: Date;
}

/** Longer than a button can carry. */
const maxAgainChars = 300;

/** The same chat within the limits of who asks. Over a limit the answer is when to ask again, for the asker alone. */
export function limitedChat(chat: Chat, limits: Limits): Chat {
  async function within(
    by: By,
    isHeavy: boolean,
    again: string | undefined,
    work: () => Promise<Reply>,
  ): Promise<Reply> {
    const admitted = await limits.run(ownerOf(by), isHeavy ? 'heavy' : 'light', work);
    return admitted.kind === 'done' ? admitted.result : overReply(admitted.over, by.now, again);
  }
  return {
    handle: (request) => within(request, isHeavyText(request.text), request.text, () => chat.handle(request)),
    handleAction: (request) => {
      const { question } = request.value;
      return within(request, isHeavyAction(request.value), question, () => chat.handleAction(request));
    },
  };
}

/**
 * The same for dialogs, type-ahead, pasted texts and home pages: over a limit type-ahead finds nothing. Previews of links are
 * asked for by the platform, and not counted.
 */
export function limitedSurfaces(surfaces: Surfaces, limits: Limits): Surfaces {
  async function form(by: By, isHeavy: boolean, work: () => Promise<FormReply>): Promise<FormReply> {
    const admitted = await limits.run(ownerOf(by), isHeavy ? 'heavy' : 'light', work);
    if (admitted.kind === 'done') return admitted.result;
    return { kind: 'done', reply: overReply(admitted.over, by.now) };
  }
  async function found<Result>(by: By, work: () => Promise<readonly Result[]>): Promise<readonly Result[]> {
    const admitted = await limits.run(ownerOf(by), 'light', work);
    return admitted.kind === 'done' ? admitted.result : [];
  }
  return {
    ...surfaces,
    find: (request) => found(request, () => surfaces.find(request)),
    options: (request) => found(request, () => surfaces.options(request)),
    refreshForm: (input) => form(input, false, () => surfaces.refreshForm(input)),
    openForm: (request) => form(request, false, () => surfaces.openForm(request)),
    submitForm: (input) => form(input, input.button !== undefined, () => surfaces.submitForm(input)),
    briefText: async (request) => {
      const admitted = await limits.run(ownerOf(request), 'heavy', () => surfaces.briefText(request));
      return admitted.kind === 'done' ? admitted.result : overReply(admitted.over, request.now);
    },
    home: async (request) => {
      const admitted = await limits.run(ownerOf(request), 'light', () => surfaces.home(request));
      return admitted.kind === 'done' ? admitted.result : overCard(admitted.over, request.now);
    },
  };
}

function ownerOf({ place, person }: By): Owner {
  const { platform, workspace, id } = personOf(place, person);
  return { workspace: `${platform}\n${workspace}`, person: id };
}

function overReply(over: OverLimit, now: Date, again?: string): Reply {
  return { card: overCard(over, now, again), audience: 'asker', outcome: 'limited' };
}

function overCard(over: OverLimit, now: Date, again?: string): Card {
  const after = `Ask again in ${over.retryAfterSeconds === 1 ? 'a second' : `${over.retryAfterSeconds} seconds`}.`;
  const card = messageCard('One moment', [textSection('what', `${reason(over)} ${after}`)], now);
  const text = again?.trim() ?? '';
  if (text === '' || text.length > maxAgainChars) return card;
  const action: Action = { type: 'command', label: 'Ask Again', value: { verb: 'ask', question: text } };
  return { ...card, actions: [action] };
}

function reason({ kind, scope }: OverLimit): string {
  const isRate = kind === 'rate';
  switch (scope) {
    case 'person':
      return isRate
        ? 'You asked more within a minute than one person may.'
        : 'Several of your larger questions, such as lists and comparisons, still wait to be answered; short ones are answered meanwhile.';
    case 'workspace':
      return isRate
        ? 'Your workspace asked more within a minute than it may.'
        : 'Several larger questions of your workspace still wait to be answered; short ones are answered meanwhile.';
    case 'all':
      return isRate
        ? 'Very many questions wait to be answered just now.'
        : 'Many larger questions wait to be answered just now; short ones are answered meanwhile.';
    default:
      return assertNever(scope);
  }
}
