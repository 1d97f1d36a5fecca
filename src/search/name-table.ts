import type { EntityType } from '../domain/entity-type.ts';
import { KeyTable } from './key-table.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { Postings } from './postings.ts';
import type { SearchEntity } from './types.ts';

export const ownerKinds = ['name', 'alias', 'id'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** One name of one entity. */
export interface Owner {
  readonly entity: SearchEntity;
  readonly text: string;
  readonly kind: OwnerKind;
}

/** Every name and id of every entity by its key: the folded tokens glued. */
export interface NameTable {
  readonly entities: readonly SearchEntity[];
  readonly keys: KeyTable;
  readonly owners: Postings;
  /** Per owner: the entity's position, the name as recorded, the kind's position in `ownerKinds`. */
  readonly ownerEntity: Uint32Array;
  readonly ownerText: readonly string[];
  readonly ownerKind: Uint8Array;
  /** Per owner: its key. */
  readonly ownerKey: Uint32Array;
  /** Per key: how many tokens its widest spelling has. */
  readonly tokenCount: Uint8Array;
  /** Letter words that a number follows directly in some name: `apt`, `unc`, `storm`. */
  readonly schemeWords: ReadonlySet<string>;
  /** UUIDs and whole STIX ids, lower case. */
  readonly uuids: ReadonlyMap<string, readonly number[]>;
}

const maxKeyLength = 200;

/** The longest text that is read as one name. */
export const maxNameLength = 400;

/** Collects names and ids. Names that have the form of an ATT&CK id but belong to another entity are left out. */
export function createNameTable(entities: readonly SearchEntity[], tokens: Tokens): NameTable {
  const keys = new KeyTable();
  const ownerEntity: number[] = [];
  const ownerText: string[] = [];
  const ownerKind: number[] = [];
  const ownerKey: number[] = [];
  const tokenCounts: number[] = [];
  const schemeWords = new Set<string>();
  const uuids = new Map<string, number[]>();

  function addName(entity: number, text: string, kind: OwnerKind, seen: Set<number>): void {
    tokens.read(text, maxNameLength);
    if (tokens.count === 0) return;
    const glued = tokens.glued(0, tokens.count - 1);
    if (glued.length > maxKeyLength) return;
    const key = keys.add(glued);
    tokenCounts[key] = Math.max(tokenCounts[key] ?? 0, Math.min(255, wordCount(tokens)));
    if (seen.has(key)) return;
    seen.add(key);
    ownerEntity.push(entity);
    ownerText.push(text);
    ownerKind.push(ownerKinds.indexOf(kind));
    ownerKey.push(key);
    noteScheme(tokens, schemeWords);
  }

  entities.forEach((entity, at) => {
    const seen = new Set<number>();
    for (const id of entity.externalIds) {
      const uuid = uuidIn(id);
      if (uuid === undefined) addName(at, id, 'id', seen);
      else addTo(uuids, uuid, at);
    }
    for (const id of [entity.id, ...entity.otherIds]) {
      addTo(uuids, id.toLowerCase(), at);
      addTo(uuids, id.slice(id.indexOf('--') + 2).toLowerCase(), at);
    }
    addName(at, entity.name, 'name', seen);
    for (const alias of entity.aliases) {
      addName(at, alias, 'alias', seen);
      const bare = withoutNote(alias);
      if (bare !== alias) addName(at, bare, 'alias', seen);
    }
  });

  const owners = new Postings(keys.keys.length);
  for (const key of ownerKey) owners.count(key);
  owners.allocate();
  ownerKey.forEach((key, owner) => owners.add(key, owner));
  owners.seal();
  return {
    entities,
    keys,
    owners,
    ownerEntity: Uint32Array.from(ownerEntity),
    ownerText,
    ownerKind: Uint8Array.from(ownerKind),
    ownerKey: Uint32Array.from(ownerKey),
    tokenCount: Uint8Array.from(tokenCounts),
    schemeWords,
    uuids,
  };
}

const uuidInText = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The first UUID in a text, lower case. */
export function uuidIn(text: string): string | undefined {
  return text.length < 36 ? undefined : uuidInText.exec(text)?.[0].toLowerCase();
}

/** `TG-2884 (SCWX CTU)` without the note in brackets. */
function withoutNote(alias: string): string {
  const open = alias.lastIndexOf(' (');
  return open > 0 && alias.endsWith(')') ? alias.slice(0, open) : alias;
}

/** Words as a person counts them: parts that a letter/digit border joins are one. */
function wordCount(tokens: Tokens): number {
  let count = 0;
  for (let at = 0; at < tokens.count; at += 1) if (tokens.joint[at] !== joints.inWord) count += 1;
  return count;
}

function noteScheme(tokens: Tokens, schemeWords: Set<string>): void {
  for (let at = 1; at < tokens.count; at += 1) {
    if (tokens.kind[at] === tokenKinds.digits && tokens.kind[at - 1] === tokenKinds.letters) {
      schemeWords.add(tokens.glued(at - 1, at - 1));
    }
  }
}

function addTo(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

/** The entity type of an owner. */
export function ownerType(names: NameTable, owner: number): EntityType | undefined {
  return names.entities[names.ownerEntity[owner] ?? 0]?.type;
}
