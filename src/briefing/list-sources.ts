import { nameKey } from '../domain/name-key.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { type Condition, leavesOf, requiredParts } from '../questions/condition.ts';

/** What conditions on sources leave of a condition. */
export interface SourceLimits {
  readonly where: readonly Condition[];
  /** Undefined where every source counts. */
  readonly isAllowed: ((source: string, publisher?: string) => boolean) | undefined;
}

/** Names of sources that are not known here, as typed. */
export function unknownSources(condition: Condition, knowledge: Knowledge): readonly string[] {
  return [...new Set(sourceNames(condition))].filter((name) => !isKnownSource(name, knowledge));
}

function sourceNames(condition: Condition): readonly string[] {
  return leavesOf(condition).flatMap(({ leaf }) => (leaf.kind === 'source' ? [leaf.name] : []));
}

function isKnownSource(name: string, knowledge: Knowledge): boolean {
  const isIt = sourceTest(name, knowledge);
  if ([...knowledge.sources.keys()].some((source) => isIt(source))) return true;
  for (const { names } of knowledge.entities.values()) {
    for (const { claims } of names) {
      if (claims.some(({ provenance }) => isIt(provenance.source, provenance.publisher))) return true;
    }
  }
  return false;
}

/** Whether a source, by its name or title, or a publisher is meant by a text. */
export function sourceTest(
  text: string,
  knowledge: Knowledge,
): (source: string, publisher?: string) => boolean {
  const key = nameKey(text);
  const keys = new Map(
    [...knowledge.sources].map(([name, { title }]) => [name, [nameKey(name), nameKey(title)]] as const),
  );
  const isExact = [...keys.values()].some((names) => names.includes(key));
  const meant = new Set(
    [...keys]
      .filter(([, names]) => names.some((one) => (isExact ? one === key : one.startsWith(key))))
      .map(([name]) => name),
  );
  return (source, publisher) => meant.has(source) || (publisher !== undefined && nameKey(publisher) === key);
}

/**
 * Conditions on sources that must hold limit whose word counts for all the others: "from Iran, says the MISP galaxy".
 * Those inside an `or` stay conditions.
 */
export function limitSources(condition: Condition, knowledge: Knowledge): SourceLimits {
  const tests: ((source: string, publisher?: string) => boolean)[] = [];
  const where = requiredParts(condition).filter((part) => {
    const test = limitOf(part, knowledge);
    if (test !== undefined) tests.push(test);
    return test === undefined;
  });
  return {
    where,
    isAllowed:
      tests.length === 0 ? undefined : (source, publisher) => tests.every((test) => test(source, publisher)),
  };
}

function limitOf(
  part: Condition,
  knowledge: Knowledge,
): ((source: string, publisher?: string) => boolean) | undefined {
  if (part.kind === 'source') return sourceTest(part.name, knowledge);
  if (part.kind === 'not') {
    const inner = limitOf(part.of, knowledge);
    return inner === undefined ? undefined : (source, publisher) => !inner(source, publisher);
  }
  if (part.kind !== 'or') return undefined;
  const tests = part.of.map((one) => limitOf(one, knowledge));
  const known = tests.filter((test) => test !== undefined);
  return known.length < tests.length
    ? undefined
    : (source, publisher) => known.some((test) => test(source, publisher));
}
