import { parentPort, workerData } from 'node:worker_threads';
import type { WrittenExpression } from './collect.ts';
import { pumped } from './pump.ts';

/** A matcher that goes back over all of this at each place takes some milliseconds. */
const shortChars = 2_000;
/** What a short text may take before it is looked at again, in milliseconds of processor time. */
const suspiciousMs = 0.5;
/** So many suspicious texts are enough to know an expression. */
const maxLooked = 2;

interface Worst {
  /** Processor time on the worst of the short texts. */
  readonly milliseconds: number;
  readonly text: string;
}

/** Tells before each expression which one it is, and after it how long its worst long text takes. */
function tryAll(expressions: readonly WrittenExpression[]): void {
  for (const [index, expression] of expressions.entries()) {
    tell({ kind: 'begins', index });
    tell({ kind: 'ended', index, ...worstOf(expression) });
  }
}

function tell(message: object): void {
  // A port to the main thread has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

function worstOf({ pattern, flags }: WrittenExpression): Worst {
  const expression = new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`);
  let worst: Worst = { milliseconds: 0, text: '' };
  let looked = 0;
  for (const short of pumped(pattern, shortChars)) {
    if (timed(expression, short) < suspiciousMs) continue;
    // Once more: the first time it is compiled, and the machine may have had something else to do.
    const milliseconds = least(expression, short);
    if (milliseconds < suspiciousMs) continue;
    if (milliseconds > worst.milliseconds) worst = { milliseconds, text: short.slice(0, 40) };
    looked += 1;
    if (looked === maxLooked) break;
  }
  return worst;
}

function least(expression: RegExp, text: string): number {
  return Math.min(timed(expression, text), timed(expression, text), timed(expression, text));
}

function timed(expression: RegExp, text: string): number {
  const start = process.cpuUsage();
  text.replace(expression, '');
  return process.cpuUsage(start).user / 1_000;
}

const given: unknown = workerData;
if (Array.isArray(given)) tryAll(given as readonly WrittenExpression[]);
