import type { EntityType } from '../../domain/entity-type.ts';
import type { IndexParts } from '../index-parts.ts';
import { tokenKinds } from '../normalize/tokens.ts';
import { isActor, ownersOf, ranked } from '../owners.ts';
import { wordFlags } from '../word-classes.ts';

/** Owners that fit a part of the text, best first, all with one score. */
export interface Fit {
  readonly from: number;
  readonly to: number;
  readonly owners: readonly number[];
  readonly score: number;
}

/** The folded text of a key. */
export function keyText(parts: IndexParts, key: number): string {
  return parts.names.keys.keys[key] ?? '';
}

/** Everyone meant by any of the keys, one owner an entity, actors first. */
export function ownersOfKeys(
  parts: IndexParts,
  keys: readonly number[],
  prefer: readonly EntityType[],
): readonly number[] {
  return ranked(
    parts.names,
    keys.flatMap((key) => [...ownersOf(parts.names, key, prefer)]),
  );
}

/** One owner an entity, in the order given. */
export function unique(parts: IndexParts, owners: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return owners.filter((owner) => {
    const entity = parts.names.ownerEntity[owner] ?? 0;
    if (seen.has(entity)) return false;
    seen.add(entity);
    return true;
  });
}

/** Owners of the preferred types where there are any, else all. */
export function preferred(
  parts: IndexParts,
  owners: readonly number[],
  prefer: readonly EntityType[],
): readonly number[] {
  const kept = owners.filter((owner) => hasType(parts, owner, prefer));
  return kept.length > 0 ? kept : owners;
}

export function hasType(parts: IndexParts, owner: number, types: readonly EntityType[]): boolean {
  const type = parts.names.entities[parts.names.ownerEntity[owner] ?? -1]?.type;
  return type !== undefined && types.includes(type);
}

/** True when some owner is an actor, or of a type that the question asks for. */
export function hasWanted(
  parts: IndexParts,
  owners: readonly number[],
  prefer: readonly EntityType[],
): boolean {
  return owners.some((owner) => isActor(parts.names, owner) || hasType(parts, owner, prefer));
}

const everydayWord = wordFlags.everyday | wordFlags.frame | wordFlags.field;
const englishWord = everydayWord | wordFlags.rare | wordFlags.modifier;

/** True when every word of the tokens is an everyday word. Numbers are no words. */
export function isAllEveryday(parts: IndexParts, from: number, to: number): boolean {
  return isAllOf(parts, from, to, everydayWord);
}

/** True when every word of the tokens is an everyday word or a rarer word of English. */
export function isAllEnglish(parts: IndexParts, from: number, to: number): boolean {
  return isAllOf(parts, from, to, englishWord);
}

function isAllOf(parts: IndexParts, from: number, to: number, flags: number): boolean {
  for (let at = from; at <= to; at += 1) {
    if (parts.tokens.kind[at] !== tokenKinds.letters) return false;
    if ((parts.classes.of(parts.tokens, at) & flags) === 0) return false;
  }
  return true;
}

/** True for software that ATT&CK describes. */
export function isNotable({ names }: IndexParts, owner: number): boolean {
  const entity = names.entities[names.ownerEntity[owner] ?? -1];
  return entity?.externalIds.some((id) => softwareId.test(id)) === true;
}

const softwareId = /^S\d{4}$/;
