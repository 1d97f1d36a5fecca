import { type RawBuilder, sql } from 'kysely';
import type { DeliveryState } from './delivery-types.ts';

/**
 * Conditions on a delivery's state with the state as a literal: as a parameter, SQLite could not tell that a partial
 * index covers the query.
 */
export function isInState(state: DeliveryState, table = 'delivery'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${table}.state`)} = ${sql.lit(state)}`;
}

/** Not at its end; word for word the condition of the index `delivery_open`. */
export function isOpen(table = 'delivery'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${table}.state`)} in ('pending', 'sending', 'uncertain', 'held')`;
}

export const endStates = ['posted', 'empty', 'skipped', 'dead'] as const satisfies readonly DeliveryState[];
