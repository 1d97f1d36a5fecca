import { DatabaseSync } from 'node:sqlite';
import damerauLevenshtein from 'damerau-levenshtein';
import Fuse from 'fuse.js';
import { go, snapshot } from 'fuzzysort';
import MiniSearch from 'minisearch';
import { nameKey } from '../../src/domain/name-key.ts';
import type { SearchEntity } from '../../src/search/types.ts';

/** An engine's first answer to a question, with how sure it is, higher is surer; undefined where it has none. */
export interface FirstAnswer {
  readonly id: string;
  readonly score: number;
}
export type Engine = (text: string) => FirstAnswer | undefined;

export interface Peer {
  readonly title: string;
  build(entities: readonly SearchEntity[]): Engine;
}

const keys = ['name', 'aliases', 'externalIds'];
const stopWords = new Set(
  'a an the who is are was what which does do did of on in for to me about tell you know can could give any anything and or by with we us please use uses used active aliases ttps summary'.split(
    ' ',
  ),
);

/** The question without words that carry no name, as the peers that match words need it. */
function withoutStopWords(text: string): string {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}.-]+/u);
  const kept = words.filter((word) => word !== '' && !stopWords.has(word));
  return kept.join(' ');
}

interface Row {
  readonly id: string;
  readonly text: string;
}

/** One row a name, for engines that have no records with several names. */
function rowsOf(entities: readonly SearchEntity[]): readonly Row[] {
  return entities.flatMap(({ id, name, aliases, externalIds }) =>
    [name, ...aliases, ...externalIds].map((text) => ({ id, text })),
  );
}

function fuse(options: object): Peer['build'] {
  return (entities) => {
    const index = new Fuse(entities, { keys, includeScore: true, ...options });
    return (text) => {
      const [first] = index.search(text, { limit: 1 });
      return first === undefined ? undefined : { id: first.item.id, score: 1 - (first.score ?? 1) };
    };
  };
}

/** Token search over one row a name: over records it gives those with the most aliases to any word. */
function fuseTokens(entities: readonly SearchEntity[]): Engine {
  const index = new Fuse(rowsOf(entities), { keys: ['text'], includeScore: true, useTokenSearch: true });
  return (text) => {
    const [first] = index.search(withoutStopWords(text), { limit: 1 });
    return first === undefined ? undefined : { id: first.item.id, score: 1 - (first.score ?? 1) };
  };
}

/** Words of a question all in one name, with slips and beginnings allowed. */
function miniSearch(entities: readonly SearchEntity[]): Engine {
  const index = new MiniSearch<{ at: number; text: string }>({
    idField: 'at',
    fields: ['text'],
    processTerm: (term) => (stopWords.has(term.toLowerCase()) ? null : term.toLowerCase()),
  });
  const rows = rowsOf(entities);
  index.addAll(rows.map(({ text }, at) => ({ at, text })));
  return (text) => {
    const [first] = index.search(text, { combineWith: 'AND', fuzzy: 0.2, prefix: true });
    const row = rows[Number(first?.id ?? -1)];
    return row === undefined || first === undefined ? undefined : { id: row.id, score: first.score };
  };
}

function fuzzySort(entities: readonly SearchEntity[]): Engine {
  const rows = rowsOf(entities);
  const prepared = snapshot(rows, { key: 'text' });
  return (text) => {
    const [first] = go(text, prepared, { limit: 1 });
    return first === undefined ? undefined : { id: first.obj.id, score: first.score };
  };
}

/** FTS5 with trigrams: any shared trigram makes a candidate, the best twenty are compared by their shared trigrams. */
function sqliteTrigram(entities: readonly SearchEntity[]): Engine {
  const database = new DatabaseSync(':memory:');
  database.exec("create virtual table name using fts5(text, id unindexed, tokenize = 'trigram')");
  const insert = database.prepare('insert into name (text, id) values (?, ?)');
  database.exec('begin');
  for (const { id, text } of rowsOf(entities)) insert.run(text, id);
  database.exec('commit');
  const select = database.prepare('select text, id from name where name match ? order by rank limit 20');
  return (text) => {
    const wanted = trigramsOf(text);
    if (wanted.size === 0) return undefined;
    const query = [...wanted].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' OR ');
    let best: FirstAnswer | undefined;
    for (const row of select.all(query)) {
      const own = trigramsOf(String(row['text']));
      const shared = [...own].filter((trigram) => wanted.has(trigram)).length;
      const score = (2 * shared) / (own.size + wanted.size);
      if (best === undefined || score > best.score) best = { id: String(row['id']), score };
    }
    return best;
  };
}

function trigramsOf(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, lower.length - 2) }, (_, at) => lower.slice(at, at + 3)));
}

/** The folded question compared with every folded name. */
function damerau(entities: readonly SearchEntity[]): Engine {
  const rows = rowsOf(entities).map(({ id, text }) => ({ id, text: nameKey(text) }));
  return (question) => {
    const folded = nameKey(question);
    let best: FirstAnswer | undefined;
    for (const { id, text } of rows) {
      const { similarity } = damerauLevenshtein(folded, text);
      if (best === undefined || similarity > best.score) best = { id, score: similarity };
    }
    return best;
  };
}

/** What look-up is measured against. */
export const peers: readonly Peer[] = [
  { title: 'fuse.js tuned', build: fuse({ threshold: 0.3, ignoreLocation: true }) },
  { title: 'fuse.js plain', build: fuse({}) },
  { title: 'fuse.js tokens', build: fuseTokens },
  { title: 'minisearch', build: miniSearch },
  { title: 'fuzzysort', build: fuzzySort },
  { title: 'SQLite trigram', build: sqliteTrigram },
  { title: 'Damerau-Lev.', build: damerau },
];
