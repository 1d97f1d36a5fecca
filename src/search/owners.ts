import type { EntityType } from '../domain/entity-type.ts';
import { type NameTable, ownerKinds, ownerType } from './name-table.ts';
import type { Match } from './types.ts';

const nameKind = ownerKinds.indexOf('name');
const idKind = ownerKinds.indexOf('id');

/**
 * Who is meant by a key, as positions in the table of owners, one an entity:
 * 1. An id outranks names; a name as recorded outranks one without its "Group" or "Ransomware".
 * 2. Owners of a preferred type, where the question asks for one and there are any.
 * 3. All actors that carry the key, as name or alias alike. Where that is one actor, it is meant, and other things whose
 *    main name it is are its namesakes; they stand in the choice beside several actors, or beside a shortened name.
 * 4. Without an actor, those whose main name it is, else all.
 * Actors come first, then main names.
 */
export function ownersOf(names: NameTable, key: number, prefer: readonly EntityType[]): readonly number[] {
  const start = names.owners.start(key);
  const end = names.owners.end(key);
  if (end - start === 1) return [names.owners.items[start] ?? 0];
  const all = withoutDerived(names, [...names.owners.items.subarray(start, end)]);
  return ranked(names, meant(names, all, prefer));
}

function meant(names: NameTable, all: readonly number[], prefer: readonly EntityType[]): readonly number[] {
  const ids = all.filter((owner) => names.ownerKind[owner] === idKind);
  if (ids.length > 0) return ids;
  const preferred = all.filter((owner) => isOneOf(ownerType(names, owner), prefer));
  const pool = preferred.length > 0 ? preferred : all;
  const actors = pool.filter((owner) => isActor(names, owner));
  const things = pool.filter((owner) => isMainNameOfThing(names, owner));
  const [only] = actors;
  if (only !== undefined) {
    const isTheOne = actors.length === 1 && !isDerived(names, only);
    return isTheOne ? actors : [...actors, ...things];
  }
  if (things.length > 0) return things;
  const mains = pool.filter((owner) => names.ownerKind[owner] === nameKind);
  return mains.length > 0 ? mains : pool;
}

/**
 * A shortened actor's name counts beside aliases of other actors (Winnti and Winnti Group), not beside an actor whose
 * main name it is. A shortened malware's name counts where nothing carries it as it is.
 */
function withoutDerived(names: NameTable, all: readonly number[]): readonly number[] {
  const asRecorded = all.filter((owner) => !isDerived(names, owner));
  if (asRecorded.length === 0 || asRecorded.length === all.length) return all;
  const hasMain = asRecorded.some((owner) => isActor(names, owner) && names.ownerKind[owner] === nameKind);
  return hasMain ? asRecorded : all.filter((owner) => !isDerived(names, owner) || isActor(names, owner));
}

/** Things other than actors with this main name, beside the one actor that was found by it as name or alias. */
export function namesakesOf(names: NameTable, key: number, found: Match): readonly Match[] {
  const start = names.owners.start(key);
  const end = names.owners.end(key);
  if (end - start < 2 || found.entity.type !== 'intrusion-set' || found.matched.kind === 'id') return [];
  const others = [...names.owners.items.subarray(start, end)].filter(
    (owner) => !isActor(names, owner) && !isDerived(names, owner) && isMainNameOfThing(names, owner),
  );
  return ranked(names, others).flatMap(
    (owner) => matchOf(names, owner, found.matched.text, found.score) ?? [],
  );
}

/** Everything that carries a key, actors first. */
export function carriersOf(names: NameTable, key: number): readonly number[] {
  const start = names.owners.start(key);
  const end = names.owners.end(key);
  if (end - start === 1) return [names.owners.items[start] ?? 0];
  return ranked(names, [...names.owners.items.subarray(start, end)]);
}

/** Reports are titled by the actors they are about, so that a title says nothing on what a name means. */
function isMainNameOfThing(names: NameTable, owner: number): boolean {
  const type = ownerType(names, owner);
  return names.ownerKind[owner] === nameKind && type !== 'report' && type !== 'intrusion-set';
}

/** Actors first, main names before aliases, else as the entities came; one owner an entity. */
export function ranked(names: NameTable, owners: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return [...owners]
    .sort((a, b) => rankOf(names, a) - rankOf(names, b) || a - b)
    .filter((owner) => {
      const entity = names.ownerEntity[owner] ?? 0;
      if (seen.has(entity)) return false;
      seen.add(entity);
      return true;
    });
}

function rankOf(names: NameTable, owner: number): number {
  return (isActor(names, owner) ? 0 : 2) + (names.ownerKind[owner] === nameKind ? 0 : 1);
}

export function isActor(names: NameTable, owner: number): boolean {
  return ownerType(names, owner) === 'intrusion-set';
}

/** True for a recorded name that was shortened: "Lazarus" of "Lazarus Group". */
export function isDerived(names: NameTable, owner: number): boolean {
  return names.ownerDerived[owner] === 1;
}

function isOneOf(type: EntityType | undefined, types: readonly EntityType[]): boolean {
  return type !== undefined && types.includes(type);
}

/** The match that an owner stands for. */
export function matchOf(names: NameTable, owner: number, text: string, score: number): Match | undefined {
  const entity = names.entities[names.ownerEntity[owner] ?? -1];
  const kind = ownerKinds[names.ownerKind[owner] ?? -1];
  const name = names.ownerText[owner];
  if (entity === undefined || kind === undefined || name === undefined) return undefined;
  return { entity, matched: { text, name, kind }, score };
}
