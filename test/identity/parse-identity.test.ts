import { describe, expect, it } from 'vitest';
import { IdentityFileError, parseIdentity } from '../../src/identity/parse-identity.ts';

function problemsOf(text: string): readonly string[] {
  try {
    parseIdentity(text, 'identity.yaml');
  } catch (error) {
    if (error instanceof IdentityFileError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseIdentity', () => {
  it('reads groups as plain lists and with what is known of the decision', () => {
    const text = [
      '# what we know better',
      'same:',
      '  - [G9001, Grey Owl]',
      '  - members: [G9002, misp:00000000-0000-4000-8000-000000000002]',
      '    reason: Seen in our own',
      '      case.',
      '    by: Team 7',
      '    date: 2026-01-31',
      '    tlp: amber',
      'different:',
      '  - [G9003, G9004]',
    ].join('\n');

    expect(parseIdentity(text, 'identity.yaml')).toEqual({
      same: [
        { members: ['G9001', 'Grey Owl'], place: 'identity.yaml line 3' },
        {
          members: ['G9002', 'misp:00000000-0000-4000-8000-000000000002'],
          reason: 'Seen in our own case.',
          by: 'Team 7',
          date: '2026-01-31',
          marking: 'amber',
          place: 'identity.yaml line 4',
        },
      ],
      different: [{ members: ['G9003', 'G9004'], place: 'identity.yaml line 11' }],
    });
  });

  it.each([
    ['nothing', ''],
    ['comments only', '# nothing decided\n'],
    ['empty keys', 'same:\ndifferent:\n'],
    ['a byte order mark and CRLF', '\uFEFFsame: []\r\ndifferent: []\r\n'],
  ])('decides nothing from a file with %s', (_, text) => {
    expect(parseIdentity(text, 'identity.yaml')).toEqual({ same: [], different: [] });
  });

  it('keeps names that YAML could take for something else', () => {
    const { same } = parseIdentity('same: [[360, null, yes, 1e3]]', 'identity.yaml');

    expect(same[0]).toMatchObject({ members: ['360', 'null', 'yes', '1e3'] });
  });

  it.each([
    ['an unknown key', 'sames: []', /line 1: unknown key "sames"; known: same, different/],
    ['a group of one', 'same:\n  - [G9001]', /line 2: same needs two or more/],
    ['a text for a group', 'same:\n  - G9001', /line 2: same must be a list of ids or names/],
    ['a text for the list', 'same: G9001', /line 1: same must be a list of groups/],
    ['a list for the file', '- [a, b]', /must have the keys same and different/],
    [
      'an unknown key in a group',
      'same:\n  - {members: [a, b], why: x}',
      /line 2: same has the unknown key "why"; known: members/,
    ],
    ['a date that is none', 'same:\n  - {members: [a, b], date: soon}', /same.date must be a date such as/],
    ['a marking that is none', 'same:\n  - {members: [a, b], tlp: blue}', /same.tlp must be clear, green/],
    ['broken YAML', 'same:\n  - [a, b', /line \d: .*; correct the YAML/],
    ['a key twice', 'same: []\nsame: []', /line 2: same stands here a second time/],
    [
      'a key twice in a group',
      'same:\n  - {members: [a, b], members: [c, d]}',
      /line 2: same has "members" twice/,
    ],
    ['anchors and aliases', 'same:\n  - &x [a, b]\n  - *x', /line 3: YAML anchors and aliases/],
    ['keys of every object', '__proto__: []\nconstructor: []', /unknown key "__proto__"/],
    ['too many members', `same:\n  - [${'a, '.repeat(60)}b]`, /more than 50 members/],
  ])('names file, line, key and remedy for %s', (_, text, expected) => {
    expect(problemsOf(text).join('\n')).toMatch(expected);
  });

  it('names every problem of a file at once', () => {
    expect(problemsOf('same:\n  - [a]\n  - b\nfoo: 1')).toHaveLength(3);
  });

  it.each([
    ['brackets inside brackets', '['.repeat(100_000)],
    ['lists inside lists on one line', '- '.repeat(100_000)],
    ['an alias bomb', `a: &a [x]\nb: &b [${'*a,'.repeat(500)}]\nsame: [${'*b,'.repeat(500)}]`],
    ['a hundred thousand anchors', '&a '.repeat(30_000)],
  ])('refuses %s in a moment', (_, text) => {
    const startedAt = performance.now();

    expect(problemsOf(text).length).toBeGreaterThan(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
