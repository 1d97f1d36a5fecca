import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTicker } from '../../src/schedule/ticker.ts';
import { systemClock } from '../../src/support/clock.ts';
import { type Log, silentLog } from '../../src/support/log.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 20, 3, 0, 5) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('startTicker', () => {
  it('ticks every ten seconds of the clock until it is stopped', async () => {
    const ticks: string[] = [];
    const note = async (): Promise<void> => void ticks.push(new Date().toISOString().slice(14, 19));
    const ticker = startTicker([{ name: 'note', run: note }], systemClock, silentLog);

    await vi.advanceTimersByTimeAsync(26_000);
    expect(ticks).toEqual(['00:10', '00:20', '00:30']);
    await ticker.stop();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(ticks).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is alive as long as it ticks', async () => {
    const ticker = startTicker([], systemClock, silentLog);

    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(ticker.isAlive()).toBe(true);
    await ticker.stop();
    await vi.advanceTimersByTimeAsync(61_000);

    expect(ticker.isAlive()).toBe(false);
  });

  it('tells missed ticks to the log and not to the terminal, and goes on', async () => {
    const warned: string[] = [];
    const log: Log = { ...silentLog, warn: (_, message) => void warned.push(message) };
    const written = vi.spyOn(console, 'warn').mockImplementation(() => {});
    let ticks = 0;
    const ticker = startTicker([{ name: 'count', run: async () => (ticks += 1) }], systemClock, log);

    vi.setSystemTime(Date.UTC(2026, 0, 20, 3, 2, 0));
    await vi.advanceTimersByTimeAsync(10_000);
    await ticker.stop();

    expect(warned.length).toBeGreaterThan(0);
    expect(new Set(warned)).toEqual(new Set(['a tick was missed: the process was busy or asleep']));
    expect(written).not.toHaveBeenCalled();
    expect(ticks).toBeGreaterThan(0);
    written.mockRestore();
  });
});
