import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { createBatchInsert } from './batch-insert.ts';
import type { PostedItem } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Tables } from './schema.ts';

/** What PostgreSQL indexes has its limit at 2,704 bytes. */
const maxKeyChars = 512;

/** A key of any length, as it is stored. */
export function boundedKey(key: string): string {
  return key.length <= maxKeyChars ? storableText(key) : `sha256:${hash('sha256', key, 'hex')}`;
}

export interface PostedBy extends PostedItem {
  readonly subscription: string;
  readonly at: number;
}

/** What was said of an item last; a later duplicate in the list wins. */
export async function writePostedItems(db: Kysely<Tables>, items: readonly PostedBy[]): Promise<void> {
  const rows = new Map<string, readonly (string | number)[]>();
  for (const { subscription, key, hash: said, at } of items) {
    const bounded = boundedKey(key);
    rows.set(JSON.stringify([subscription, bounded]), [subscription, bounded, storableText(said), at]);
  }
  const insert = createBatchInsert(db, ['subscription', 'key', 'hash', 'posted_at'], (placeholders) =>
    db
      .insertInto('posted_item')
      .values(placeholders)
      .onConflict((conflict) =>
        conflict.columns(['subscription', 'key']).doUpdateSet((row) => ({
          hash: row.ref('excluded.hash'),
          posted_at: row.ref('excluded.posted_at'),
        })),
      ),
  );
  await insert([...rows.values()]);
}

export interface PostedItemsRequest {
  readonly subscription: string;
  readonly keys: readonly string[];
}

const maxKeys = 1000;

/**
 * For each request, in the order of the keys asked for; those never posted are left out. Several subscriptions ask for much
 * the same keys: what one of them did not ask for is read with it, and left.
 */
export async function readPostedItems(
  db: Kysely<Tables>,
  requests: readonly PostedItemsRequest[],
): Promise<readonly (readonly PostedItem[])[]> {
  const keys = [...new Set(requests.flatMap((one) => one.keys.map(boundedKey)))];
  const subscriptions = [...new Set(requests.map(({ subscription }) => storableText(subscription)))];
  const hashes = new Map<string, Map<string, string>>();
  for (let start = 0; start < keys.length; start += maxKeys) {
    const rows = await db
      .selectFrom('posted_item')
      .select(['subscription', 'key', 'hash'])
      .where('subscription', 'in', subscriptions)
      .where('key', 'in', keys.slice(start, start + maxKeys))
      .execute();
    for (const row of rows) {
      const known = hashes.get(row.subscription) ?? new Map<string, string>();
      hashes.set(row.subscription, known.set(row.key, row.hash));
    }
  }
  return requests.map(({ subscription, keys: asked }) => {
    const known = hashes.get(storableText(subscription));
    return [...new Set(asked)].flatMap((key) => {
      const found = known?.get(boundedKey(key));
      return found === undefined ? [] : [{ key, hash: found }];
    });
  });
}
