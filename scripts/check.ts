// Every gate: format, lint, types, import direction, unused code, what is installed, two at a time; then tests with
// coverage, tests of the whole, and the build, each alone. `npm run check -- lint types` runs only those named. Ends
// with 1 when any gate failed; later gates still run.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

interface Gate {
  readonly name: string;
  readonly command: readonly string[];
  /** True: it has both cores for itself, and its output is shown as it comes. */
  readonly isAlone?: boolean;
}

const gates: readonly Gate[] = [
  { name: 'format', command: ['@biomejs/biome:biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', '.'] },
  { name: 'types', command: ['typescript:tsc', '-p', 'tsconfig.json'] },
  { name: 'browser-types', command: ['typescript:tsc', '-p', 'tsconfig.browser.json'] },
  { name: 'imports', command: ['scripts/check-imports.ts'] },
  { name: 'unused', command: ['knip'] },
  { name: 'supply-chain', command: ['scripts/check-supply-chain.ts'] },
  { name: 'tests', command: ['vitest', 'run', '--project', 'unit', '--coverage'], isAlone: true },
  { name: 'whole-tests', command: ['vitest', 'run', '--project', 'whole'], isAlone: true },
  { name: 'build', command: ['scripts/build.ts'], isAlone: true },
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

async function run({ name, command, isAlone = false }: Gate): Promise<void> {
  const started = performance.now();
  if (isAlone) console.log(`\n== ${name}`);
  const child = spawn(process.execPath, ['bin/run.js', ...command], {
    stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => void said.push(chunk));
  }
  const status = await new Promise<number>((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code) => settle(code ?? 1));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!isAlone) process.stdout.write(`\n== ${name}\n${Buffer.concat(said).toString('utf8')}`);
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (status !== 0) failed.push(name);
}

async function runInTurn(waiting: Gate[]): Promise<void> {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) await run(gate);
}

const due = gates.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const side = due.filter(({ isAlone }) => isAlone !== true);
await Promise.all([runInTurn(side), runInTurn(side)]);
await runInTurn(due.filter(({ isAlone }) => isAlone === true));
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exit(1);
}
console.log('\nall gates passed');
