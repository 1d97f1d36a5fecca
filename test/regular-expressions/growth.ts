/** So many characters; what files may hold more of is tried on four times as many. */
export const longChars = 100_000;
/** What takes less than this is linear enough, whatever it grows with: a file of 4 MB takes seconds at most. */
const cheapMs = 12;
/** Four times the text may take so many times as long; what is linear takes four. */
const maxGrowth = 8;
/** Processor time for 100,000 characters, on a machine on which the probe takes no longer than it does here. */
const maxMs = 50;
/** Wide, for what collects garbage or is compiled while it runs. */
const allowance = 2;
const tries = 3;

const probe = { text: 'a'.repeat(20_000), expression: /[ab]{1,100}!/g, milliseconds: 6 };

export type Read = (text: string) => unknown;

/** A text that costs its reader too much, as people read it. */
export interface SlowText {
  readonly unit: string;
  readonly chars: number;
  readonly milliseconds: number;
  /** How many times as long as a quarter of it. */
  readonly growth: number;
}

/** One kind of text, as long as asked for: a unit many times over, with what ends no match behind it. */
export function longText(unit: string, chars: number): string {
  return `x${unit.repeat(Math.floor(chars / unit.length))}\u0000!`;
}

/**
 * The units of which a long text costs a reader more than its length: more than 50 ms of processor time for 100,000
 * characters, or more than eight times as much for four times as many. What is slow is so each time; what only the machine
 * held up is not.
 */
export async function slowTexts(read: Read, units: readonly string[]): Promise<readonly SlowText[]> {
  const slower = Math.max(
    1,
    (await least((text) => text.replace(probe.expression, ''), probe.text)) / probe.milliseconds,
  );
  const slow: SlowText[] = [];
  for (const unit of units) {
    const text = longText(unit, longChars);
    // Once to be compiled and to fill what is kept.
    const first = await timed(read, text);
    const once = first <= cheapMs ? first : Math.min(first, await timed(read, text));
    if (once <= cheapMs || (await isLinear(read, unit, once, slower))) continue;
    const found = await slowText(read, unit, slower);
    if (found !== undefined) slow.push(found);
  }
  return slow;
}

/** At first sight: what is not is looked at more closely. */
async function isLinear(read: Read, unit: string, once: number, slower: number): Promise<boolean> {
  if (once > allowance * maxMs * slower) return false;
  return (await timed(read, longText(unit, 4 * longChars))) <= maxGrowth * once;
}

async function slowText(read: Read, unit: string, slower: number): Promise<SlowText | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    const once = await least(read, longText(unit, longChars));
    const chars = 4 * longChars;
    const fourfold =
      once > 20 * maxMs * slower ? Number.POSITIVE_INFINITY : await least(read, longText(unit, chars));
    const growth = fourfold / once;
    const isSlow = once > allowance * maxMs * slower || growth > maxGrowth;
    if (!isSlow) return undefined;
    if (attempt === 1) return { unit, chars, milliseconds: Math.round(fourfold), growth: Math.round(growth) };
  }
}

async function least(read: Read, text: string): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < tries; count += 1) fewest = Math.min(fewest, await timed(read, text));
  return fewest;
}

/** Milliseconds of this thread's processor time, so that other work on the machine does not count. */
async function timed(read: Read, text: string): Promise<number> {
  const start = process.threadCpuUsage();
  await read(text);
  return process.threadCpuUsage(start).user / 1_000;
}
