import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Subscriptions, the ledger of their deliveries, and what belongs to them. */
export async function createDeliveries(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await createSubscriptions(db, types);
  await createLedger(db, types);
  await createPostedItems(db, types);
  await createWatchesAndMutes(db, types);
  await createAudit(db, types);
  await createConversations(db, types);
}

async function createSubscriptions(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('subscription')
        .addColumn('id', types.key, (column) => column.primaryKey())
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('place_kind', types.text, (column) => column.notNull())
        .addColumn('kind', types.text, (column) => column.notNull())
        .addColumn('timing', types.text, (column) => column.notNull())
        .addColumn('cron', types.text)
        .addColumn('zone', types.text)
        .addColumn('schedule_text', types.text)
        .addColumn('filters', types.text, (column) => column.notNull())
        .addColumn('shape', types.text, (column) => column.notNull())
        .addColumn('empty_day', types.text, (column) => column.notNull())
        .addColumn('ceiling', types.text)
        .addColumn('creator_platform', types.key, (column) => column.notNull())
        .addColumn('creator_workspace', types.key, (column) => column.notNull())
        .addColumn('creator', types.key, (column) => column.notNull())
        .addColumn('created_at', types.integer, (column) => column.notNull())
        .addColumn('paused', types.integer, (column) => column.notNull())
        .addColumn('paused_reason', types.text)
        .addColumn('version', types.integer, (column) => column.notNull())
        .addColumn('next_slot_at', types.integer)
        .addColumn('delivered_until', types.integer, (column) => column.notNull())
        .addColumn('last_posted_at', types.integer),
    )
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('subscription');
  await index('subscription_due').columns(['next_slot_at', 'id']).where(sql<boolean>`paused = 0`).execute();
  await index('subscription_behind')
    .columns(['delivered_until', 'id'])
    .where(sql<boolean>`timing = 'at-once' and paused = 0`)
    .execute();
  await index('subscription_place').columns(['platform', 'workspace', 'place']).execute();
  await index('subscription_creator').columns(['creator_platform', 'creator_workspace', 'creator']).execute();
}

async function createLedger(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('delivery')
        .addColumn('id', types.key, (column) => column.primaryKey())
        .addColumn('subscription', types.key, (column) => column.notNull())
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('place_kind', types.text, (column) => column.notNull())
        .addColumn('slot_at', types.integer, (column) => column.notNull())
        .addColumn('period', types.key, (column) => column.notNull())
        .addColumn('merged', types.integer, (column) => column.notNull())
        .addColumn('state', types.key, (column) => column.notNull())
        .addColumn('not_before', types.integer, (column) => column.notNull())
        .addColumn('deadline', types.integer, (column) => column.notNull())
        .addColumn('lease_owner', types.text)
        .addColumn('lease_until', types.integer)
        .addColumn('fence', types.integer, (column) => column.notNull())
        .addColumn('attempt', types.integer, (column) => column.notNull())
        .addColumn('tried_fence', types.integer, (column) => column.notNull())
        .addColumn('in_doubt', types.integer, (column) => column.notNull())
        .addColumn('first_try_at', types.integer)
        .addColumn('last_try_at', types.integer)
        .addColumn('posted_at', types.integer)
        .addColumn('evidence', types.text)
        .addColumn('last_error', types.text)
        .addColumn('posted', types.text, (column) => column.notNull())
        // Last, so that what is read without it is found without stepping over it.
        .addColumn('payload', types.text)
        .addUniqueConstraint('delivery_slot', ['subscription', 'slot_at'])
        .addUniqueConstraint('delivery_period', ['subscription', 'period']),
    )
    .execute();
  await indexLedger(db);
  await types
    .keyTable(
      db.schema
        .createTable('place_gate')
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('next_post_at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('place_gate_key', ['platform', 'workspace', 'place']),
    )
    .execute();
  await db.schema
    .createIndex('place_gate_open')
    .on('place_gate')
    .columns(['platform', 'next_post_at'])
    .execute();
}

/**
 * What is open is found by partial indexes, which stay small however long the ledger grows. SQLite uses such an index
 * only for a query that says the very same condition, with the state as a literal: see `delivery-states.ts`.
 */
async function indexLedger(db: Kysely<Tables>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('delivery');
  await index('delivery_one_sending')
    .unique()
    .columns(['platform', 'workspace', 'place'])
    .where(sql<boolean>`state = 'sending'`)
    .execute();
  await index('delivery_lease').column('lease_until').where(sql<boolean>`state = 'sending'`).execute();
  for (const state of ['pending', 'uncertain']) {
    const isInState = sql<boolean>`state = ${sql.lit(state)}`;
    await index(`delivery_${state}`)
      .columns(['platform', 'slot_at', 'id', 'not_before', 'workspace', 'place', 'subscription'])
      .where(isInState)
      .execute();
  }
  await index('delivery_open')
    .columns(['subscription', 'slot_at'])
    .where(sql<boolean>`state in ('pending', 'sending', 'uncertain', 'held')`)
    .execute();
  await index('delivery_state').columns(['state', 'slot_at', 'id']).execute();
}

async function createPostedItems(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('posted_item')
        .addColumn('subscription', types.key, (column) => column.notNull())
        .addColumn('key', types.key, (column) => column.notNull())
        .addColumn('hash', types.text, (column) => column.notNull())
        .addColumn('posted_at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('posted_item_key', ['subscription', 'key']),
    )
    .execute();
  await db.schema.createIndex('posted_item_at').on('posted_item').column('posted_at').execute();
}

async function createWatchesAndMutes(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('watch')
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('person', types.key, (column) => column.notNull())
        .addColumn('entity', types.key, (column) => column.notNull())
        .addColumn('name', types.text, (column) => column.notNull())
        .addColumn('mode', types.text, (column) => column.notNull())
        .addColumn('created_at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('watch_key', ['platform', 'workspace', 'person', 'entity']),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('mute')
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('kind', types.key, (column) => column.notNull())
        .addColumn('target', types.key, (column) => column.notNull())
        .addColumn('place_kind', types.text, (column) => column.notNull())
        .addColumn('label', types.text, (column) => column.notNull())
        .addColumn('until', types.integer)
        .addColumn('by_platform', types.text, (column) => column.notNull())
        .addColumn('by_workspace', types.text, (column) => column.notNull())
        .addColumn('by_person', types.text, (column) => column.notNull())
        .addColumn('created_at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('mute_key', ['platform', 'workspace', 'place', 'kind', 'target']),
    )
    .execute();
}

async function createAudit(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('audit_event')
        .addColumn('id', types.serial)
        .addColumn('at', types.integer, (column) => column.notNull())
        .addColumn('by_platform', types.key, (column) => column.notNull())
        .addColumn('by_workspace', types.key, (column) => column.notNull())
        .addColumn('by_person', types.key, (column) => column.notNull())
        .addColumn('action', types.text, (column) => column.notNull())
        .addColumn('target', types.text, (column) => column.notNull())
        .addColumn('detail', types.text, (column) => column.notNull()),
    )
    .execute();
  await db.schema.createIndex('audit_event_at').on('audit_event').columns(['at', 'id']).execute();
  await db.schema
    .createIndex('audit_event_workspace')
    .on('audit_event')
    .columns(['by_platform', 'by_workspace', 'at', 'id'])
    .execute();
}

async function createConversations(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('conversation')
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('place_kind', types.text, (column) => column.notNull())
        .addColumn('reference', types.text, (column) => column.notNull())
        .addColumn('seen_at', types.integer, (column) => column.notNull())
        .addColumn('gone_reason', types.text)
        .addPrimaryKeyConstraint('conversation_key', ['platform', 'workspace', 'place']),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('inbound_event')
        .addColumn('key', types.key, (column) => column.primaryKey())
        .addColumn('expires_at', types.integer, (column) => column.notNull()),
    )
    .execute();
  await db.schema.createIndex('inbound_event_expiry').on('inbound_event').column('expires_at').execute();
}
