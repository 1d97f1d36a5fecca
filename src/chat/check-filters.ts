import { type DigestFilter, formatDigestFilters, parseDigestFilters } from '../briefing/digest-filter.ts';
import { nameKey } from '../domain/name-key.ts';

export type CheckedFilters =
  | {
      readonly kind: 'ok';
      readonly filters: readonly DigestFilter[];
      /** What leaves out nothing now, for people. */
      readonly notes: readonly string[];
    }
  /** They can never match. */
  | { readonly kind: 'bad'; readonly problem: string };

interface NamedSource {
  readonly name: string;
  readonly title: string;
}

const shownSources = 12;

/**
 * Filters that can match at all: sources are known to those who ask, by name or title, and nothing is asked for that is left
 * out as well. Leaving out a source that is not known is fine, and noted.
 */
export function checkFilters(
  filters: readonly DigestFilter[],
  sources: Iterable<NamedSource>,
): CheckedFilters {
  const known = [...sources];
  const notes: string[] = [];
  const checked: DigestFilter[] = [];
  for (const filter of filters) {
    if (filter.key !== 'source') {
      checked.push(filter);
      continue;
    }
    const source = known.find(
      ({ name, title }) => nameKey(name) === filter.value || nameKey(title) === filter.value,
    );
    const loaded = `Loaded are: ${known
      .slice(0, shownSources)
      .map(({ name }) => name)
      .join(', ')}${known.length > shownSources ? ', …' : ''}.`;
    const shown = filter.text.slice(0, 60);
    if (source !== undefined) {
      checked.push({ ...filter, text: source.name, value: nameKey(source.name) });
    } else if (filter.exclude) {
      checked.push(filter);
      notes.push(`-source:${shown} leaves out nothing now: no source of this name is loaded here. ${loaded}`);
    } else {
      return { kind: 'bad', problem: `“${shown}” is no source that is loaded here. ${loaded}` };
    }
  }
  const both = contradiction(checked);
  if (both === undefined) return { kind: 'ok', filters: checked, notes };
  const written = formatDigestFilters([both]);
  return {
    kind: 'bad',
    problem: `“${written}” is asked for and left out as well, so nothing could match; leave one of them out.`,
  };
}

/** What is asked for under a key of which every value that is asked for is left out too. */
function contradiction(filters: readonly DigestFilter[]): DigestFilter | undefined {
  const isLeftOut = ({ key, value }: DigestFilter): boolean =>
    filters.some((other) => other.exclude && other.key === key && other.value === value);
  return filters.find(
    (filter) =>
      !filter.exclude &&
      filters.filter(({ key, exclude }) => key === filter.key && !exclude).every(isLeftOut),
  );
}

/** True when two texts of filters mean the same, whatever their order, and however often something is said. */
export function isSameFilters(a: readonly DigestFilter[], b: readonly DigestFilter[]): boolean {
  const keysOf = (filters: readonly DigestFilter[]): string =>
    [...new Set(filters.map(({ key, value, exclude }) => `${exclude ? '-' : ''}${key}:${value}`))]
      .sort()
      .join('\n');
  return keysOf(a) === keysOf(b);
}

/** As `isSameFilters`, for texts; what cannot be read is the same as itself alone. */
export function isSameFilterText(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseDigestFilters(a), parseDigestFilters(b)];
  return one.kind === 'ok' && other.kind === 'ok' && isSameFilters(one.filters, other.filters);
}
