import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndex } from '../../src/search/create-index.ts';
import { entities, fakeId, matchesOf, told } from './fixture.ts';

const index = createIndex(entities);

describe('lookup', () => {
  it.each([
    ['APT39', 'found: APT39'],
    ['apt-39', 'found: APT39'],
    ['Apt 39', 'found: APT39'],
    ['ＡＰＴ３９', 'found: APT39'],
    ['АРТ39', 'found: APT39'],
    ['A\u200bPT\u00ad39', 'found: APT39'],
    ['𝐀𝐏𝐓𝟑𝟗', 'found: APT39'],
    ['APT٣٩', 'found: APT39'],
    ['*APT39*', 'found: APT39'],
    ['`apt39`?', 'found: APT39'],
    ['“Chafer”', 'found: APT39'],
    ['<https://chafer.example|chafer>', 'found: APT39'],
    ['<b>chafer</b>', 'found: APT39'],
    ['<chafer>', 'found: APT39'],
    ['[Chafer](https://intel.example/apt3)', 'found: APT39'],
    ['1. Chafer', 'found: APT39'],
    ['2) Chafer', 'found: APT39'],
    ['&quot;Chafer&quot;', 'found: APT39'],
    ['海莲花', 'found: APT32'],
    ['temp.veles', 'found: TEMP.Veles'],
    ['the mask', 'found: The Mask'],
    ['mask', 'found: The Mask'],
    ['STORM0978', 'found: Storm-0978'],
  ])('finds the name in %j', (text, expected) => {
    expect(told(index.lookup(text))).toBe(expected);
  });

  it.each([
    ['g0087', 'found: APT39'],
    ['G0059', 'found: Magic Hound'],
    ['s0002', 'found: tool Mimikatz'],
    ['t1566', 'found: attack-pattern Phishing'],
    ['T1566.001', 'found: attack-pattern Spearphishing Attachment'],
    ['cve-2017-11882', 'found: vulnerability CVE-2017-11882'],
    ['CVE 2017 11882', 'found: vulnerability CVE-2017-11882'],
    ['00000000-0000-4000-8000-0000000000AA', 'found: APT39'],
    ['misp:00000000-0000-4000-8000-0000000000aa', 'found: APT39'],
    [`what is ${fakeId('intrusion-set', 1).toUpperCase()}`, 'found: APT39'],
  ])('takes %j for an id, which outranks names', (text, expected) => {
    const lookup = index.lookup(text);

    expect(told(lookup)).toBe(expected);
    expect(matchesOf(lookup)[0]).toMatchObject({ matched: { kind: 'id' }, score: 1 });
  });

  it.each([
    'APT399',
    'APT9',
    'APT 3 9',
    'T1566.002',
    'T-APT-39',
    'storm-0979',
    'Group 0978',
    '0978',
    'G0086',
    'CVE-2017-11883',
    'apt39.example.com',
    'APT3 9',
    'Stor-0979',
    `malware--00000000-0000-4000-8000-000000000001`,
  ])('never answers %j with another number', (text) => {
    expect(['suggest', 'not-found']).toContain(index.lookup(text).kind);
  });

  it.each([
    ['apt38', 'ambiguous: APT38, Lazarus Group'],
    ['Andariel', 'ambiguous: Andariel, Lazarus Group'],
    ['winnti', 'ambiguous: Winnti Group, APT41'],
  ])('gives all who carry %j', (text, expected) => {
    const lookup = index.lookup(text);

    expect(told(lookup)).toBe(expected);
    expect(new Set(matchesOf(lookup).map((match) => match.score)).size).toBe(1);
  });

  it('finds the one actor by its main name, with the malware of that name beside it', () => {
    const lookup = index.lookup('carbanak');

    expect(told(lookup)).toBe('found: Carbanak');
    expect(lookup).toMatchObject({ alsoNamed: [{ entity: { type: 'malware', name: 'Carbanak' } }] });
  });

  it('finds the one actor by an alias that is a malware’s main name too', () => {
    const lookup = index.lookup('snake');

    expect(told(lookup)).toBe('found: Turla');
    expect(lookup).toMatchObject({ alsoNamed: [{ entity: { type: 'malware', name: 'Snake' } }] });
    expect(told(index.lookup('snake', ['malware', 'tool']))).toBe('found: malware Snake');
  });

  it('leaves out malware that has an actor’s main name as an alias', () => {
    expect(index.lookup('turla')).not.toHaveProperty('alsoNamed');
  });

  it('takes a shared name for the preferred type', () => {
    expect(told(index.lookup('winnti', ['malware', 'tool']))).toBe('found: malware Winnti for Windows');
    expect(told(index.lookup('carbanak', ['malware', 'tool']))).toBe('found: malware Carbanak');
  });

  it.each([
    ['remix kiten', 'found: APT39'],
    ['rmeix kitten', 'found: APT39'],
    ['remixkitten', 'found: APT39'],
    ['re mix kitten', 'found: APT39'],
    ['kitten remix', 'found: APT39'],
    ['chaffer', 'found: APT39'],
    ['lazrus gruop', 'found: Lazarus Group'],
    ['lazarus', 'found: Lazarus Group'],
    ['laz4rus', 'found: Lazarus Group'],
    ['bluenorof', 'found: APT38'],
    ['wizrad spyder', 'found: Wizard Spider'],
    ['veles', 'found: TEMP.Veles'],
    ['oceanlo', 'found: APT32'],
    ['mimikats', 'found: tool Mimikatz'],
    ['strom-0978', 'found: Storm-0978'],
    ['wizard spi', 'found: Wizard Spider'],
    ['cobalt g', 'found: Cobalt Group'],
    ['silent chol', 'found: Andariel'],
    ['magic found', 'found: Magic Hound'],
    ['blunoroff', 'found: APT38'],
    ['charmnig kiten', 'found: Magic Hound'],
    ['Storn-0978', 'found: Storm-0978'],
  ])('forgives the slips in %j', (text, expected) => {
    expect(told(index.lookup(text))).toBe(expected);
  });

  it.each([
    ['who is chafer?', 'found: APT39'],
    ['who is behind the lazarus group', 'found: Lazarus Group'],
    ['is remix kitten active in europe', 'found: APT39'],
    ['did magic hound target banks', 'found: Magic Hound'],
    ['tell me about wizrad spyder in 2024', 'found: Wizard Spider'],
    ['we saw cobalt strike in the logs', 'found: malware Cobalt Strike'],
    ['what is the cobalt group up to', 'found: Cobalt Group'],
    ['chafer, carbanak', 'ambiguous: APT39, Carbanak'],
  ])('finds the name inside %j', (text, expected) => {
    expect(told(index.lookup(text))).toBe(expected);
  });

  it.each([
    'printer',
    'weather',
    'snake in the office',
    'the mask fell off the wall',
    'we saw a sea turtle at the beach',
    'cobalt blue paint for the ceiling',
    'which software do you use for taxes',
    'silicon valley is far away',
    'a magic hound played in the park',
    'last winter, a group of tourists saw a snake',
    'the neighbour bought a magic hound for the circus',
    '',
    ' ',
    '🦊',
    '?!',
  ])('answers nothing to %j', (text) => {
    expect(['suggest', 'not-found']).toContain(index.lookup(text).kind);
  });

  it('suggests the code with the same number', () => {
    expect(told(index.lookup('atp39'))).toBe('suggest: APT39');
  });

  it('never gives more than five in a choice or in suggestions that rest on no exact name', () => {
    const many = createIndex(
      Array.from({ length: 20 }, (_, at) => ({
        ...(entities[0] ?? { type: 'intrusion-set' as const, externalIds: [], otherIds: [] }),
        id: fakeId('intrusion-set', 500 + at),
        name: `Zorblax ${String.fromCharCode(65 + at)}${'q'.repeat(5)}`,
        aliases: [],
        externalIds: [],
      })),
    );

    expect(matchesOf(many.lookup('zorblax')).length).toBeLessThanOrEqual(5);
    expect(matchesOf(many.lookup('zorblx')).length).toBeLessThanOrEqual(5);
  });

  it('says which part of the text matched, as typed', () => {
    expect(matchesOf(index.lookup('Who is  Remix-KITTEN ?'))[0]?.matched).toEqual({
      text: 'Remix-KITTEN',
      name: 'REMIX KITTEN',
      kind: 'alias',
    });
  });

  it('ignores what stands beyond 8,000 characters', () => {
    expect(index.lookup(`${'ab '.repeat(3_000)} chafer`).kind).toBe('not-found');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['found', 'ambiguous', 'suggest', 'not-found']).toContain(index.lookup(text).kind);
        for (const { start, end } of index.spot(text)) expect(start).toBeLessThan(end);
        index.suggest(text, 3);
      }),
    );
  });

  it('works without any entity', () => {
    const empty = createIndex([]);

    expect(empty.lookup('chafer')).toEqual({ kind: 'not-found' });
    expect(empty.spot('chafer')).toEqual([]);
    expect(empty.suggest('c', 5)).toEqual([]);
  });
});

describe('spot', () => {
  it('gives names and ids with their positions in the text as given', () => {
    const text = 'Overlap of ＡＰＴ３９ (G0087) with <https://x.example|Remix\u200b Kitten>, see T1566.001.';

    const spots = index.spot(text);

    expect(spots.map(({ start, end }) => text.slice(start, end))).toEqual([
      'ＡＰＴ３９',
      'G0087',
      'Remix\u200b Kitten',
      'T1566.001',
    ]);
  });

  it('takes the longest name', () => {
    expect(index.spot('They ran Cobalt Strike').map((spot) => spot.matches[0]?.entity.name)).toEqual([
      'Cobalt Strike',
    ]);
  });

  it('gives all owners of a shared name', () => {
    expect(index.spot('Andariel again')[0]?.matches).toHaveLength(2);
  });

  it('passes over everyday words unless a word of the field stands beside them', () => {
    expect(index.spot('A snake crossed the road in a cobalt dawn.')).toEqual([]);
    expect(index.spot('Activity of the Snake group')).toHaveLength(1);
    expect(index.spot('Malware called Snake, a backdoor')).toHaveLength(1);
    expect(index.spot(`${'A quiet day at the lake. '.repeat(20)}The snake family slept.`)).toEqual([]);
  });

  it.each(['chafer.example.com', 'mail@chafer.example', 'APT39b7', 'xapt39', 'FAPT39'])(
    'does not cut %j',
    (text) => {
      expect(index.spot(text)).toEqual([]);
    },
  );

  it.each([
    '<'.repeat(50_000),
    '&'.repeat(50_000),
    '<a'.repeat(30_000),
    'the '.repeat(20_000),
    '1 '.repeat(30_000),
    'A'.repeat(90_000),
  ])('stays linear on a hostile text (%#)', (text) => {
    expect(index.spot(text)).toEqual([]);
  });
});

describe('suggest', () => {
  it('gives names that begin with the text, the whole name and actors first', () => {
    expect(index.suggest('carb', 5).map(({ entity: { type } }) => type)).toEqual([
      'intrusion-set',
      'malware',
    ]);
    expect(index.suggest('APT3', 2).map(({ entity: { name } }) => name)).toEqual(['APT3', 'APT39']);
  });

  it('gives each entity once and no more than asked for', () => {
    expect(index.suggest('a', 3)).toHaveLength(3);
    expect(index.suggest('', 3)).toEqual([]);
    expect(index.suggest('chafer', 0)).toEqual([]);
  });
});
