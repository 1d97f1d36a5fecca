import { parentPort, workerData } from 'node:worker_threads';
import { boundOf } from './bounds.ts';
import { collectExpressions, type WrittenExpression } from './collect.ts';
import { collectConstructed } from './constructed.ts';
import { type Pump, pumpedText, pumpsFor } from './pump.ts';

/** What takes less than this on a short text stays below what a long one may take even if it grows with the square. */
const short = { chars: 8_000, milliseconds: 0.3 };
/** What takes more than this on a short text needs no long one. */
const surelySlowMs = 25;
/** The longest text may take so many times as long as a quarter of it, where it takes long enough to tell. */
const maxGrowth = 8;
const tellingMs = 35;
/** Processor time on a long text, on a machine on which the probe takes no longer than it does here. */
const maxMs = 50;
const probe = { expression: /[ab]{1,100}!/g, text: 'a'.repeat(20_000), milliseconds: 6 };

/** An expression with a text that costs it too much. */
export interface SlowExpression {
  readonly expression: WrittenExpression;
  readonly text: string;
  /** Processor time on the longest text that was tried. */
  readonly milliseconds: number;
  readonly chars: number;
}

/** What the worker tells: what it is at, and at the end how many texts it has tried. */
export type Told =
  | { readonly kind: 'begins'; readonly expression: WrittenExpression }
  | { readonly kind: 'slow'; readonly slow: SlowExpression }
  | { readonly kind: 'ended'; readonly expressions: number; readonly texts: number };

async function tryAll(folder: string): Promise<void> {
  const expressions = [...collectExpressions(folder), ...(await collectConstructed(folder))];
  const slower = Math.max(1, least(probe.expression, probe.text) / probe.milliseconds);
  let texts = 0;
  for (const expression of expressions) {
    tell({ kind: 'begins', expression });
    const { pattern, flags } = expression;
    const global = new RegExp(pattern, `${flags.replaceAll(/[gy]/g, '')}g`);
    // What costs no more than a text whose long form was cheap enough needs no long form of its own.
    let cleared = short.milliseconds;
    for (const pump of pumpsFor(pattern, flags)) {
      texts += 1;
      const tried = tryOn(global, pump, boundOf(expression.file), slower, cleared);
      if (tried.kind === 'cheap') cleared = Math.max(cleared, tried.milliseconds * 1.2);
      if (tried.kind !== 'slow') continue;
      const { milliseconds, chars } = tried;
      tell({ kind: 'slow', slow: { expression, text: pumpedText(pump, 60), milliseconds, chars } });
      break;
    }
  }
  tell({ kind: 'ended', expressions: expressions.length, texts });
}

type Outcome =
  /** Milliseconds on the short text. */
  | { readonly kind: 'cheap'; readonly milliseconds: number }
  | { readonly kind: 'slow'; readonly milliseconds: number; readonly chars: number };

function tryOn(expression: RegExp, pump: Pump, most: number, slower: number, cleared: number): Outcome {
  const chars = Math.min(short.chars, most);
  const text = pumpedText(pump, chars);
  const first = timed(expression, text);
  if (first <= cleared) return { kind: 'cheap', milliseconds: 0 };
  // Once more: the first time it is compiled, and the machine may have had something else to do.
  const milliseconds = least(expression, text);
  if (milliseconds <= cleared) return { kind: 'cheap', milliseconds: 0 };
  if (milliseconds > surelySlowMs * slower) return { kind: 'slow', milliseconds, chars };
  if (chars === most) return { kind: 'cheap', milliseconds };
  const slowMs = (): number | undefined => {
    const onQuarter = least(expression, pumpedText(pump, most / 4));
    const onMost = least(expression, pumpedText(pump, most));
    const isGrowing = onMost > tellingMs * slower && onMost > maxGrowth * onQuarter;
    return isGrowing || onMost > maxMs * slower ? onMost : undefined;
  };
  // What is slow is so each time; what only the machine held up is not.
  const onMost = slowMs() === undefined ? undefined : slowMs();
  return onMost === undefined
    ? { kind: 'cheap', milliseconds }
    : { kind: 'slow', milliseconds: onMost, chars: most };
}

function tell(message: Told): void {
  // A port to the main thread has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

function least(expression: RegExp, text: string): number {
  return Math.min(timed(expression, text), timed(expression, text), timed(expression, text));
}

/** Milliseconds of this thread's processor time, so that other work on the machine does not count. */
function timed(expression: RegExp, text: string): number {
  const start = process.threadCpuUsage();
  text.replace(expression, '');
  return process.threadCpuUsage(start).user / 1_000;
}

const given: unknown = workerData;
if (typeof given === 'string') await tryAll(given);
