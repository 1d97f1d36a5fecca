import { parentPort, workerData } from 'node:worker_threads';
import type { FromFuzzWorker, FuzzJob } from './messages.ts';
import { fuzzTargets } from './targets.ts';

// Runs one target in turns of some inputs each. Which input is under way stands in shared memory, so that it can be named
// when it never comes back.

const { target: wanted, progress, turns, inputOf } = workerData as FuzzJob;
const counter = new Int32Array(progress);

function send(message: FromFuzzWorker): void {
  parentPort?.postMessage(message);
}

const target = await fuzzTargets.find(({ name }) => name === wanted)?.open();
if (target === undefined) throw new Error(`no target named ${wanted}`);
if (inputOf !== undefined) {
  send({ kind: 'input', input: target.inputAt(inputOf.seed, inputOf.index) });
} else {
  send({ kind: 'open' });
  for (const { seed, runs } of turns) {
    const result = await target.run({
      seed,
      runs,
      before: (index) => {
        Atomics.store(counter, 0, seed);
        Atomics.store(counter, 1, index);
        Atomics.add(counter, 2, 1);
      },
    });
    send({ kind: 'turn', seed, result });
  }
}
await target.close();
send({ kind: 'end' });
