import type { Knowledge } from '../knowledge/types.ts';
import type { Condition } from '../questions/condition.ts';
import { parseQuestion } from '../questions/parse-question.ts';
import { insideNamesOf } from '../search/inside-names.ts';
import type { SearchIndex } from '../search/types.ts';
import { evaluateList } from './list-evaluate.ts';
import { listIndexOf } from './list-index.ts';
import { rankListed } from './list-rank.ts';
import { rarityOf } from './rarity.ts';
import { searchEntities } from './search-entities.ts';

/** Sentences that between them use every form of question and every part of the lexicon. */
const sentences: readonly string[] = [
  'iranian groups targeting banks in europe with mimikatz since 2022',
  'linux malware used by russian actors',
  'what sectors do chinese groups target',
  'groups targetting telcom',
];

/**
 * Makes what misspelt names are found by and lists are answered from, a step at a time: inverted lists over the knowledge, rarities, and the words by
 * which questions are read. All of it is made at its first use otherwise; done before, no question waits for it. Between
 * two steps, of some ten milliseconds each, something else may be done. Cheap when done already.
 */
export function* prepareLists(knowledge: Knowledge, index: SearchIndex, now: Date): Generator<void> {
  yield* index.prepare();
  insideNamesOf(index, () => searchEntities(knowledge));
  yield;
  const lists = listIndexOf(knowledge);
  yield;
  for (const predicate of predicates) {
    lists.values('intrusion-set', predicate);
    yield;
  }
  lists.listed('ransomware');
  yield;
  for (const type of ['malware', 'tool', 'attack-pattern'] as const) {
    lists.values(type, 'platform');
    yield;
  }
  lists.values('attack-pattern', 'tactic');
  yield;
  rarityOf(knowledge);
  for (const sentence of sentences) {
    yield;
    parseQuestion(sentence, index);
  }
  for (const where of probes) {
    yield;
    rankListed(evaluateList(['intrusion-set'], where, knowledge, now), knowledge);
  }
}

const predicates = ['attributed-to', 'targets-sector', 'targets-region', 'motivation', 'uses'] as const;

const probes: readonly Condition[] = [
  { kind: 'country', code: 'CN' },
  { kind: 'sector', key: 'government' },
  { kind: 'motivation', key: 'espionage' },
];
