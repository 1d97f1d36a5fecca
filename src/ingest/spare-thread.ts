import type { Worker } from 'node:worker_threads';

/** A thread that has read well and waits for the next import: starting one costs a quarter of a second. */
interface Spare {
  readonly thread: Worker;
  /** With how much memory it was started, in MB. */
  readonly maxHeapMb: number;
  readonly timer: NodeJS.Timeout;
}

/** A thread keeps some 40 MB, so that it waits no longer than imports follow on one another. */
const idleMs = 5_000;

/** One for the process: imports seldom run side by side. */
let spare: Spare | undefined;

/** The thread that waits, when it was started with this much memory; its caller has it alone. */
export function takeSpare(maxHeapMb: number): Worker | undefined {
  if (spare?.maxHeapMb !== maxHeapMb) return undefined;
  const { thread, timer } = spare;
  spare = undefined;
  clearTimeout(timer);
  thread.removeAllListeners('error').off('exit', forget);
  thread.ref();
  return thread;
}

/** Keeps a thread that is idle and sound for the next import; it holds no process open. Another that waits is ended. */
export async function keepSpare(thread: Worker, maxHeapMb: number): Promise<void> {
  const before = spare;
  thread.unref();
  thread.on('error', forget).on('exit', forget);
  const timer = setTimeout(() => void endSpare(thread), idleMs);
  timer.unref();
  spare = { thread, maxHeapMb, timer };
  if (before === undefined) return;
  clearTimeout(before.timer);
  await before.thread.terminate();
}

async function endSpare(thread: Worker): Promise<void> {
  if (spare?.thread === thread) spare = undefined;
  await thread.terminate();
}

function forget(this: Worker): void {
  if (spare?.thread !== this) return;
  clearTimeout(spare.timer);
  spare = undefined;
}
