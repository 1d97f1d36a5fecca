/** What a stored pointer or entity says, as far as it can be read. */
export interface ChangePointer {
  /** STIX ids, UUIDs and external ids, the strongest first. */
  readonly ids: readonly string[];
  readonly name: string | undefined;
  /** The entity's own type. */
  readonly type: string | undefined;
  /** The types that a pointer may lead to. */
  readonly types: readonly unknown[];
}

const nothing: ChangePointer = { ids: [], name: undefined, type: undefined, types: [] };

/** Reads a pointer or an entity out of a stored change's detail; nothing for any other value. */
export function readChangePointer(value: unknown): ChangePointer {
  if (typeof value !== 'object' || value === null) return nothing;
  const { id, uuid, externalId, externalIds, name, type, types } = value as Readonly<Record<string, unknown>>;
  const listed: readonly unknown[] = Array.isArray(externalIds) ? externalIds : [];
  return {
    ids: [id, uuid, externalId, ...listed].filter((item) => typeof item === 'string'),
    name: typeof name === 'string' ? name : undefined,
    type: typeof type === 'string' ? type : undefined,
    types: Array.isArray(types) ? types : [],
  };
}
