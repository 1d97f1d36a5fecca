import { everydayWordList } from './everyday/everyday-words.ts';
import { Beginnings } from './evidence/beginnings.ts';
import { NearWords } from './evidence/near-words.ts';
import { PartIndex } from './evidence/parts.ts';
import { PrefixIndex } from './evidence/prefixes.ts';
import { TrigramIndex } from './evidence/trigrams.ts';
import { TypoIndex } from './evidence/typos.ts';
import { FieldText } from './field-text.ts';
import { createNameTable, type NameTable } from './name-table.ts';
import { Tokens } from './normalize/tokens.ts';
import type { SearchEntity } from './types.ts';
import { WordClasses } from './word-classes.ts';

/** The tables behind an index, all over the same keys, and the working memory that look-ups share. */
export interface IndexParts {
  readonly names: NameTable;
  readonly beginnings: Beginnings;
  readonly typos: TypoIndex;
  readonly parts: PartIndex;
  readonly prefixes: PrefixIndex;
  readonly trigrams: TrigramIndex;
  readonly classes: WordClasses;
  readonly tokens: Tokens;
  readonly fieldText: FieldText;
  /** Tells misspelt everyday words. */
  readonly nearEveryday: NearWords;
}

export function createIndexParts(entities: readonly SearchEntity[]): IndexParts {
  const tokens = new Tokens();
  const classes = new WordClasses();
  const names = createNameTable(entities, tokens, classes);
  return {
    names,
    beginnings: new Beginnings(names.keys.keys),
    typos: new TypoIndex(names.keys.keys),
    parts: new PartIndex(names),
    prefixes: new PrefixIndex(names.keys.keys),
    trigrams: new TrigramIndex(names.keys.keys),
    classes,
    tokens,
    fieldText: new FieldText(),
    nearEveryday: new NearWords(everydayWordList()),
  };
}

/** Makes what the parts make at their first need otherwise, a step at a time. */
export function* prepareParts({ typos, parts, nearEveryday }: IndexParts): Generator<void> {
  for (const part of [typos, parts, nearEveryday]) {
    part.prepare();
    yield;
  }
}
