import { type Kysely, type Selectable, sql } from 'kysely';
import type { Destination } from '../domain/subscription.ts';
import { EncryptionKeyError } from '../support/encrypt.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ConversationTable } from './delivery-schema.ts';
import type { StoredConversation } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import { parseStoredObject, placeColumns, toDestination } from './place-columns.ts';
import type { Tables } from './schema.ts';
import { conversationBinding, type Seals } from './sealed.ts';

/** What was seen later stays, in whatever order it comes to be told. */
export async function writeConversation(
  db: Kysely<Tables>,
  seals: Seals,
  { destination, reference, seenAt, goneReason }: StoredConversation,
): Promise<void> {
  const changing = {
    place_kind: destination.kind,
    reference: seals.seal(canonicalJson(reference), conversationBinding(placeColumns(destination))),
    seen_at: seenAt,
    gone_reason: goneReason === null ? null : storableText(goneReason),
  };
  await db
    .insertInto('conversation')
    .values({ ...placeColumns(destination), ...changing })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'workspace', 'place'])
        .doUpdateSet(changing)
        .where(sql<boolean>`conversation.seen_at <= ${seenAt}`),
    )
    .execute();
}

export async function readConversation(
  db: Kysely<Tables>,
  seals: Seals,
  destination: Destination,
): Promise<StoredConversation | undefined> {
  const row = await db
    .selectFrom('conversation')
    .selectAll()
    .where((where) => where.and(placeColumns(destination)))
    .executeTakeFirst();
  return row === undefined ? undefined : toStoredConversation(row, seals);
}

/** In the order of workspace and id, without those that do not open: what is to be said of all others does not fail with them. */
export async function readConversations(
  db: Kysely<Tables>,
  seals: Seals,
  platform: string,
): Promise<readonly StoredConversation[]> {
  const rows = await db
    .selectFrom('conversation')
    .selectAll()
    .where('platform', '=', platform)
    .orderBy('workspace')
    .orderBy('place')
    .execute();
  return rows.flatMap((row) => {
    try {
      return [toStoredConversation(row, seals)];
    } catch (error) {
      if (error instanceof EncryptionKeyError) return [];
      throw error;
    }
  });
}

function toStoredConversation(row: Selectable<ConversationTable>, seals: Seals): StoredConversation {
  return {
    destination: toDestination(row),
    reference: parseStoredObject(seals.open(row.reference, conversationBinding(row))),
    seenAt: row.seen_at,
    goneReason: row.gone_reason,
  };
}
