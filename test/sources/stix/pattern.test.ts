import { describe, expect, it } from 'vitest';
import { indicatorsOf, patternValues } from '../../../src/sources/stix/pattern.ts';

describe('values of a STIX pattern', () => {
  it.each([
    ["[ipv4-addr:value = '198.51.100.7']", [['ip-dst', '198.51.100.7']]],
    [
      "[file:hashes.'SHA-256' = 'ABC'] AND [file:hashes.MD5 = 'DEF']",
      [
        ['sha256', 'ABC'],
        ['md5', 'DEF'],
      ],
    ],
    [
      "[domain-name:value IN ('a.example', 'b.example')]",
      [
        ['domain', 'a.example'],
        ['domain', 'b.example'],
      ],
    ],
    ["[file:name = 'it\\'s.exe' AND file:size = 7]", [['filename', "it's.exe"]]],
    ["[url:value NOT = 'https://a.example/']", []],
    ["[url:value LIKE '%a.example%']", []],
    [
      "[network-traffic:dst_port = '80' AND network-traffic:dst_ref.value = '198.51.100.9']",
      [['ip-dst', '198.51.100.9']],
    ],
  ])('%s', (pattern, expected) => {
    expect(patternValues(pattern).map(({ type, value }) => [type, value])).toEqual(expected);
  });

  it('keeps the pattern itself where it can read no value', () => {
    const pattern = "[email-message:from_ref.value MATCHES '.+@a\\.example$']";

    expect(indicatorsOf(pattern, undefined, {})).toMatchObject([
      { type: 'stix-pattern', value: pattern, lookupValues: [] },
    ]);
  });

  it('reads a million characters without a colon at once', () => {
    expect(patternValues('a'.repeat(1_000_000))).toEqual([]);
  });
});
