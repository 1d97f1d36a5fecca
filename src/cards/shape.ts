/** Reading payloads of unknown shape, for the checks that trust nothing. */

export type UnknownObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): UnknownObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Calls `visit` with every object inside a value, the value itself first, and its path. */
export function walkObjects(
  value: unknown,
  visit: (object: UnknownObject, path: string) => void,
  path = '',
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkObjects(item, visit, `${path}[${index}]`);
    return;
  }
  const object = asObject(value);
  if (object === undefined) return;
  visit(object, path);
  for (const [key, item] of Object.entries(object)) {
    walkObjects(item, visit, path === '' ? key : `${path}.${key}`);
  }
}
