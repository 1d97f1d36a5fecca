import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from '../support/metrics.ts';

const resolutionMs = 10;
const quantiles = [50, 99, 100] as const;

/**
 * How long work waits for its turn in this process: the metric `threatbrief_event_loop_delay_seconds`, by quantile, over
 * the time since it was read last. Returns what ends the measuring.
 */
export function measureLoopDelay(metrics: Metrics): () => void {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  metrics.gauges(
    'threatbrief_event_loop_delay_seconds',
    'How long work waited for its turn, by quantile, since this was read last.',
    () => {
      const values = quantiles.map((quantile) => ({
        labels: { quantile: String(quantile / 100) },
        value: beyondResolution(delays.percentile(quantile)),
      }));
      delays.reset();
      return values;
    },
  );
  return () => void delays.disable();
}

/** What is measured is the time from one look to the next; a look is due at every step of the resolution. */
function beyondResolution(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolutionMs) / 1_000;
}
