import * as fc from 'fast-check';

/**
 * Property tests draw the same inputs in every run, so that a commit is judged by what it changed;
 * `THREATBRIEF_TEST_SEED=random` draws new ones. A limit in time also ends the search for a smaller
 * counterexample, which could otherwise take half an hour.
 */
const wanted = process.env.THREATBRIEF_TEST_SEED ?? '20261122';
fc.configureGlobal({
  interruptAfterTimeLimit: 60_000,
  ...(wanted === 'random' ? {} : { seed: Number(wanted) }),
});
