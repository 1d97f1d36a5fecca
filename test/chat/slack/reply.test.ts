import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { renderSlackMessage } from '../../../src/cards/slack/render.ts';
import { assistantGreeting, channelGreeting } from '../../../src/chat/slack/greetings.ts';
import {
  cannotPostNotice,
  failedNotice,
  notInChannelNotice,
  notInstalledNotice,
  notRepeatedNotice,
  oldButtonNotice,
  otherTeamNotice,
} from '../../../src/chat/slack/notices.ts';
import { toPerson, toPlace } from '../../../src/chat/slack/place.ts';
import { inPlaceOf, sharedBy, toAsker } from '../../../src/chat/slack/reply.ts';
import { cleared } from '../../helpers/cleared.ts';
import { sampleCard } from '../../helpers/sample-card.ts';

describe('notices', () => {
  it.each([
    [failedNotice('tb-1')],
    [notInstalledNotice()],
    [otherTeamNotice()],
    [notInChannelNotice()],
    [oldButtonNotice()],
    [notRepeatedNotice()],
    [cannotPostNotice('<!channel>_&', 'tb-1')],
  ])('are sound messages: %#', (message) => {
    const plain = JSON.stringify(message.blocks);

    expect(plain).not.toContain('mrkdwn');
    expect(checkSlackPayload(toAsker(message))).toEqual([]);
    expect(checkSlackPayload(inPlaceOf({ isEphemeral: false }, message))).toEqual([]);
  });
});

describe('greetings', () => {
  it.each([[assistantGreeting], [channelGreeting]])('are sound messages with buttons: %#', (greet) => {
    const message = greet(new Date('2026-11-22T12:00:00Z'));

    expect(checkSlackPayload(message)).toEqual([]);
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(true);
    expect(message.text).not.toContain('—');
  });
});

describe('sharedBy', () => {
  it('shows the name in the first line, whatever it is, within the limits', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '<https://evil.example|click>',
        '\u202e\u200b\u0000',
        '*_~`&amp;',
      ),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        expect(checkSlackPayload(renderSlackMessage(cleared(sharedBy(name, sampleCard))).payload)).toEqual(
          [],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('shortens a long name visibly', () => {
    const { badges } = sharedBy('n'.repeat(300), sampleCard);

    expect(badges.at(-1)?.text).toBe(`Shared by ${'n'.repeat(80)}…`);
  });
});

describe('toPlace', () => {
  it('names the conversation, and the thread where there is one', () => {
    const audience = { ceiling: 'green', kind: 'channel' } as const;

    expect(toPlace({ teamId: 'T1', channelId: 'C1' }, audience)).toEqual({
      platform: 'slack',
      id: 'T1/C1',
      workspace: 'slack:T1',
      kind: 'channel',
      ceiling: 'green',
    });
    expect(toPlace({ teamId: 'T1', channelId: 'C1', threadTs: '1.2' }, audience).id).toBe('T1/C1/1.2');
    expect(toPerson('T1', 'U1')).toBe('T1/U1');
  });
});
