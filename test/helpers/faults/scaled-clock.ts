import type { Clock } from '../../../src/support/clock.ts';
import { sleep as realSleep } from '../../../src/support/sleep.ts';

/** A clock that runs faster than the machine's, the same in every process that is told the same. */
export interface ScaledClock extends Clock {
  /** Sleeps by this clock. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Real milliseconds. */
  real(ms: number): number;
}

export interface ClockScale {
  /** What this clock says, and what the machine's says, at the same moment; epoch milliseconds. */
  readonly begin: number;
  readonly realBegin: number;
  readonly speed: number;
}

export function createScaledClock({ begin, realBegin, speed }: ClockScale): ScaledClock {
  return {
    now: () => new Date(begin + Math.floor((Date.now() - realBegin) * speed)),
    sleep: (ms, signal) => realSleep(ms / speed, signal),
    real: (ms) => ms / speed,
  };
}
