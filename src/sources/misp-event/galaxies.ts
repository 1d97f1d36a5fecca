import type { EntityRef } from '../../domain/record.ts';
import { galaxyKind } from '../galaxy-kinds.ts';
import { textsOf } from '../json-document.ts';
import { galaxyRef, parseMachineTag } from '../tags.ts';
import { galaxyClusterSchema, galaxySchema } from './schema.ts';

/** The galaxy entries attached to an event or an attribute: tags, and what each tag points to. */
export interface AttachedGalaxies {
  /** A tag for each entry, `misp-galaxy:TYPE="VALUE"`. */
  readonly tags: readonly string[];
  /** Keyed by `tagKey`. */
  readonly refs: ReadonlyMap<string, EntityRef>;
}

/** Reads `Galaxy[].GalaxyCluster[]`: uuid, value, and `meta.external_id`, a list here and a text in galaxy files. */
export function readGalaxies(galaxies: readonly unknown[] | undefined): AttachedGalaxies {
  const tags: string[] = [];
  const refs = new Map<string, EntityRef>();
  for (const item of galaxies ?? []) {
    const galaxy = galaxySchema.safeParse(item);
    if (!galaxy.success) continue;
    for (const entry of galaxy.data.GalaxyCluster ?? []) {
      const cluster = galaxyClusterSchema.safeParse(entry);
      if (!cluster.success) continue;
      const type = cluster.data.type ?? galaxy.data.type ?? '';
      const kind = galaxyKind(type);
      const tag = `misp-galaxy:${type}="${cluster.data.value}"`;
      tags.push(tag);
      if (kind.kind !== 'entity') continue;
      const ref = galaxyRef(kind.type, type, cluster.data.value, cluster.data.uuid.toLowerCase());
      const [externalId] = textsOf(cluster.data.meta?.['external_id']);
      const complete =
        ref.externalId === undefined &&
        externalId !== undefined &&
        /^[A-Z]{1,3}\d{4}(?:\.\d{3})?$/.test(externalId)
          ? { ...ref, externalId }
          : ref;
      refs.set(tagKey(tag), complete);
      if (cluster.data.tag_name !== undefined) refs.set(tagKey(cluster.data.tag_name), complete);
    }
  }
  return { tags, refs };
}

/** One key for a galaxy tag in any case and quoting. */
export function tagKey(tag: string): string {
  const parsed = parseMachineTag(tag);
  return parsed === undefined
    ? tag.trim().toLowerCase()
    : `${parsed.namespace}:${parsed.predicate}=${parsed.value ?? ''}`.toLowerCase();
}
