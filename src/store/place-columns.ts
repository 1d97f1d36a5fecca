import type { Destination, Person } from '../domain/subscription.ts';
import type { PlaceColumns } from './delivery-schema.ts';
import { storableText } from './encode-record.ts';

/** The columns by which a destination is found; its kind is no part of the key. */
export function placeColumns({ platform, workspace, id }: Destination): PlaceColumns {
  return { platform, workspace: storableText(workspace), place: storableText(id) };
}

export function toDestination(row: PlaceColumns & { readonly place_kind: string }): Destination {
  return {
    platform: oneOf<Destination['platform']>(['slack', 'teams', 'playground'], row.platform),
    workspace: row.workspace,
    id: row.place,
    kind: oneOf<Destination['kind']>(['direct', 'group', 'channel'], row.place_kind),
  };
}

export function toPerson(platform: string, workspace: string, id: string): Person {
  return {
    platform: oneOf<Person['platform']>(['slack', 'teams', 'playground', 'cli'], platform),
    workspace,
    id,
  };
}

/** A stored word of a closed list; a damaged or a newer database is an error, not a guess. */
export function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((one) => one === text);
  if (word === undefined)
    throw new Error(`the database holds "${text}" where one of ${words.join(', ')} stands`);
  return word;
}

/** Stored JSON of an object. */
export function parseStoredObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`the database holds "${text.slice(0, 80)}" where an object stands`);
}
