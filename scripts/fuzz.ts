// `npm run fuzz [-- TARGET…] [--runs N] [--seed N] [--minutes N]`: feeds everything that takes input from outside with
// generated and broken input, until so many inputs or minutes are over. Names what fails as a case for a test.
import { parseArgs } from 'node:util';
import { caseOf } from '../test/fuzz/case-of.ts';
import { type FuzzOutcome, fuzz, turnsOf } from '../test/fuzz/drive.ts';
import { fuzzTargets } from '../test/fuzz/targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    minutes: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const wanted = positionals.length === 0 ? fuzzTargets : fuzzTargets.filter(({ name }) => isWanted(name));
const [runs, seed, minutes] = [
  Number(values.runs),
  Number(values.seed),
  Number(values.minutes ?? Number.POSITIVE_INFINITY),
];

if (values.list) {
  for (const { name, about } of wanted) console.log(`${name.padEnd(26)} ${about}`);
} else if (wanted.length === 0 || !(runs > 0 && Number.isSafeInteger(seed) && minutes > 0)) {
  console.error(`usage: npm run fuzz -- [TARGET…] [--runs N] [--seed N] [--minutes N] [--list]`);
  console.error(`targets: ${fuzzTargets.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else {
  let failures = 0;
  for (const { name } of wanted) {
    const outcome = await fuzz(turnsOf({ target: name, seed, runs }), { maxMs: minutes * 60_000 });
    failures += outcome.failures.length;
    console.log(lineOf(name, outcome));
    for (const failure of outcome.failures) console.log(`\n${caseOf(failure)}\n`);
  }
  console.log(failures === 0 ? 'nothing failed' : `${failures} failed`);
  process.exitCode = failures === 0 ? 0 : 1;
}

/** By its name, or by its beginning: `import` is every importer. */
function isWanted(name: string): boolean {
  return positionals.some((one) => name === one || name.startsWith(`${one}-`));
}

function lineOf(target: string, { inputs, failures, slowestMs, elapsedMs }: FuzzOutcome): string {
  const told = failures.length === 0 ? 'sound' : `${failures.length} FAILED`;
  const seconds = (elapsedMs / 1000).toFixed(0);
  return `${target.padEnd(26)} ${String(inputs).padStart(8)} inputs from seed ${seed} in ${seconds} s, the slowest ${slowestMs.toFixed(0)} ms: ${told}`;
}
