import { parentPort, workerData } from 'node:worker_threads';
import type { FromFuzzWorker, FuzzJob } from './messages.ts';
import type { FuzzTarget, OpenTarget } from './target.ts';

// Runs turns of some inputs each. Which input is under way stands in shared memory, so that it can be named when it never
// comes back.

const { progress, turns, targets, inputOf } = workerData as FuzzJob;
const { fuzzTargets } = (await import(targets)) as { readonly fuzzTargets: readonly FuzzTarget[] };
const counter = new Int32Array(progress);
let open: { readonly name: string; readonly target: OpenTarget } | undefined;

function send(message: FromFuzzWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}

async function targetOf(name: string): Promise<OpenTarget> {
  if (open?.name === name) return open.target;
  await open?.target.close();
  const target = await fuzzTargets.find((one) => one.name === name)?.open();
  if (target === undefined) throw new Error(`no target named ${name}`);
  open = { name, target };
  return target;
}

if (inputOf !== undefined) {
  const target = await targetOf(inputOf.target);
  send({ kind: 'input', input: target.inputAt(inputOf.seed, inputOf.index) });
}
for (const [at, turn] of turns.entries()) {
  // Opening a target takes a while, and is none of its inputs.
  Atomics.store(counter, 2, 0);
  const target = await targetOf(turn.target);
  const result = await target.run({
    ...turn,
    before: (index) => {
      Atomics.store(counter, 0, at);
      Atomics.store(counter, 1, index);
      Atomics.add(counter, 2, 1);
    },
  });
  send({ kind: 'turn', turn, result });
}
await open?.target.close();
send({ kind: 'end' });
