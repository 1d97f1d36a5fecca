import type { Destination } from '../../domain/subscription.ts';
import type { DeliveryStore, StoredConversation } from '../../store/delivery-types.ts';
import type { Clock } from '../../support/clock.ts';
import { EncryptionKeyError } from '../../support/encrypt.ts';
import type { Log } from '../../support/log.ts';
import type { PlaceNews } from '../place-news.ts';
import { type ConversationNews, goneReasons, newsOf } from './conversation-news.ts';
import { type ConversationReference, conversationReferenceSchema } from './conversation-reference.ts';

/** Where conversations are kept: the part of the delivery store that this adapter uses. */
export type ConversationStore = Pick<
  DeliveryStore,
  'rememberConversation' | 'conversation' | 'conversations'
>;

/** What is known of Teams' conversations, from what Teams itself sends. */
export interface Conversations {
  /** Notes where an activity came from, and what it says of installs, names and ends. Never rejects. */
  note(activity: unknown): Promise<void>;
  /** Undefined where nothing is known, or what is stored has another form. Rejects when the store does. */
  find(
    destination: Destination,
  ): Promise<{ readonly reference: ConversationReference; readonly goneReason: string | null } | undefined>;
  /** Rejects when the store does. */
  remember(destination: Destination, reference: ConversationReference): Promise<void>;
}

export interface ConversationsParts {
  readonly store: ConversationStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Who is told what becomes of conversations, so that what is delivered there waits or goes on. */
  readonly news?: PlaceNews;
  /** What deliveries say of a place that refused them: over, once the app is added again. */
  readonly refusedReasons?: readonly string[];
}

/** What was written lately is not written again for each message. */
const rewriteMs = 10 * 60_000;
const maxKept = 10_000;

export function createConversations(parts: ConversationsParts): Conversations {
  const { store, clock, log, news, refusedReasons = [] } = parts;
  const overWhenAdded = [goneReasons.removed, ...refusedReasons];
  const written = new Map<string, { readonly reference: string; readonly at: number }>();
  const nowMs = (): number => clock.now().getTime();

  async function write(conversation: StoredConversation): Promise<void> {
    await store.rememberConversation(conversation);
    if (written.size >= maxKept) written.clear();
    written.set(keyOf(conversation.destination), {
      reference: JSON.stringify(conversation.reference),
      at: nowMs(),
    });
  }

  async function remember(destination: Destination, reference: ConversationReference): Promise<void> {
    await write({ destination, reference, seenAt: nowMs(), goneReason: null });
  }

  /** What is stored; `unreadable` where it is sealed under a key that is gone, so that only what Teams sends can tell it again. */
  async function stored(destination: Destination): Promise<StoredConversation | 'unreadable' | undefined> {
    try {
      return await store.conversation(destination);
    } catch (error) {
      if (!(error instanceof EncryptionKeyError)) throw error;
      log.warn({ error: error.message }, 'a stored Teams conversation cannot be read');
      return 'unreadable';
    }
  }

  /** A person met in a team keeps the chat that is known already. */
  async function noteSeen({ destination, reference, isInstall }: ConversationNews['seen'][number]) {
    const before = written.get(keyOf(destination));
    const isFresh = before !== undefined && nowMs() - before.at < rewriteMs;
    if (isFresh && !isInstall && before.reference === JSON.stringify(reference)) return;
    if (reference.conversationId === null && isFresh) return;
    const known = await stored(destination);
    if (reference.conversationId === null && (known === 'unreadable' || known?.goneReason === null)) {
      written.set(keyOf(destination), { reference: '', at: nowMs() });
      return;
    }
    const wasGone = known === 'unreadable' ? undefined : (known?.goneReason ?? undefined);
    await remember(destination, reference);
    const over = new Set([...(isInstall ? overWhenAdded : []), ...(wasGone === undefined ? [] : [wasGone])]);
    if (over.size > 0) await news?.back(destination, [...over]);
  }

  /** Changes the conversations that are meant; undefined as the change leaves one as it is. Gives back their places. */
  async function changeAll(
    isMeant: (reference: ConversationReference, destination: Destination) => boolean,
    change: (conversation: StoredConversation) => StoredConversation | undefined,
  ): Promise<readonly Destination[]> {
    const changed: Destination[] = [];
    for (const conversation of await store.conversations('teams')) {
      const parsed = conversationReferenceSchema.safeParse(conversation.reference);
      if (!parsed.success || !isMeant(parsed.data, conversation.destination)) continue;
      // Never older than what is stored, which would then stay.
      const next = change(conversation);
      if (next === undefined) continue;
      await write({ ...next, seenAt: Math.max(nowMs(), conversation.seenAt) });
      changed.push(conversation.destination);
    }
    return changed;
  }

  async function apply({ seen, ended, restored, changed }: ConversationNews): Promise<void> {
    for (const one of seen) await noteSeen(one);
    for (const { isMeant, goneReason } of ended) {
      const places = await changeAll(isMeant, (one) => ({ ...one, goneReason }));
      // What comes from there next is a new beginning, and is written.
      written.clear();
      for (const place of places) await news?.gone(place, goneReason);
    }
    for (const { isMeant, reasons } of restored) {
      const places = await changeAll(isMeant, (one) =>
        one.goneReason !== null && reasons.includes(one.goneReason)
          ? { ...one, goneReason: null }
          : undefined,
      );
      for (const place of places) await news?.back(place, reasons);
    }
    for (const { isMeant, changes } of changed) {
      await changeAll(isMeant, (one) => ({ ...one, reference: { ...one.reference, ...changes } }));
    }
  }

  return {
    note: async (activity) => {
      try {
        await apply(newsOf(activity));
      } catch (error) {
        log.error({ error }, 'a Teams conversation could not be noted');
      }
    },
    find: async (destination) => {
      const kept = await store.conversation(destination);
      const parsed = conversationReferenceSchema.safeParse(kept?.reference);
      if (kept === undefined || !parsed.success) return undefined;
      return { reference: parsed.data, goneReason: kept.goneReason };
    },
    remember,
  };
}

/** For a process without a database. Past `maxKept` the oldest is forgotten first. */
export function createMemoryConversations(): ConversationStore {
  const kept = new Map<string, StoredConversation>();
  return {
    rememberConversation: async (conversation) => {
      const key = keyOf(conversation.destination);
      kept.delete(key);
      if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
      kept.set(key, conversation);
    },
    conversation: async (destination) => kept.get(keyOf(destination)),
    conversations: async (platform) =>
      [...kept.values()].filter(({ destination }) => destination.platform === platform),
  };
}

function keyOf({ platform, workspace, id }: Destination): string {
  return JSON.stringify([platform, workspace, id]);
}
