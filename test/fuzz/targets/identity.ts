import * as fc from 'fast-check';
import { IdentityFileError, parseIdentity } from '../../../src/identity/parse-identity.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile, repeated } from '../words.ts';

const member = fc.oneof(
  fc.constantFrom(
    'G0087',
    'Chafer',
    'misp:00000000-0000-4000-8000-000000000001',
    '"Velvet Heron"',
    '360',
    'null',
  ),
  hostile(),
  hostile().map((text) => JSON.stringify(text)),
);
const group = fc.oneof(
  fc.array(member, { maxLength: 5 }).map((members) => `  - [${members.join(', ')}]`),
  fc
    .tuple(fc.array(member, { maxLength: 4 }), member, member)
    .map(
      ([members, reason, tlp]) =>
        `  - members: [${members.join(', ')}]\n    reason: ${reason}\n    tlp: ${tlp}`,
    ),
);
const file = fc
  .array(fc.tuple(fc.constantFrom('same', 'different', 'sane', 'same'), fc.array(group, { maxLength: 5 })), {
    maxLength: 3,
  })
  .map((parts) => parts.map(([key, groups]) => `${key}:\n${groups.join('\n')}\n`).join(''));

export const identityTarget = defineTarget<string>('identity', 'identity.yaml', () => ({
  inputs: fc.oneof(
    { arbitrary: file, weight: 3 },
    { arbitrary: edited(file), weight: 5 },
    { arbitrary: repeated(50_000), weight: 1 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 300 }), weight: 1 },
  ),
  problemsOf: (text) => {
    try {
      const { same, different } = parseIdentity(text, 'identity.yaml');
      const groups = [...same, ...different].map((one) => ('members' in one ? one.members : one));
      return groups.some(({ length }) => length < 2) ? ['a group of fewer than two'] : [];
    } catch (error) {
      // Wrong files are refused, with every problem and a remedy.
      if (!(error instanceof IdentityFileError)) throw error;
      const unsaid = error.problems.filter(
        (problem) => !problem.startsWith('identity.yaml') || problem.length > 2_000,
      );
      return unsaid.map((problem) => `a problem without its place, or a long one: ${problem.slice(0, 200)}`);
    }
  },
}));
