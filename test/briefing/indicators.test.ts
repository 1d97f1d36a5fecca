import { describe, expect, it } from 'vitest';
import { createDesk } from '../../src/chat/desk.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

const values = [
  'evil.example',
  '203.0.113.0/24',
  '198.51.100.9',
  '2001:db8::5',
  'd41d8cd98f00b204e9800998ecf8427e',
  'dropper.exe',
  'spy@evil.example',
];
const indicators = [
  ...values.map((value) => ({
    source: 'gamma',
    recordId: 'event-1',
    indicator: {
      type: 'other',
      value,
      lookupValues: [value],
      detectable: value !== 'dropper.exe',
      comment: 'seen at http://watch.example',
      date: '2025-06-02T00:00:00Z',
    },
  })),
  {
    source: 'gamma',
    recordId: 'event-1',
    indicator: {
      type: 'domain',
      value: 'amber.example',
      lookupValues: ['amber.example'],
      marking: { tlp: 'amber' as Tlp },
    },
  },
];
const { store } = createMemoryStore({ indicators });
const ranged = {
  ...store,
  indicatorValues: async (ranges: readonly { from: string; to: string }[], limit: number) =>
    values.filter((value) => ranges.some(({ from, to }) => from <= value && value < to)).slice(0, limit),
};
const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const desk = createDesk({ store: ranged, clock, log: silentLog });

async function reports(text: string): Promise<string> {
  const answer = await desk.ask(text, 'green');
  return `${answer.outcome}: ${sectionTexts(answer.card, 'reports').join('\n')}`;
}

describe('a question after one indicator', () => {
  it.each([
    ['is a.b.evil[.]example malicious?', 'found by a domain above it'],
    ['have we seen hxxps://www.evil[.]example/login', 'found by a domain above it'],
    ['hxxp://evil[.]example:8080/x', 'found by its host'],
    ['203.0.113.77', 'found by a network that holds it'],
    ['198.51.100.0/24', 'lies inside the network'],
    ['2001:0db8:0000::0005', '2001:db8::5'],
    ['2001:db8::/32', 'lies inside the network'],
    ['D41D8CD98F00B204E9800998ECF8427E', 'for detection'],
    ['have we seen dropper.exe', 'not for detection'],
    ['spy[@]evil[.]example', 'for detection'],
    ['198.51.100.9:443', 'for detection'],
  ])('finds what is recorded for %s', async (text, words) => {
    const said = await reports(text);

    expect(said).toMatch(/^answer: Herons on the wire, 2025-06-02/);
    expect(said).toContain(words);
    expect(said).toContain('TLP:GREEN');
    expect(said).toContain('comment: seen at');
  });

  it.each(['8.8.8.8', 'co.uk', 'a.example', '203.0.114.1', 'notevil.example'])(
    'finds nothing for %s, and calls it neither harmless nor bad',
    async (text) => {
      const answer = await desk.ask(`is ${text} malicious?`, 'green');

      expect(answer.outcome).toBe('not-found');
      expect(readCard(answer.card)).toContain('Not recorded is not the same as harmless.');
      expect(readCard(answer.card)).not.toMatch(/malicious|benign|clean/i);
    },
  );

  it('counts what the indicator’s own marking hides, close to it too', async () => {
    const answer = await desk.ask('www.amber.example', 'green');

    expect([answer.outcome, answer.withheld]).toEqual(['not-found', { count: 1, highest: 'amber' }]);
  });
});

describe('a question after several indicators', () => {
  it('gives a line for each, those that are recorded first', async () => {
    const answer = await desk.ask('check these: 8.8.8.8, evil[.]example and 203.0.113.9', 'green');

    expect(answer.outcome).toBe('answer');
    const rows = sectionTexts(answer.card, 'indicators');
    expect(rows.map((row) => row.split(' | ')[0])).toEqual(['evil.example', '203.0.113.9', '8.8.8.8']);
    expect(rows[0]).toContain('APT900');
    expect(rows[2]).toContain('not recorded');
  });

  it('looks at a hundred at most, and says how many are left', async () => {
    const many = Array.from({ length: 130 }, (_, n) => `10.9.${n}.1`).join('\n');

    expect(readCard((await desk.ask(many, 'green')).card)).toContain('30 more were not looked up');
  });
});
