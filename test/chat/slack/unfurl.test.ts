import { describe, expect, it } from 'vitest';
import { createMemorySeenEvents } from '../../../src/chat/seen-events.ts';
import { createSharedLinks, quietMs } from '../../../src/chat/slack/shared-links.ts';
import { ownPath } from '../../../src/chat/slack/unfurl.ts';

describe('ownPath', () => {
  it.each([
    ['https://tb.example/actor/APT39', 'https://tb.example', '/actor/APT39'],
    ['https://tb.example/actor/Lazarus%20Group?x=1#y', 'https://tb.example/', '/actor/Lazarus%20Group'],
    ['https://TB.example:443/intel/actor/a', 'https://tb.example/intel', '/actor/a'],
    ['http://tb.example/actor/APT39', 'https://tb.example', undefined],
    ['https://tb.example:8443/actor/APT39', 'https://tb.example', undefined],
    ['https://tb.example.evil.example/actor/APT39', 'https://tb.example', undefined],
    ['https://tb.example@evil.example/actor/APT39', 'https://tb.example', undefined],
    ['https://tb.example/actor/', 'https://tb.example', undefined],
    ['https://tb.example/actors/APT39', 'https://tb.example', undefined],
    ['https://tb.example/intelligence/actor/a', 'https://tb.example/intel', undefined],
    ['https://tb.example/actor/../metrics', 'https://tb.example', undefined],
    [`https://tb.example/actor/${'x'.repeat(400)}`, 'https://tb.example', undefined],
    ['javascript:alert(1)', 'https://tb.example', undefined],
    ['https://tb.example/actor/APT39', undefined, undefined],
  ])('of %s at %s is %s', (link, publicUrl, path) => {
    expect(ownPath(link, publicUrl)).toBe(path);
  });
});

describe('shared links', () => {
  const at = (minutes: number): Date => new Date(minutes * 60_000);

  it('count from the last share, and from the first one of another replica', async () => {
    const seen = createMemorySeenEvents();
    const [one, other] = [createSharedLinks(seen), createSharedLinks(seen)];

    expect(await one.isFirst('a', at(0))).toBe(true);
    expect(await other.isFirst('a', at(10))).toBe(false);
    expect(await one.isFirst('a', at(25))).toBe(false);
    expect(await one.isFirst('a', at(50))).toBe(false);
    expect(await one.isFirst('a', at(50 + quietMs / 60_000))).toBe(true);
    expect(await one.isFirst('b', at(50))).toBe(true);
  });

  it('are kept in a bounded number', async () => {
    const links = createSharedLinks(createMemorySeenEvents(10));
    for (let index = 0; index < 6_000; index += 1) await links.isFirst(`link ${index}`, at(0));

    expect(await links.isFirst('link 5999', at(1))).toBe(false);
    expect(await links.isFirst('link 0', at(1))).toBe(true);
  });
});
