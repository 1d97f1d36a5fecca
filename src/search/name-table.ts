import type { EntityType } from '../domain/entity-type.ts';
import { KeyTable } from './key-table.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { Postings } from './postings.ts';
import { shortenedName, withoutArticle, withoutNote } from './shortened-name.ts';
import type { SearchEntity } from './types.ts';
import type { WordClasses } from './word-classes.ts';

export const ownerKinds = ['name', 'alias', 'id'] as const;
type OwnerKind = (typeof ownerKinds)[number];

/** Every name and id of every entity by its key: the folded tokens glued. An owner is one name of one entity. */
export interface NameTable {
  readonly entities: readonly SearchEntity[];
  readonly keys: KeyTable;
  /** Owners by key. */
  readonly owners: Postings;
  /** Per owner: the entity's position, the name as recorded, the kind's position in `ownerKinds`, the key. */
  readonly ownerEntity: Uint32Array;
  readonly ownerText: readonly string[];
  readonly ownerKind: Uint8Array;
  readonly ownerKey: Uint32Array;
  /** Per owner: 1 where the key is the name without a general word such as "Group". */
  readonly ownerDerived: Uint8Array;
  /** Per key: how many words its widest spelling has. */
  readonly wordCount: Uint8Array;
  /** Letter words that a number follows directly in some name: `apt`, `unc`, `storm`, and, of "APT-C-36", `aptc`. */
  readonly schemeWords: ReadonlySet<string>;
  /** Positions of entities by UUID and by whole STIX id, lower case. */
  readonly uuids: ReadonlyMap<string, readonly number[]>;
}

const maxKeyLength = 200;

/** The longest text that is read as one name. */
export const maxNameLength = 400;

/** Collects the names and ids of all entities. */
export function createNameTable(
  entities: readonly SearchEntity[],
  tokens: Tokens,
  classes: WordClasses,
): NameTable {
  const draft = new NameDraft(tokens, classes);
  entities.forEach((entity, at) => draft.addEntity(entity, at));
  const owners = new Postings(draft.keys.keys.length);
  for (const key of draft.ownerKey) owners.count(key);
  owners.allocate();
  draft.ownerKey.forEach((key, owner) => owners.add(key, owner));
  owners.seal();
  return {
    entities,
    keys: draft.keys,
    owners,
    ownerEntity: Uint32Array.from(draft.ownerEntity),
    ownerText: draft.ownerText,
    ownerKind: Uint8Array.from(draft.ownerKind),
    ownerKey: Uint32Array.from(draft.ownerKey),
    ownerDerived: Uint8Array.from(draft.ownerDerived),
    wordCount: Uint8Array.from(draft.wordCount),
    schemeWords: draft.schemeWords,
    uuids: draft.uuids,
  };
}

class NameDraft {
  readonly keys = new KeyTable();
  readonly ownerEntity: number[] = [];
  readonly ownerText: string[] = [];
  readonly ownerKind: number[] = [];
  readonly ownerKey: number[] = [];
  readonly ownerDerived: number[] = [];
  readonly wordCount: number[] = [];
  readonly schemeWords = new Set<string>();
  readonly uuids = new Map<string, number[]>();
  readonly #tokens: Tokens;
  readonly #classes: WordClasses;

  constructor(tokens: Tokens, classes: WordClasses) {
    this.#tokens = tokens;
    this.#classes = classes;
  }

  addEntity(entity: SearchEntity, at: number): void {
    const seen = new Set<number>();
    for (const id of entity.externalIds) {
      const uuid = uuidIn(id);
      if (uuid === undefined) this.#add(at, id, id, 'id', seen);
      else this.#addUuid(uuid, at);
    }
    for (const id of [entity.id, ...entity.otherIds]) {
      this.#addUuid(id.toLowerCase(), at);
      this.#addUuid(id.slice(id.indexOf('--') + 2).toLowerCase(), at);
    }
    this.#add(at, entity.name, entity.name, 'name', seen);
    this.#add(at, withoutArticle(entity.name), entity.name, 'name', seen);
    for (const alias of entity.aliases) {
      this.#add(at, alias, alias, 'alias', seen);
      this.#add(at, withoutNote(alias), alias, 'alias', seen);
      this.#add(at, withoutArticle(alias), alias, 'alias', seen);
    }
    this.#addShortened(entity, entity.name, 'name', at, seen);
    for (const alias of entity.aliases) this.#addShortened(entity, alias, 'alias', at, seen);
  }

  #addShortened(entity: SearchEntity, name: string, kind: OwnerKind, at: number, seen: Set<number>): void {
    const short = shortenedName(name, entity.type);
    if (short === undefined || this.#isEveryday(short)) return;
    this.#add(at, short, name, kind, seen, 1);
  }

  #add(entity: number, form: string, text: string, kind: OwnerKind, seen: Set<number>, derived = 0): void {
    const tokens = this.#tokens;
    tokens.read(form, maxNameLength);
    if (tokens.count === 0) return;
    const glued = tokens.glued(0, tokens.count - 1);
    if (glued.length > maxKeyLength) return;
    const key = this.keys.add(glued);
    this.wordCount[key] = Math.max(this.wordCount[key] ?? 0, wordCountOf(tokens));
    if (seen.has(key)) return;
    seen.add(key);
    this.ownerEntity.push(entity);
    this.ownerText.push(text);
    this.ownerKind.push(ownerKinds.indexOf(kind));
    this.ownerKey.push(key);
    this.ownerDerived.push(derived);
    this.#noteScheme();
  }

  #addUuid(key: string, at: number): void {
    const list = this.uuids.get(key);
    if (list === undefined) this.uuids.set(key, [at]);
    else if (!list.includes(at)) list.push(at);
  }

  #isEveryday(form: string): boolean {
    const tokens = this.#tokens;
    tokens.read(form, maxNameLength);
    for (let at = 0; at < tokens.count; at += 1) {
      if (this.#classes.of(tokens, at) === 0) return false;
    }
    return true;
  }

  #noteScheme(): void {
    const { kind, joint, count } = this.#tokens;
    for (let at = 1; at < count; at += 1) {
      if (kind[at] !== tokenKinds.digits || kind[at - 1] !== tokenKinds.letters) continue;
      this.schemeWords.add(this.#tokens.glued(at - 1, at - 1));
      const isOfTwo = at === 2 && count === 3 && kind[0] === tokenKinds.letters && joint[1] === joints.dashed;
      if (isOfTwo) this.schemeWords.add(this.#tokens.glued(0, 1));
    }
  }
}

const uuidInText = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The first UUID in a text, lower case. */
export function uuidIn(text: string): string | undefined {
  return text.length < 36 ? undefined : uuidInText.exec(text)?.[0].toLowerCase();
}

/** Words as a person counts them: parts that a letter/digit border joins are one. */
function wordCountOf(tokens: Tokens): number {
  let count = 0;
  for (let at = 0; at < tokens.count; at += 1) if (tokens.joint[at] !== joints.inWord) count += 1;
  return Math.min(255, count);
}

/** The entity type of an owner. */
export function ownerType(names: NameTable, owner: number): EntityType | undefined {
  return names.entities[names.ownerEntity[owner] ?? 0]?.type;
}
