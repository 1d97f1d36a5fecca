import * as fc from 'fast-check';
import { formatDigestFilters, parseDigestFilters } from '../../../src/briefing/digest-filter.ts';
import { filterKeys } from '../../../src/briefing/digest-filter-keys.ts';
import { checkFilters, isSameFilterText } from '../../../src/chat/check-filters.ts';
import { listFilterKeys } from '../../../src/questions/filter-keys.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile, repeated } from '../words.ts';

const values = [
  'iran',
  'north korea',
  'telecom',
  '"Lazarus Group"',
  'T1566',
  'APT28',
  'misp-galaxy',
  'amber+strict',
  'report',
  '2024-01',
  'espionage',
  'europe',
  '(a or b)',
] as const;

/** Filters in the style of code search, of lists and of digests. */
export const filterTexts: fc.Arbitrary<string> = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('', '', '', '-', 'not ', '(', 'or ', 'by:('),
        fc.oneof(fc.constantFrom<string>(...filterKeys, ...listFilterKeys), hostile()),
        fc.array(
          fc.oneof(
            { arbitrary: fc.constantFrom<string>(...values), weight: 4 },
            { arbitrary: hostile(), weight: 1 },
          ),
          { maxLength: 4 },
        ),
        fc.constantFrom('', '', ')', ' and', ','),
      )
      .map(([before, key, all, after]) => `${before}${key}:${all.join(',')}${after}`),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

const sources = [
  { name: 'misp-galaxy', title: 'MISP galaxy' },
  { name: 'acme', title: 'Acme’s own' },
];

export const filterTarget = defineTarget<string>('filters', 'filters of digests and subscriptions', () => ({
  inputs: fc.oneof(
    { arbitrary: filterTexts, weight: 4 },
    { arbitrary: edited(filterTexts), weight: 5 },
    { arbitrary: repeated(), weight: 1 },
  ),
  problemsOf: (text) => {
    const read = parseDigestFilters(text);
    if (read.kind === 'bad') return said(read.problem);
    const checked = checkFilters(read.filters, sources);
    if (checked.kind === 'bad') return said(checked.problem);
    const written = formatDigestFilters(read.filters);
    const problems =
      parseDigestFilters(written).kind === 'ok' || written.length > 2_000
        ? []
        : [`“${written}” cannot be read again`];
    return [
      ...problems,
      ...(isSameFilterText(text, written) || problems.length > 0 || written.length > 2_000
        ? []
        : [`“${written}” means something else`]),
    ];
  },
}));

function said(problem: string): readonly string[] {
  return problem.length > 0 && problem.length < 3_000 ? [] : [`a problem of ${problem.length} characters`];
}
