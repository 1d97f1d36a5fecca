import { describe, expect, it } from 'vitest';
import { createBoltLogger, describeError } from '../../../src/chat/slack/bolt-log.ts';
import { silentLog } from '../../../src/support/log.ts';

describe('describeError', () => {
  it.each([
    ['token xoxb-12-34-abc used', 'Error: token x*** used'],
    ['token xoxe.xoxb-1-abc used', 'Error: token x*** used'],
    ['xapp-1-A-2-b', 'Error: x***'],
    ['POST https://hooks.slack.com/commands/T1/2/3 failed', 'Error: POST https://hooks.slack.com/*** failed'],
  ])('hides the secrets in %j', (message, expected) => {
    expect(describeError(new Error(message))).toBe(expected);
  });

  it('names the cause, and copes with what is no error', () => {
    expect(describeError(new TypeError('a', { cause: new Error('b') }))).toBe('TypeError: a (b)');
    expect(describeError('xoxb-1')).toBe('x***');
    expect(describeError(new Error('x'.repeat(9_000))).length).toBeLessThanOrEqual(500);
  });
});

describe('createBoltLogger', () => {
  it("keeps Bolt's warnings and errors, and none of its payloads", () => {
    const lines: unknown[] = [];
    const write = (facts: object, message: string): void => void lines.push([message, facts]);
    const logger = createBoltLogger({ ...silentLog, debug: write, info: write, warn: write, error: write });
    logger.debug('payload');
    logger.info('payload');
    logger.warn('late', 'ack');
    logger.error(new Error('xoxb-1 broke'));

    expect(lines).toEqual([
      ['Slack SDK warning', { detail: 'late ack' }],
      ['Slack SDK error', { detail: 'Error: x*** broke' }],
    ]);
  });
});
