import type { Clock } from '../../support/clock.ts';

/** Which answer belongs to which message, so that an edited question gets its answer in the same place. */
export interface Answered {
  /** Undefined for what was not answered in the last day by this process. */
  find(conversationId: string, messageId: string): Answer | undefined;
  note(conversationId: string, messageId: string, answer: Answer): void;
}

export interface Answer {
  /** The id of our message. */
  readonly replyId: string;
  readonly text: string;
}

const maxKept = 5_000;
const lifeMs = 86_400_000;

/** Past `maxKept` the oldest is forgotten first. */
export function createAnswered(clock: Clock): Answered {
  const kept = new Map<string, Answer & { readonly at: number }>();
  const keyOf = (conversationId: string, messageId: string): string => `${conversationId}\n${messageId}`;
  return {
    find: (conversationId, messageId) => {
      const found = kept.get(keyOf(conversationId, messageId));
      return found === undefined || clock.now().getTime() - found.at > lifeMs ? undefined : found;
    },
    note: (conversationId, messageId, { replyId, text }) => {
      const key = keyOf(conversationId, messageId);
      kept.delete(key);
      if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
      kept.set(key, { replyId, text: text.slice(0, 2_000), at: clock.now().getTime() });
    },
  };
}
