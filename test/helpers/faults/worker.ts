import { createDeliveries } from '../../../src/schedule/deliveries.ts';
import { createTaskRunner } from '../../../src/schedule/task-runner.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMetrics } from '../../../src/support/metrics.ts';
import { composing } from '../delivery/composing.ts';
import { createScaledClock } from './scaled-clock.ts';
import { createStandInPlatform } from './stand-in-platform.ts';
import { partsOf, type WorkerOptions } from './worker-options.ts';

// One process that delivers until it is killed: by its parent, or by itself at a step.

const options = JSON.parse(process.argv[2] ?? '{}') as WorkerOptions;
const clock = createScaledClock(options.scale);
let stepsLeft = options.kill?.times ?? 0;

function dieAt(step: string): void {
  if (options.kill?.step !== step) return;
  stepsLeft -= 1;
  if (stepsLeft > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once, but not within this turn.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
}

const store = await openStore({ home: options.home, databaseUrl: options.databaseUrl });
const engine = createDeliveries({
  store,
  platforms: [createStandInPlatform({ ...options.platform, clock, onSent: () => dieAt('in-flight') })],
  compose: composing(({ subscription }) => partsOf(subscription.id)),
  clock,
  log: silentLog,
  metrics: createMetrics(),
  rules: { catchUpMs: 12 * 3_600_000, whenInDoubt: 'repeat' },
  random: Math.random,
  sleep: clock.sleep,
  owner: `worker-${process.pid}-${Date.now()}`,
  onStep: dieAt,
});
const runner = createTaskRunner(engine.tasks, clock, silentLog);

process.on('disconnect', () => process.exit(0));
process.send?.('ready');
if (options.waits === true) await new Promise((resolve) => process.once('message', resolve));
for (;;) {
  void runner.tick();
  await clock.sleep(10_000);
}
