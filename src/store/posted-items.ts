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

/** What was said of an item last; a later duplicate in the list wins. */
export async function writePostedItems(
  db: Kysely<Tables>,
  subscription: string,
  items: readonly PostedItem[],
  at: number,
): Promise<void> {
  const byKey = new Map(items.map((item) => [boundedKey(item.key), storableText(item.hash)]));
  const insert = createBatchInsert(db, ['subscription', 'key', 'hash', 'posted_at'], (rows) =>
    db
      .insertInto('posted_item')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['subscription', 'key']).doUpdateSet((row) => ({
          hash: row.ref('excluded.hash'),
          posted_at: row.ref('excluded.posted_at'),
        })),
      ),
  );
  await insert([...byKey].map(([key, itemHash]) => [subscription, key, itemHash, at]));
}

const maxKeys = 1000;

/** In the order of the keys asked for; those never posted are left out. */
export async function readPostedItems(
  db: Kysely<Tables>,
  subscription: string,
  keys: readonly string[],
): Promise<readonly PostedItem[]> {
  const asked = [...new Set(keys)];
  const hashes = new Map<string, string>();
  for (let start = 0; start < asked.length; start += maxKeys) {
    const rows = await db
      .selectFrom('posted_item')
      .select(['key', 'hash'])
      .where('subscription', '=', storableText(subscription))
      .where('key', 'in', asked.slice(start, start + maxKeys).map(boundedKey))
      .execute();
    for (const row of rows) hashes.set(row.key, row.hash);
  }
  return asked.flatMap((key) => {
    const found = hashes.get(boundedKey(key));
    return found === undefined ? [] : [{ key, hash: found }];
  });
}
