import { measure } from '../measure.ts';
import type { SlackBlock } from './types.ts';

const countedKeys = new Set(['text', 'url', 'alt_text', 'title', 'description', 'label', 'placeholder']);

/** Characters over all blocks of a message: every text that is shown and every link, emoji in bytes. */
export function countMessageChars(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce((sum: number, block) => sum + countMessageChars(block), 0);
  if (typeof blocks !== 'object' || blocks === null) return 0;
  let sum = 0;
  for (const [key, value] of Object.entries(blocks)) {
    sum += typeof value === 'string' ? (countedKeys.has(key) ? measure(value) : 0) : countMessageChars(value);
  }
  return sum;
}

/** Characters in the message's tables. */
export function countTableChars(blocks: readonly SlackBlock[]): number {
  return countMessageChars(blocks.filter(({ type }) => type === 'table'));
}
