import type { FuzzFailure } from './drive.ts';

const maxInputChars = 4_000;

/** A failure as a case to paste into a test, with the command that repeats it. */
export function caseOf({ target, seed, input, problem }: FuzzFailure): string {
  const shown = input.length > maxInputChars ? `${input.slice(0, maxInputChars)} …` : input;
  return [
    ...problem.split('\n').map((line) => `  // ${line}`),
    `  // npm run fuzz -- ${target} --seed ${seed} --runs 1000`,
    `  ['${target}', ${shown}],`,
  ].join('\n');
}
