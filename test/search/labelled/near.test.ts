import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../src/domain/name-key.ts';
import { createIndex } from '../../../src/search/create-index.ts';
import type { Lookup } from '../../../src/search/types.ts';
import { bundledEntities } from './bundled-entities.ts';
import { everydayLines, everydayParagraphTexts } from './everyday-lines.ts';
import { slip } from './other-variants.ts';
import { actorNames, isEveryday, type Named } from './pools.ts';
import { Random } from './random.ts';
import { oneTypo, swapped } from './variants.ts';

const entities = bundledEntities();
const index = createIndex(entities);
const names = actorNames(entities);
const taken = new Set(entities.flatMap((entity) => [entity.name, ...entity.aliases].map(nameKey)));
const lettered = names.filter(({ text }) => /^[a-z][a-z\s.'-]*$/i.test(text));

function answered(lookup: Lookup): readonly string[] {
  if (lookup.kind === 'found') return [lookup.match.entity.id];
  return lookup.kind === 'ambiguous' ? lookup.matches.slice(0, 5).map(({ entity }) => entity.id) : [];
}

function shown(lookup: Lookup): readonly string[] {
  return lookup.kind === 'suggest' ? lookup.suggestions.map(({ entity }) => entity.id) : answered(lookup);
}

/** One slip of a word: a letter more, less or another, or two swapped. */
function anySlip(word: string, random: Random): string {
  const lower = word.toLowerCase();
  const kind = random.below(3);
  if (kind === 0) return oneTypo(lower, random);
  return kind === 1 ? (swapped(lower, random) ?? oneTypo(lower, random)) : slip(word, random);
}

interface Asked {
  readonly text: string;
  readonly owners: readonly string[];
}

function share(
  asked: readonly Asked[],
  isRight: (lookup: Lookup, owners: readonly string[]) => boolean,
): number {
  const right = asked.filter(({ text, owners }) => isRight(index.lookup(text), owners));
  return right.length / asked.length;
}

const isAnswered = (lookup: Lookup, owners: readonly string[]): boolean =>
  answered(lookup).some((id) => owners.includes(id));
const isFirst = (lookup: Lookup, owners: readonly string[]): boolean =>
  owners.includes(shown(lookup)[0] ?? '');
const isShown = (lookup: Lookup, owners: readonly string[]): boolean =>
  shown(lookup).some((id) => owners.includes(id));
const isWrong = (lookup: Lookup, owners: readonly string[]): boolean =>
  answered(lookup).length > 0 && !isAnswered(lookup, owners);

describe.each([2_026, 1_117])('look-up of names with more than one slip (seed %i)', (seed) => {
  const random = new Random(seed);

  it('finds a name of several words with a slip in each of two', () => {
    const asked = lettered.flatMap(({ text, owners }): readonly Asked[] => {
      const words = text.split(/[\s-]+/);
      const long = words.map((word, at) => ({ word, at })).filter(({ word }) => word.length >= 4);
      const picked = random.sample(long, 2);
      if (picked.length < 2) return [];
      for (const { word, at } of picked) words[at] = anySlip(word, random);
      const typed = words.join(' ');
      return taken.has(nameKey(typed)) ? [] : [{ text: typed, owners }];
    });

    expect(asked.length).toBeGreaterThan(500);
    expect(share(asked, isFirst)).toBeGreaterThanOrEqual(0.99);
    expect(share(asked, isWrong)).toBeLessThanOrEqual(0.003);
  });

  it('finds a short name with two slips, or offers it', () => {
    const short = lettered.filter(({ key, text }) => key.length >= 6 && key.length <= 8 && !isEveryday(text));
    const asked = short.flatMap(({ text, owners }): readonly Asked[] => {
      const typed = anySlip(anySlip(text, random), random);
      return taken.has(nameKey(typed)) ? [] : [{ text: typed, owners }];
    });

    expect(asked.length).toBeGreaterThan(200);
    expect(share(asked, isAnswered)).toBeGreaterThanOrEqual(0.95);
    expect(share(asked, isShown)).toBeGreaterThanOrEqual(0.97);
    expect(share(asked, isWrong)).toBeLessThanOrEqual(0.015);
  });
});

/** Beginnings of four letters or more and of three fifths of a name or more. */
function beginningsOf({ text, owners }: Named): readonly Asked[] {
  const short = text.replace(/ (?:group|team)$/i, '');
  const least = Math.max(4, Math.ceil(short.length * 0.6));
  return Array.from({ length: Math.max(0, short.length - least) }, (_, at) =>
    short.slice(0, least + at).trimEnd(),
  )
    .filter((beginning) => !taken.has(nameKey(beginning)))
    .map((beginning) => {
      const key = nameKey(beginning);
      const same = names.filter(
        (name) => name.key.startsWith(key) && name.owners.some((id) => owners.includes(id)),
      );
      return { text: beginning, owners: [...owners, ...same.flatMap((name) => name.owners)] };
    });
}

describe('look-up of the beginning of a name', () => {
  it('puts the actor of an ATT&CK group first', () => {
    const described = new Set(
      entities
        .filter(({ externalIds }) => externalIds.some((id) => /^G\d{4}$/.test(id)))
        .map(({ id }) => id as string),
    );
    const asked = lettered
      .filter(({ isMain, owners }) => isMain && owners.some((id) => described.has(id)))
      .flatMap(beginningsOf);

    expect(asked.length).toBeGreaterThan(300);
    expect(share(asked, isFirst)).toBeGreaterThanOrEqual(0.975);
    expect(share(asked, isShown)).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    ['kimsuk', 'Kimsuky'],
    ['mimika', 'Mimikatz'],
    ['sandwo', 'Sandworm Team'],
    ['oceanl', 'APT32'],
  ])('finds by "%s" %s alone or first', (typed, name) => {
    const lookup = index.lookup(typed);

    expect(entities.find(({ id }) => id === answered(lookup)[0])?.name).toBe(name);
  });
});

describe('look-up on everyday text', () => {
  it('answers at most one line in a hundred, and makes suggestions for at most one in twenty', () => {
    const lookups = everydayLines.map((line) => index.lookup(line));

    expect(everydayLines.length).toBeGreaterThanOrEqual(300);
    expect(
      everydayLines.filter((_, at) => answered(lookups[at] ?? { kind: 'not-found' }).length > 0),
    ).toHaveLength(0);
    expect(lookups.filter(({ kind }) => kind === 'suggest').length / lookups.length).toBeLessThanOrEqual(
      0.05,
    );
  });

  it('spots and answers nothing in paragraphs', () => {
    for (const text of everydayParagraphTexts) {
      expect(index.lookup(text).kind).toBe('not-found');
      expect(index.spot(text)).toEqual([]);
    }
  });
});
