import { isAllowed, type Tlp, tlpLevels } from '../domain/tlp.ts';

/**
 * The gate for JSON: a value as one line, for an audience. What is composed for a ceiling holds nothing above it; should
 * something in it bear a higher `tlp` or `marking` all the same, it is left out, and so is a fact of which no source is
 * left, and a card whose sources are.
 */
export function jsonLineFor(value: object, ceiling: Tlp): string {
  return JSON.stringify(allowedOf(value, ceiling, 0) ?? null);
}

/** Deeper than anything that is composed. */
const maxDepth = 40;

function allowedOf(value: unknown, ceiling: Tlp, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return undefined;
  if (Array.isArray(value)) return allowedItems(value, ceiling, depth);
  const members = Object.entries(value);
  if (members.some(([key, member]) => isMarked(key, member) && !isAllowed(levelOf(member), ceiling)))
    return undefined;
  const result: [string, unknown][] = [];
  for (const [key, member] of members) {
    const allowed = allowedOf(member, ceiling, depth + 1);
    // A statement that nobody makes any more is none.
    if (key === 'sources' && isEmptied(member, allowed)) return undefined;
    result.push([key, allowed]);
  }
  return Object.fromEntries(result);
}

function allowedItems(items: readonly unknown[], ceiling: Tlp, depth: number): readonly unknown[] {
  return items.flatMap((item) => {
    const allowed = allowedOf(item, ceiling, depth + 1);
    return allowed === undefined && item !== undefined ? [] : [allowed];
  });
}

function isMarked(key: string, member: unknown): boolean {
  return (key === 'tlp' || key === 'marking') && typeof member === 'string';
}

/** What is no level of ours is one that nobody may see. */
function levelOf(member: unknown): Tlp {
  return tlpLevels.find((level) => level === member) ?? 'red';
}

function isEmptied(before: unknown, after: unknown): boolean {
  return Array.isArray(before) && before.length > 0 && Array.isArray(after) && after.length === 0;
}
