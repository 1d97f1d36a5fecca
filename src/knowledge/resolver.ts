import type { EntityType } from '../domain/entity-type.ts';
import { nameKey, parseAttackId, parseCveId } from '../domain/name-key.ts';
import type { EntityRef } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import { createDraft, type Draft, idsOf, mentionId } from './draft.ts';
import { createFamilyTable, type FamilyTable } from './family-table.ts';
import { type Family, familyOf } from './prepare.ts';
import { coreKey } from './similar-edges.ts';
import type { AmbiguousPointer } from './types.ts';

/** Turns pointers into drafts; makes drafts of what is only mentioned. */
export interface Resolver {
  /** The draft that the pointer means, or undefined: nothing fits, or several things do and none is guessed. */
  resolve(ref: EntityRef): Draft | undefined;
  /** The same without making anything of a mention and without counting; several where the name is carried by several. */
  find(ref: EntityRef): readonly Draft[];
  /** All drafts, with those of mentions made so far at the end. */
  readonly drafts: readonly Draft[];
  /** Pointers that nothing fits, by text, with their number. */
  readonly unresolved: ReadonlyMap<string, number>;
  /** Those of them whose name several things carry, by text. */
  readonly ambiguous: ReadonlyMap<string, AmbiguousPointer>;
}

/** The draft or drafts that carry a name. */
type Owners = Draft | Draft[];

/**
 * @param described the drafts that pointers may mean; what is mentioned and not described is added to them
 */
export function createResolver(described: readonly Draft[], names: NameTables, ids: IdTables): Resolver {
  const drafts = [...described];
  const unresolved = new Map<string, number>();
  const ambiguous = new Map<string, AmbiguousPointer>();
  const mentions = createFamilyTable<Draft>();
  const find = (ref: EntityRef): readonly Draft[] => {
    const byId = resolveIds(ref, ids);
    if (byId !== undefined) return [byId];
    return ref.name === undefined ? nobody : resolveName(ref.name, ref, names);
  };
  const resolve = (ref: EntityRef): Draft | undefined => {
    const found = find(ref);
    const [only] = found;
    if (found.length === 1) return only;
    const text = pointerText(ref);
    if (only === undefined && ref.create) {
      const mention = mentionOf(ref, text, mentions, drafts);
      if (mention !== undefined) return mention;
    }
    unresolved.set(text, (unresolved.get(text) ?? 0) + 1);
    if (only !== undefined) {
      const count = (ambiguous.get(text)?.count ?? 0) + 1;
      ambiguous.set(text, { count, candidates: found.map(({ id }) => id) });
    }
    return undefined;
  };
  return { resolve, find, drafts, unresolved, ambiguous };
}

const nobody: readonly Draft[] = [];

/** A pointer as people see it: its name, else its strongest id. */
export function pointerText(ref: EntityRef): string {
  return ref.name ?? ref.externalId ?? ref.uuid ?? ref.id ?? '';
}

/** Names by key with all that carry them: main names of records, and every name that they carry as their own. */
export interface NameTables {
  readonly mainNames: FamilyTable<Owners>;
  readonly allNames: FamilyTable<Owners>;
  /** Main names of actors without a "Group" at their end, where they have one. */
  readonly shortNames: FamilyTable<Owners>;
}

export function createNameTables(drafts: readonly Draft[]): NameTables {
  const mainNames = createFamilyTable<Owners>();
  const allNames = createFamilyTable<Owners>();
  const shortNames = createFamilyTable<Owners>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      const { mainKey } = node.prepared;
      addOwner(mainNames, node.family, mainKey, draft);
      if (node.family === 'intrusion-set' && coreKey(mainKey) !== mainKey) {
        addOwner(shortNames, node.family, coreKey(mainKey), draft);
      }
      for (const key of node.nameKeys) addOwner(allNames, node.family, key, draft);
    }
  }
  return { mainNames, allNames, shortNames };
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

/**
 * Whom a name means: whatever has it as its main name, else whatever carries it. A pointer to an actor that makes none
 * (a tag) is read as a person's question would be: where another actor carries the name too, nobody is meant, unless a
 * list of actors has an entry of that very name; and "Turla Group" is Turla, "Lazarus" Lazarus Group.
 */
function resolveName(
  name: string,
  { types, create }: Pick<EntityRef, 'types' | 'create'>,
  tables: NameTables,
): readonly Draft[] {
  const key = nameKey(name.replace(idBehindName, ''));
  if (key === '') return nobody;
  const main = ownersOf(key, types, tables.mainNames);
  const isTag = !create && types.includes('intrusion-set');
  if (main.length > 0 && !isTag) return main;
  const [only] = main;
  if (only !== undefined && main.length === 1 && isListEntry(only, key)) return main;
  const carriers = ownersOf(key, types, tables.allNames);
  if (main.length > 0 || !isTag) return carriers;
  const core = coreKey(key);
  const short = ownersOf(key, types, tables.shortNames);
  const long = core === key ? nobody : ownersOf(core, types, tables.mainNames);
  return [...new Set([...carriers, ...short, ...long])];
}

/** An entry of a list whose entries are named by what a tag quotes; ATT&CK's are named with their ids. */
function isListEntry({ nodes }: Draft, key: string): boolean {
  return nodes.some(
    ({ prepared, attackIds }) =>
      prepared.mainKey === key && prepared.record.collection !== undefined && attackIds.length === 0,
  );
}

/** Those that carry a name in any of the types' families, each once. */
function ownersOf(key: string, types: readonly EntityType[], table: FamilyTable<Owners>): readonly Draft[] {
  const found = types.flatMap((type) => table.get(familyOf(type), key) ?? nobody);
  return found.length < 2 ? found : [...new Set(found)];
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
