import * as fc from 'fast-check';
import { defineTarget } from './target.ts';

/** The one number of a hundred for which a reader never comes back. */
export const endlessNumber = 42;

const numbers = fc.integer({ min: 0, max: 99 });

/** Readers that fail in the ways that only a watcher sees. */
export const fuzzTargets = [
  defineTarget<number>('endless', 'numbers, of which one is read for ever', () => ({
    inputs: numbers,
    problemsOf: (number) => {
      let isOver = number !== endlessNumber;
      while (!isOver) isOver = number < 0;
      return [];
    },
  })),
  defineTarget<number>('forgotten', 'numbers, of which one is never answered', () => ({
    inputs: numbers,
    problemsOf: (number) =>
      number === endlessNumber ? new Promise((resolve) => setTimeout(resolve, 60_000, [])) : [],
  })),
  defineTarget<number>('ending', 'numbers, of which one ends the thread', () => ({
    inputs: numbers,
    problemsOf: (number) => {
      if (number === endlessNumber) process.exit(7);
      return [];
    },
  })),
  defineTarget<number>('sound', 'numbers, all of which are read', () => ({
    inputs: numbers,
    problemsOf: () => [],
  })),
];
