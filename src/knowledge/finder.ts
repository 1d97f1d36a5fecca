import { entityTypes } from '../domain/entity-type.ts';
import { parseStixId, type StixId, uuidOf } from '../domain/stix-id.ts';
import { type Draft, mentionId } from './draft.ts';
import { createFamilyTable } from './family-table.ts';
import { type Family, familyOf } from './prepare.ts';
import type { IdTables } from './resolver.ts';

/** Finds a draft by any id that it answers to, in any case. */
export type Finder = (id: string) => Draft | undefined;

const families: readonly Family[] = [...new Set(entityTypes.map(familyOf))];

/**
 * @param adopted ATT&CK ids that a draft answers to although no record has them as its own
 */
export function createFinder(
  drafts: readonly Draft[],
  tables: IdTables,
  adopted: ReadonlyMap<Draft, readonly string[]>,
): Finder {
  const byId = new Map<StixId, Draft>(drafts.map((draft) => [draft.id, draft]));
  const others = new Map<string, Draft>();
  const add = (id: string, draft: Draft): void => {
    if (!others.has(id)) others.set(id, draft);
  };
  for (const draft of drafts) {
    for (const id of adopted.get(draft) ?? []) add(id.toUpperCase(), draft);
    if (draft.nodes.length > 0) continue;
    add(uuidOf(draft.id).toUpperCase(), draft);
    for (const id of draft.externalIds) add(id.toUpperCase(), draft);
  }
  let former: ReadonlyMap<string, Draft> | undefined;
  return (id) => {
    const text = id.trim().replace(/^misp:/i, '');
    const stixId = parseStixId(text);
    const exact = stixId === undefined ? undefined : byId.get(stixId);
    if (exact !== undefined) return exact;
    const key = stixId === undefined ? text : uuidOf(stixId);
    const found = find(key, tables) ?? others.get(key.toUpperCase());
    if (found !== undefined || stixId === undefined) return found;
    former ??= formerMentions(drafts);
    return former.get(key);
  };
}

function find(key: string, { uuids, externalIds }: IdTables): Draft | undefined {
  for (const family of families) {
    const found = uuids.get(family, key.toLowerCase()) ?? externalIds.get(family, key.toUpperCase());
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The UUIDs under which described things went while they were only mentioned: such an id stays good. */
function formerMentions(drafts: readonly Draft[]): ReadonlyMap<string, Draft> {
  const result = new Map<string, Draft>();
  const main = createFamilyTable<true>();
  for (const isMain of [true, false]) {
    for (const draft of drafts) {
      for (const node of draft.nodes) {
        const keys = isMain ? [node.prepared.mainKey] : node.nameKeys;
        for (const key of keys) {
          if (key === '' || (!isMain && main.get(node.family, key) === true)) continue;
          if (isMain) main.set(node.family, key, true);
          const uuid = uuidOf(mentionId(draft.type, key));
          if (!result.has(uuid)) result.set(uuid, draft);
        }
      }
    }
  }
  return result;
}
