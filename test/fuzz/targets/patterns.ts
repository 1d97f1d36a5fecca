import * as fc from 'fast-check';
import { indicatorsOf } from '../../../src/sources/stix/pattern.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile, repeated } from '../words.ts';

const paths = [
  'ipv4-addr:value',
  'domain-name:value',
  "file:hashes.'SHA-256'",
  'file:hashes.MD5',
  'url:value',
  'email-message:from_ref.value',
  "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
  'x-custom:path[*].a',
] as const;
const values = [
  '198.51.100.7',
  'evil.example',
  'a'.repeat(64),
  'http://evil.example/a?b=c',
  "it\\'s",
  '10.0.0.0/8',
];

const literal = fc.oneof(fc.constantFrom(...values), hostile()).map((value) => `'${value}'`);
const comparison = fc
  .tuple(
    fc.oneof(fc.constantFrom(...paths), hostile()),
    fc.constantFrom(' = ', '=', ' IN ', ' NOT = ', ' LIKE ', ' MATCHES ', ' > ', ' '),
    fc.oneof(
      literal,
      fc.array(literal, { maxLength: 4 }).map((all) => `(${all.join(', ')})`),
    ),
  )
  .map((parts) => parts.join(''));
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small' },
    fc.array(comparison, { minLength: 1, maxLength: 5 }).map((all) => `[${all.join(' AND ')}]`),
    fc
      .tuple(tie('pattern'), fc.constantFrom(' OR ', ' AND ', ' FOLLOWEDBY '), tie('pattern'))
      .map((all) => all.join('')),
    tie('pattern').map((inner) => `(${inner}) WITHIN 5 SECONDS`),
  ),
}));

export const patternTarget = defineTarget<{ readonly pattern: string; readonly language?: string }>(
  'stix-patterns',
  'patterns of STIX indicators',
  () => ({
    inputs: fc.record(
      {
        pattern: fc.oneof(
          { arbitrary: pattern, weight: 3 },
          { arbitrary: edited(pattern), weight: 5 },
          { arbitrary: repeated(60_000), weight: 1 },
        ),
        language: fc.oneof(fc.constantFrom('stix', 'sigma', 'snort'), hostile()),
      },
      { requiredKeys: ['pattern'] },
    ),
    problemsOf: (input) =>
      indicatorsOf(input.pattern, input.language, {}).flatMap(({ value, lookupValues }) => [
        ...(value.length > 4096 ? ['a value of more than 4,096 characters'] : []),
        ...(lookupValues.some((text) => text === '') ? ['it is looked up by nothing'] : []),
      ]),
  }),
);
