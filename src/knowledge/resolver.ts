import type { EntityType } from '../domain/entity-type.ts';
import { nameKey, parseAttackId, parseCveId } from '../domain/name-key.ts';
import type { EntityRef } from '../domain/record.ts';
import { uuidOf } from '../domain/stix-id.ts';
import { createDraft, type Draft, idsOf, mentionId } from './draft.ts';
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

/** Several drafts carry the name. */
const several = 'several';
type Owner = Draft | typeof several;

export function createResolver(described: readonly Draft[]): Resolver {
  const drafts = [...described];
  const tables = createTables(described);
  const unresolved = new Map<string, number>();
  const mentions = new Map<string, Draft>();
  const resolve = (ref: EntityRef): Draft | undefined => {
    const byId = resolveIds(ref, tables);
    if (byId !== undefined) return byId;
    const text = ref.name ?? ref.externalId;
    const owner = ref.name === undefined ? undefined : resolveName(ref.name, ref.types, tables);
    if (owner !== undefined && owner !== several) return owner;
    if (owner === undefined && ref.create && text !== undefined) {
      const mention = mentionOf(ref, text, mentions, drafts);
      if (mention !== undefined) return mention;
    }
    const shown = text ?? ref.uuid ?? ref.id ?? '';
    unresolved.set(shown, (unresolved.get(shown) ?? 0) + 1);
    return undefined;
  };
  return { resolve, drafts, unresolved };
}

interface Tables {
  readonly uuids: ReadonlyMap<string, Draft>;
  readonly externalIds: ReadonlyMap<string, Draft>;
  readonly mainNames: ReadonlyMap<string, Owner>;
  readonly aliases: ReadonlyMap<string, Owner>;
}

function createTables(drafts: readonly Draft[]): Tables {
  const uuids = new Map<string, Draft>();
  const externalIds = new Map<string, Draft>();
  const mainNames = new Map<string, Owner>();
  const aliases = new Map<string, Owner>();
  for (const draft of drafts) {
    for (const node of draft.nodes) {
      for (const id of idsOf(node)) setFirst(uuids, `${node.family} ${uuidOf(id)}`, draft);
      for (const id of node.prepared.record.entity?.externalIds ?? []) {
        setFirst(externalIds, `${node.family} ${id.toUpperCase()}`, draft);
      }
      own(mainNames, `${node.family} ${node.prepared.mainKey}`, draft);
      for (const key of node.nameKeys) own(aliases, `${node.family} ${key}`, draft);
    }
  }
  return { uuids, externalIds, mainNames, aliases };
}

function setFirst(map: Map<string, Draft>, key: string, draft: Draft): void {
  if (!map.has(key)) map.set(key, draft);
}

function own(map: Map<string, Owner>, key: string, draft: Draft): void {
  const owner = map.get(key);
  if (owner === undefined) map.set(key, draft);
  else if (owner !== draft) map.set(key, several);
}

function familiesOf(types: readonly EntityType[]): readonly Family[] {
  return [...new Set(types.map(familyOf))];
}

function resolveIds(ref: EntityRef, tables: Tables): Draft | undefined {
  const families = familiesOf(ref.types);
  const uuids = [ref.id === undefined ? undefined : uuidOf(ref.id), ref.uuid?.toLowerCase()];
  for (const uuid of uuids) {
    const found = uuid === undefined ? undefined : firstOf(families, uuid, tables.uuids);
    if (found !== undefined) return found;
  }
  for (const id of [ref.externalId, ref.name === undefined ? undefined : idInName(ref.name)]) {
    const found = id === undefined ? undefined : firstOf(families, id.toUpperCase(), tables.externalIds);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf(
  families: readonly Family[],
  key: string,
  table: ReadonlyMap<string, Draft>,
): Draft | undefined {
  for (const family of families) {
    const found = table.get(`${family} ${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An id written as a name (`T1193`) or behind one (`Spearphishing Attachment - T1193`, the galaxy's way). */
function idInName(name: string): string | undefined {
  const last = / - ([A-Za-z]{1,2}\d{4}(?:\.\d{3})?)$/.exec(name)?.[1];
  return parseAttackId(last ?? name) ?? parseCveId(name);
}

function resolveName(name: string, types: readonly EntityType[], tables: Tables): Owner | undefined {
  const key = nameKey(name.replace(/ - [A-Za-z]{1,2}\d{4}(?:\.\d{3})?$/, ''));
  if (key === '') return undefined;
  return ownerOf(key, types, tables.mainNames) ?? ownerOf(key, types, tables.aliases);
}

function ownerOf(
  key: string,
  types: readonly EntityType[],
  table: ReadonlyMap<string, Owner>,
): Owner | undefined {
  let result: Owner | undefined;
  for (const family of familiesOf(types)) {
    const owner = table.get(`${family} ${key}`);
    if (owner === undefined || owner === result) continue;
    result = result === undefined ? owner : several;
  }
  return result;
}

function mentionOf(
  ref: EntityRef,
  text: string,
  mentions: Map<string, Draft>,
  drafts: Draft[],
): Draft | undefined {
  const [type] = ref.types;
  const key = nameKey(ref.externalId ?? text);
  if (type === undefined || key === '') return undefined;
  const place = `${familyOf(type)} ${key}`;
  const known = mentions.get(place);
  if (known !== undefined) return known;
  const externalIds = ref.externalId === undefined ? [] : [ref.externalId];
  const draft = createDraft(drafts.length, mentionId(type, key), type, text.trim(), [], externalIds);
  mentions.set(place, draft);
  drafts.push(draft);
  return draft;
}
