import type { EntityType } from '../domain/entity-type.ts';
import { nameKey, parseAttackId, parseCveId } from '../domain/name-key.ts';
import type { EntityRef } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import { createDraft, type Draft, idsOf, mentionId } from './draft.ts';
import { createFamilyTable, type FamilyTable } from './family-table.ts';
import { type Family, familyOf } from './prepare.ts';

/** Turns pointers into drafts; makes drafts of what is only mentioned. */
export interface Resolver {
  /** The draft that the pointer means, or undefined: nothing fits, or several things do and none is guessed. */
  resolve(ref: EntityRef): Draft | undefined;
  /** All drafts, with those of mentions made so far at the end. */
  readonly drafts: readonly Draft[];
  /** Pointers that nothing fits, by text, with their number. */
  readonly unresolved: ReadonlyMap<string, number>;
}

/** The draft or drafts that carry a name. */
type Owners = Draft | Draft[];

/**
 * @param described the drafts that pointers may mean; what is mentioned and not described is added to them
 */
export function createResolver(described: readonly Draft[], names: NameTables, ids: IdTables): Resolver {
  const drafts = [...described];
  const unresolved = new Map<string, number>();
  const mentions = createFamilyTable<Draft>();
  const resolve = (ref: EntityRef): Draft | undefined => {
    const byId = resolveIds(ref, ids);
    if (byId !== undefined) return byId;
    const text = ref.name ?? ref.externalId;
    const owners = ref.name === undefined ? undefined : resolveName(ref.name, ref.types, names);
    if (owners !== undefined && !Array.isArray(owners)) return owners;
    if (owners === undefined && ref.create && text !== undefined) {
      const mention = mentionOf(ref, text, mentions, drafts);
      if (mention !== undefined) return mention;
    }
    const shown = text ?? ref.uuid ?? ref.id ?? '';
    unresolved.set(shown, (unresolved.get(shown) ?? 0) + 1);
    return undefined;
  };
  return { resolve, drafts, unresolved };
}

/** Names by key with all that carry them: main names of records, and every name that they carry as their own. */
export interface NameTables {
  readonly mainNames: FamilyTable<Owners>;
  readonly allNames: FamilyTable<Owners>;
}

export function createNameTables(drafts: readonly Draft[]): NameTables {
  const mainNames = createFamilyTable<Owners>();
  const allNames = createFamilyTable<Owners>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      addOwner(mainNames, node.family, node.prepared.mainKey, draft);
      for (const key of node.nameKeys) addOwner(allNames, node.family, key, draft);
    }
  }
  return { mainNames, allNames };
}

function addOwner(table: FamilyTable<Owners>, family: Family, key: string, draft: Draft): void {
  const owners = table.get(family, key);
  if (owners === undefined) table.set(family, key, draft);
  else if (Array.isArray(owners)) {
    if (!owners.includes(draft)) owners.push(draft);
  } else if (owners !== draft) table.set(family, key, [owners, draft]);
}

/** Drafts by UUID in lower case, and by other ids in upper case. */
export interface IdTables {
  readonly uuids: FamilyTable<Draft>;
  readonly externalIds: FamilyTable<Draft>;
}

export function createIdTables(drafts: readonly Draft[]): IdTables {
  const uuids = createFamilyTable<Draft>();
  const externalIds = createFamilyTable<Draft>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      for (const id of idsOf(node)) setFirst(uuids, node.family, uuidOf(id), draft);
      for (const id of node.prepared.record.entity?.externalIds ?? []) {
        if (!id.startsWith('misp:')) setFirst(externalIds, node.family, id.toUpperCase(), draft);
      }
    }
  }
  return { uuids, externalIds };
}

function setFirst(table: FamilyTable<Draft>, family: Family, key: string, draft: Draft): void {
  if (table.get(family, key) === undefined) table.set(family, key, draft);
}

function resolveIds(ref: EntityRef, tables: IdTables): Draft | undefined {
  const misp = ref.externalId?.startsWith('misp:') === true ? ref.externalId.slice(5) : undefined;
  for (const uuid of [ref.id === undefined ? undefined : uuidOf(ref.id), ref.uuid, misp]) {
    const found = uuid === undefined ? undefined : firstOf(ref.types, uuid.toLowerCase(), tables.uuids);
    if (found !== undefined) return found;
  }
  for (const id of [ref.externalId, ref.name === undefined ? undefined : idInName(ref.name)]) {
    const found = id === undefined ? undefined : firstOf(ref.types, id.toUpperCase(), tables.externalIds);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf(types: readonly EntityType[], key: string, table: FamilyTable<Draft>): Draft | undefined {
  for (const type of types) {
    const found = table.get(familyOf(type), key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An id written as a name (`T1193`) or behind one (`Spearphishing Attachment - T1193`, the galaxy's way). */
function idInName(name: string): string | undefined {
  const last = idBehindName.exec(name)?.[1];
  return parseAttackId(last ?? name) ?? parseCveId(name);
}

const idBehindName = / - ([A-Za-z]{1,2}\d{4}(?:\.\d{3})?)$/;

function resolveName(name: string, types: readonly EntityType[], tables: NameTables): Owners | undefined {
  const key = nameKey(name.replace(idBehindName, ''));
  if (key === '') return undefined;
  return ownersOf(key, types, tables.mainNames) ?? ownersOf(key, types, tables.allNames);
}

/** The one draft that carries a name in any of the types' families; a list where several do. */
function ownersOf(key: string, types: readonly EntityType[], table: FamilyTable<Owners>): Owners | undefined {
  const found = new Set(
    types.map((type) => table.get(familyOf(type), key)).flatMap((owners) => owners ?? []),
  );
  const [first, ...others] = found;
  return others.length === 0 ? first : [...found];
}

function mentionOf(
  ref: EntityRef,
  text: string,
  mentions: FamilyTable<Draft>,
  drafts: Draft[],
): Draft | undefined {
  const [type] = ref.types;
  const key = nameKey(ref.externalId ?? text);
  if (type === undefined || key === '') return undefined;
  const known = mentions.get(familyOf(type), key);
  if (known !== undefined) return known;
  const externalIds = ref.externalId === undefined ? [] : [ref.externalId];
  const draft = createDraft(drafts.length, mentionId(type, key), type, text.trim(), [], externalIds);
  mentions.set(familyOf(type), key, draft);
  drafts.push(draft);
  return draft;
}
