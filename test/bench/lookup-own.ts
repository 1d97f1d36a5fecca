import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createIndex } from '../../src/search/create-index.ts';
import { spotAll } from '../../src/search/spot-all.ts';
import type { SearchEntity, SearchIndex } from '../../src/search/types.ts';
import { nothingNamed } from '../search/labelled/nothing-named.ts';
import { Random } from '../search/labelled/random.ts';
import { inSentence, oneTypo } from '../search/labelled/variants.ts';
import { quantile } from './lookup-figures.ts';
import { syntheticEntities } from './synthetic-entities.ts';

/** What only our index can do in a reasonable time, a line each with its goal. */
export function ownFigures(
  entities: readonly SearchEntity[],
  index: SearchIndex,
  seed: number,
): readonly string[] {
  const prose = proseOf(entities, 8_000, seed);
  const long = proseOf(entities, 1_000_000, seed);
  const pasted = long.slice(0, 100 * 1024);
  const builds = [1, 2, 3, 4, 5].map(() => timedMs(() => wholeIndex(entities)));
  const spotMs = leastMs(8, () => index.spot(long));
  const allMs = leastMs(8, () => spotAll(index, pasted));
  const hostileMs = Math.max(
    ...['a', 'a ', 'apt ', '- ', '\n', 'the Snake group '].map((piece) => {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      return leastMs(3, () => index.spot(text));
    }),
  );
  return [
    `exact alias, hot: ${hotUs(index, 'chafer').toFixed(2)} µs (goal: 1)`,
    `8,000 pasted characters: ${leastMs(20, () => index.lookup(prose)).toFixed(2)} ms (goal: 1)`,
    `building the index: ${Math.min(...builds).toFixed(0)} ms at best, ${builds[0]?.toFixed(0)} ms at first (goal: 300)`,
    `spotting names in 1 MB: ${(long.length / 1000 / spotMs).toFixed(1)} MB/s (goal: 10); ` +
      `100 KB of hostile text: ${hostileMs.toFixed(0)} ms at most`,
    `spotting names, vulnerabilities and indicators in 100 KB: ${allMs.toFixed(1)} ms, ` +
      `${(pasted.length / 1000 / allMs).toFixed(1)} MB/s`,
    ...large(100_000, seed),
  ];
}

/** With what is made at the first misspelt name otherwise. */
function wholeIndex(entities: readonly SearchEntity[]): SearchIndex {
  const index = createIndex(entities);
  Array.from(index.prepare());
  return index;
}

/** The same on made-up actors, to see how cost grows. */
function large(count: number, seed: number): readonly string[] {
  const entities = syntheticEntities(count, seed);
  const before = memoryMb();
  const started = performance.now();
  const index = wholeIndex(entities);
  const buildMs = performance.now() - started;
  const memory = memoryMb() - before;
  const random = new Random(seed);
  const queries = random.sample(entities.slice(0, 5_000), 500).map(({ name }, at) => {
    if (at % 5 === 0) return name;
    if (at % 5 === 1) return oneTypo(name.toLowerCase(), random);
    if (at % 5 === 2) return inSentence(name, random);
    return at % 5 === 3 ? name.slice(0, Math.ceil(name.length * 0.6)) : random.pick(nothingNamed);
  });
  const timesMs = queries.map((text) => leastMs(3, () => index.lookup(text)));
  const aheadMs = queries.flatMap((text) =>
    [1, 2, 4].map((length) => leastMs(3, () => index.suggest(text.slice(0, length), 10))),
  );
  return [
    `${count.toLocaleString('en')} made-up actors: built in ${(buildMs / 1000).toFixed(2)} s (goal: 8), ` +
      `${memory.toFixed(0)} MB (goal: 300), p50 ${(quantile(timesMs, 0.5) * 1000).toFixed(1)} µs (goal: 100), ` +
      `p99 ${quantile(timesMs, 0.99).toFixed(2)} ms (goal: 5), ` +
      `type-ahead p99 ${quantile(aheadMs, 0.99).toFixed(2)} ms (goal: 5)`,
  ];
}

function hotUs(index: SearchIndex, text: string): number {
  const count = 200_000;
  const all = (): void => {
    for (let turn = 0; turn < count; turn += 1) index.lookup(text);
  };
  return (leastMs(4, all) * 1000) / count;
}

function timedMs(act: () => unknown): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}

function leastMs(passes: number, act: () => unknown): number {
  return Math.min(...Array.from({ length: passes }, () => timedMs(act)));
}

/** Memory in use once what is not is collected. */
function memoryMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1_000_000;
}

/** Everyday sentences with a name now and then. */
function proseOf(entities: readonly SearchEntity[], length: number, seed: number): string {
  const random = new Random(seed);
  const actors = entities.filter(({ type }) => type === 'intrusion-set');
  let text = '';
  while (text.length < length) {
    const sentence = random.pick(nothingNamed);
    text += random.below(12) === 0 ? `Then ${random.pick(actors).name} came. ` : `${sentence}. `;
  }
  return text.slice(0, length);
}
