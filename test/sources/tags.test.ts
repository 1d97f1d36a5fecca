import { describe, expect, it } from 'vitest';
import {
  likelihoodOf,
  markingOfTags,
  parseGalaxyValue,
  parseMachineTag,
  readTag,
} from '../../src/sources/tags.ts';

describe('parseMachineTag', () => {
  it.each([
    ['tlp:white', { namespace: 'tlp', predicate: 'white' }],
    ['misp-galaxy:tool="X-Agent"', { namespace: 'misp-galaxy', predicate: 'tool', value: 'X-Agent' }],
    [
      'misp-galaxy:sector="Government, Administration"',
      { namespace: 'misp-galaxy', predicate: 'sector', value: 'Government, Administration' },
    ],
    ['osint:certainty=50', { namespace: 'osint', predicate: 'certainty', value: '50' }],
    ['A:b="c="d""', { namespace: 'a', predicate: 'b', value: 'c="d"' }],
  ])('reads %s', (text, expected) => {
    expect(parseMachineTag(text)).toEqual(expected);
  });

  it.each(['OceanLotus', 'PasteBin: X', 'http://example.org', ':x', '', `a:${'b'.repeat(2000)}`])(
    'takes %s for no machine tag of a name and a value',
    (text) => {
      expect(parseMachineTag(text)?.value).toBeUndefined();
    },
  );
});

describe('parseGalaxyValue', () => {
  it('parts a name from its ATT&CK id', () => {
    expect(parseGalaxyValue('APT39 - G0087', 'intrusion-set')).toEqual({
      name: 'APT39',
      externalId: 'G0087',
    });
    expect(parseGalaxyValue('Phishing - T1566', 'attack-pattern')).toEqual({
      name: 'Phishing',
      externalId: 'T1566',
    });
    expect(parseGalaxyValue('T1193', 'attack-pattern')).toEqual({ externalId: 'T1193' });
  });

  it('keeps a malware that is named like a technique', () => {
    expect(parseGalaxyValue('T9000', 'malware')).toEqual({ name: 'T9000' });
  });
});

describe('readTag', () => {
  it('points to an actor without making one of the name', () => {
    expect(readTag('misp-galaxy:threat-actor="Turla Group"')).toEqual({
      kind: 'entity',
      type: 'intrusion-set',
      ref: { types: ['intrusion-set', 'campaign'], name: 'Turla Group', create: false },
    });
  });

  it('knows the galaxies of earlier years', () => {
    const tag = readTag(
      'misp-galaxy:mitre-enterprise-attack-attack-pattern="Spearphishing Attachment - T1193"',
    );

    expect(tag).toMatchObject({ kind: 'entity', ref: { types: ['attack-pattern'], externalId: 'T1193' } });
  });

  it("uses 360.net's code as the name that others know", () => {
    expect(readTag('misp-galaxy:360net-threat-actor="海莲花 - APT-C-00"')).toMatchObject({
      ref: { name: 'APT-C-00' },
    });
  });

  it.each([
    'misp-galaxy:guidelines="Leak"',
    'workflow:state="incomplete"',
    'Turla',
    'misp-galaxy:__proto__="x"',
  ])('keeps %s as text', (tag) => {
    expect(readTag(tag)).toEqual({ kind: 'text' });
  });

  it('reads confidence from osint, misp and estimative-language', () => {
    expect(readTag('osint:certainty="93"')).toEqual({ kind: 'confidence', value: 93 });
    expect(readTag('misp:confidence-level="usually-confident"')).toEqual({ kind: 'confidence', value: 75 });
    expect(readTag('osint:certainty="193"')).toEqual({ kind: 'text' });
  });
});

describe('likelihoodOf', () => {
  it.each([
    ['almost-no-chance', 0],
    ['unlikely', 20],
    ['roughly-even-chance', 45],
    ['likely', 55],
    ['very-likely', 80],
    ['almost-certain', 95],
  ])("gives %s MISP's own number", (word, value) => {
    const tag = parseMachineTag(`estimative-language:likelihood-probability="${word}"`);

    expect(tag === undefined ? undefined : likelihoodOf(tag)).toBe(value);
  });
});

describe('markingOfTags', () => {
  it('reads TLP in any case, white as clear', () => {
    expect(markingOfTags(['type:OSINT', 'TLP:White'])).toEqual({ tlp: 'clear' });
    expect(markingOfTags(['TLP:GREEN'])).toEqual({ tlp: 'green' });
    expect(markingOfTags(['tlp:"red"'])).toEqual({ tlp: 'red' });
  });

  it('takes the strictest of several, and the unknown as AMBER+STRICT', () => {
    expect(markingOfTags(['tlp:white', 'tlp:amber'])).toEqual({ tlp: 'amber' });
    expect(markingOfTags(['tlp:white', 'tlp:ex:chr'])).toEqual({
      tlp: 'amber+strict',
      unknown: true,
      text: 'tlp:ex:chr',
    });
  });

  it('keeps PAP beside the level, and is silent without a level', () => {
    expect(markingOfTags(['tlp:amber', 'PAP:AMBER'])).toEqual({ tlp: 'amber', text: 'PAP:AMBER' });
    expect(markingOfTags(['PAP:RED', 'OSINT'])).toBeUndefined();
  });
});
