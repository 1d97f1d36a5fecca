import { describe, expect, it } from 'vitest';
import { createChat } from '../../../src/chat/chat.ts';
import { commandTable, findCommand } from '../../../src/chat/commands/index.ts';
import { createDesk } from '../../../src/chat/desk.ts';
import type { Reply } from '../../../src/chat/types.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMemoryStore } from '../../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };
const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
const chat = createChat({ desk, clock, log: silentLog });

function say(text: string): Promise<Reply> {
  const place = { platform: 'cli', id: 'here', kind: 'direct', ceiling: 'green' } as const;
  return chat.handle({ text, place, person: 'p', now });
}

describe('commandTable', () => {
  it('has one-word verbs, each once', () => {
    const names = commandTable.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+$/);
  });

  it.each(commandTable.map((command) => [command.name, command] as const))(
    'describes %s shortly',
    (name, command) => {
      expect(command.summary.length).toBeLessThanOrEqual(128);
      expect(command.summary).toMatch(/\.$/);
      expect(command.usage.startsWith(name)).toBe(true);
      expect(command.examples.length).toBeGreaterThan(0);
    },
  );

  it.each(commandTable.flatMap(({ name, examples }) => examples.map((example) => [example, name] as const)))(
    'understands its example "%s"',
    async (example, name) => {
      const found = findCommand(example);

      expect(found?.command.name).toBe(name);
      expect(found?.command.prepare(found.rest).kind).toBe('ready');
      expect((await say(example)).card.title).not.toMatch(/Not understood|did not work/);
    },
  );
});

describe('help', () => {
  it('teaches the commands and questions that work', async () => {
    const { card } = await say('help');

    expect(sectionTexts(card, 'commands')).toHaveLength(commandTable.length - 1);
    expect(sectionTexts(card, 'examples')).toContain('APT39');
  });

  it('says where a question is typed', async () => {
    const how = sectionTexts((await say('help')).card, 'how').join(' ');

    for (const words of ['mention the bot', '“/apt”', 'direct message']) expect(how).toContain(words);
  });

  it('explains one command with its examples to press', async () => {
    const { card } = await say('help digest');

    expect(sectionTexts(card, 'usage')).toEqual(['digest [now | preview | dead] [DAYS] [FILTERS]']);
    expect(card.sections.find(({ id }) => id === 'examples')).toMatchObject({
      items: expect.arrayContaining([
        {
          text: expect.anything(),
          action: { type: 'command', label: 'Try It', value: { verb: 'ask', question: 'digest 30' } },
        },
      ]),
    });
  });

  it('leaves a sentence that begins with the verb to the questions', async () => {
    expect((await say('help me understand APT900')).answer).toBeDefined();
  });
});

describe('a mistyped command', () => {
  const meantOf = async (text: string): Promise<unknown> =>
    (await say(text)).card.sections.find(({ id }) => id === 'meant');

  it.each([
    ['sunscribe daily 8', 'subscribe daily 8'],
    ['susbcribe daily 8', 'subscribe daily 8'],
    ['Setings zone UTC', 'settings zone UTC'],
    ['wath APT900', 'watch APT900'],
    ['comapre APT900 and APT901', 'compare APT900 and APT901'],
    ['hlep', 'help'],
  ])('reads "%s" as a question and offers "%s" to press', async (text, question) => {
    expect(await meantOf(text)).toMatchObject({
      type: 'list',
      items: [{ text: [{ text: question, style: 'code' }], action: { value: { verb: 'ask', question } } }],
    });
  });

  it.each([
    ['help frobnicate', 'help [COMMAND]'],
    ['settings colour', 'settings [sectors'],
  ])('says of "%s" how the command is written', async (text, usage) => {
    const { card } = await say(text);

    expect(sectionTexts(card, 'meant').join(' ')).toContain(usage);
  });

  it.each([
    'APT900',
    'who is APT900',
    'nothing here has this name',
    'APT900 please',
    `lisst ${'x'.repeat(400)}`,
  ])('is not seen in "%s"', async (text) => {
    expect(await meantOf(text)).toBeUndefined();
  });
});

describe('brief', () => {
  it.each(['brief APT900', 'BRIEF apt900', 'brief me on APT900'])(
    'answers "%s" with the briefing',
    async (text) => {
      expect((await say(text)).card.title).toBe('APT900');
    },
  );

  it('asks whom it is about', async () => {
    expect(readCard((await say('brief')).card)).toMatch(/Say whom.*brief ACTOR/s);
  });
});

describe('search', () => {
  it('lists what a text names and begins', async () => {
    const found = async (text: string): Promise<readonly string[]> =>
      sectionTexts((await say(text)).card, 'matches').map((line) => line.split(',')[0] ?? '');

    expect(await found('search velvet')).toEqual(['APT900']);
    expect((await found('search shared')).toSorted()).toEqual(['APT900', 'APT901']);
  });

  it('lists what has the text as a later word of a name', async () => {
    const lines = sectionTexts((await say('search heron')).card, 'matches');

    expect(lines.some((line) => line.startsWith('APT900') && line.includes('Velvet Heron'))).toBe(true);
  });

  it('says that no name fits', async () => {
    expect(readCard((await say('search qqqqqqqq')).card)).toContain('No name here fits.');
  });
});

describe('sources', () => {
  it('lists what is loaded with count, date, marking and licence, and counts what the place may not see', async () => {
    const { card } = await say('sources');

    expect(sectionTexts(card, 'sources')).toContain(
      'Gamma notes 1.0 — 2 records, imported 2026-01-15, TLP:GREEN, reliability B, Licence of Gamma notes',
    );
    expect(readCard(card)).not.toContain('Delta exchange');
  });

  it('leaves the sources of an actor to the questions', async () => {
    expect((await say('sources of APT900')).answer).toBeDefined();
  });
});

describe('digest', () => {
  it.each([
    ['digest', '7 days since 2026-01-13'],
    ['digest 30', '30 days since 2025-12-21'],
    ['digest preview 2 days country:iran', '2 days since 2026-01-18 · country:Iran'],
    ['digest country:iran', '7 days since 2026-01-13 · country:Iran'],
  ])('reads "%s"', async (text, subtitle) => {
    expect((await say(text)).card.subtitle).toEqual([{ text: subtitle }]);
  });

  it.each([
    ['digest colour:red', /no filter/],
    ['digest 0', /1 to 3660 days/],
    ['digest 999999', /1 to 3660 days/],
  ])('explains what is wrong with "%s"', async (text, problem) => {
    const { card } = await say(text);

    expect(card.title).toBe('Not understood');
    expect(readCard(card)).toMatch(problem);
  });
});
