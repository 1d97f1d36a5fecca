import { describe, expect, it } from 'vitest';
import { knownZone, parseZone } from '../../../src/schedule/when/zones.ts';

describe('parseZone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['america / argentina / buenos aires', 'America/Argentina/Buenos_Aires'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['US/Eastern', 'America/New_York'],
    ['Etc/UTC', 'UTC'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['San Francisco', 'America/Los_Angeles'],
    ['Ho Chi Minh', 'Asia/Ho_Chi_Minh'],
  ])('reads %s', (text, zone) => {
    expect(parseZone(text)).toEqual({ ok: true, zone });
  });

  it.each([
    ['CET', 'Europe/Berlin'],
    ['est', 'America/New_York'],
    ['PST', 'America/Los_Angeles'],
    ['IST', 'Asia/Kolkata or Asia/Jerusalem or Europe/Dublin'],
    ['Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['New Yrok', 'Did you mean America/New_York?'],
    ['+02:00', 'an offset'],
    ['UTC+2', 'an offset'],
    ['Mars/Phobos', 'is no time zone'],
    ['', 'is no time zone'],
    ['constructor', 'is no time zone'],
    ['Europe/Berlin tomorrow', 'is no time zone'],
    ['a'.repeat(100_000), 'is no time zone'],
  ])('refuses %s with what to write', (text, words) => {
    const parsed = parseZone(text);

    expect(parsed.ok ? parsed.zone : parsed.problem).toContain(words);
  });

  it('knows every zone of the engine by its own name', () => {
    const unknown = Intl.supportedValuesOf('timeZone').filter((zone) => knownZone(zone) === undefined);

    expect(unknown).toEqual([]);
  });

  it('gives only zones that slots can be computed in', () => {
    for (const zone of Intl.supportedValuesOf('timeZone').flatMap((one) => knownZone(one) ?? [])) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    }
  });
});
