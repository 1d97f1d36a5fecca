// Every gate, one after the other: format, lint, types, import direction, unused code, tests with coverage, build.
// `npm run check -- lint types` runs only those named. Ends with 1 when any gate failed; later gates still run.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

interface Gate {
  readonly name: string;
  readonly command: readonly string[];
}

const gates: readonly Gate[] = [
  { name: 'format', command: ['@biomejs/biome:biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', '.'] },
  { name: 'types', command: ['typescript:tsc', '-p', 'tsconfig.json'] },
  { name: 'browser-types', command: ['typescript:tsc', '-p', 'tsconfig.browser.json'] },
  { name: 'imports', command: ['scripts/check-imports.ts'] },
  { name: 'unused', command: ['knip'] },
  { name: 'supply-chain', command: ['scripts/check-supply-chain.ts'] },
  { name: 'tests', command: ['vitest', 'run', '--coverage'] },
  { name: 'build', command: ['scripts/build.ts'] },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !gates.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(`no gate named ${unknown.join(', ')}; known: ${gates.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

// What tests start, processes and import threads by the hundred, loads the same sources: compiled once, they start in
// half of the time.
const env = {
  NODE_COMPILE_CACHE: resolve('node_modules/.cache/threatbrief-tests'),
  ...process.env,
};
const failed: string[] = [];
for (const { name, command } of gates) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['bin/run.js', ...command], { stdio: 'inherit', env });
  console.log(
    `== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exit(1);
}
console.log('\nall gates passed');
