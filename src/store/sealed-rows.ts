import type { Kysely } from 'kysely';
import { EncryptionKeyError, isSealed } from '../support/encrypt.ts';
import type { PlaceColumns } from './delivery-schema.ts';
import type { Engine } from './engine.ts';
import type { ResealCounts, SealedState } from './installation-types.ts';
import type { Tables } from './schema.ts';
import { conversationBinding, installationBinding, type Seals } from './sealed.ts';

/** One value that is encrypted, or to be. */
interface SealedRow {
  readonly stored: string;
  readonly binding: readonly string[];
  /** Writes another text, unless somebody else wrote one meanwhile; false then. */
  replace(db: Kysely<Tables>, text: string): Promise<boolean>;
}

const pageSize = 500;

/** See the port. */
export async function resealRows(engine: Engine, seals: Seals): Promise<ResealCounts> {
  const { sealer } = seals;
  if (sealer === undefined) {
    throw new EncryptionKeyError(
      'secrets rotate: set ENCRYPTION_KEY first; the first of its keys is the one that encrypts.',
    );
  }
  const counts = { resealed: 0, current: 0, unreadable: 0 };
  const reseal = async (row: SealedRow): Promise<keyof ResealCounts> => {
    if (sealer.isCurrent(row.stored)) return 'current';
    let text: string;
    try {
      text = seals.open(row.stored, row.binding);
    } catch (error) {
      if (error instanceof EncryptionKeyError) return 'unreadable';
      throw error;
    }
    const sealed = sealer.seal(text, row.binding);
    const isWritten = await engine.statement((db) => row.replace(db, sealed));
    // Who wrote meanwhile has the keys of a running server; whether they are these is not known.
    return isWritten ? 'resealed' : 'current';
  };
  for await (const row of sealedRows(engine.db)) counts[await reseal(row)] += 1;
  return counts;
}

/** See the port. */
export async function readSealedState(db: Kysely<Tables>, { sealer, open }: Seals): Promise<SealedState> {
  const state = { plain: 0, current: 0, older: 0, unreadable: 0 };
  for await (const { stored, binding } of sealedRows(db)) {
    if (!isSealed(stored)) state.plain += 1;
    else if (!opens(() => open(stored, binding))) state.unreadable += 1;
    else if (sealer?.isCurrent(stored) === true) state.current += 1;
    else state.older += 1;
  }
  return state;
}

function opens(open: () => string): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof EncryptionKeyError) return false;
    throw error;
  }
}

async function* sealedRows(db: Kysely<Tables>): AsyncGenerator<SealedRow> {
  yield* installationRows(db);
  yield* conversationRows(db);
}

async function* installationRows(db: Kysely<Tables>): AsyncGenerator<SealedRow> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('slack_installation')
      .select(['key', 'tokens'])
      .where('key', '>', after)
      .orderBy('key')
      .limit(pageSize)
      .execute();
    for (const { key, tokens } of rows) {
      yield {
        stored: tokens,
        binding: installationBinding(key),
        replace: async (writer, text) => {
          const changed = await writer
            .updateTable('slack_installation')
            .set({ tokens: text })
            .where('key', '=', key)
            .where('tokens', '=', tokens)
            .returning('key')
            .execute();
          return changed.length > 0;
        },
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.key;
  }
}

/** Few enough to be named at once; their texts are read in pages. */
async function* conversationRows(db: Kysely<Tables>): AsyncGenerator<SealedRow> {
  const places: readonly PlaceColumns[] = await db
    .selectFrom('conversation')
    .select(['platform', 'workspace', 'place'])
    .execute();
  for (const place of places) {
    const row = await db
      .selectFrom('conversation')
      .select('reference')
      .where((where) => where.and({ ...place }))
      .executeTakeFirst();
    if (row === undefined) continue;
    yield {
      stored: row.reference,
      binding: conversationBinding(place),
      replace: async (writer, text) => {
        const changed = await writer
          .updateTable('conversation')
          .set({ reference: text })
          .where((where) => where.and({ ...place }))
          .where('reference', '=', row.reference)
          .returning('place')
          .execute();
        return changed.length > 0;
      },
    };
  }
}
