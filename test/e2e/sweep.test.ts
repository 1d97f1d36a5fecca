import { beforeAll, describe, expect, it } from 'vitest';
import { answerEntity } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import { createChat } from '../../src/chat/chat.ts';
import { commandTable } from '../../src/chat/commands/index.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { errorCard, goneCard, usageCard } from '../../src/chat/message-cards.ts';
import type { Chat, Place } from '../../src/chat/types.ts';
import type { Entity } from '../../src/knowledge/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { allActions } from '../helpers/reading.ts';
import { problemsInViews, problemsOf, sweep, tellCounts } from '../helpers/sweep-cards.ts';

const now = new Date('2026-11-22T12:00:00Z');
const clock = { now: () => now };
const place: Place = { platform: 'cli', id: 'sweep', kind: 'direct', ceiling: 'green' };
let desk: Desk;
let chat: Chat;

beforeAll(async () => {
  desk = createDesk({ store: bundledStore(), clock, log: silentLog });
  await desk.refresh();
  chat = createChat({ desk, clock, log: silentLog });
});

describe('every card of the bundled data', () => {
  it('of an actor is sound on every platform', { timeout: 120_000 }, async () => {
    const context = await desk.contextAt('green');
    const actors = [...context.knowledge.entities.values()].filter(({ type }) => type === 'intrusion-set');

    expect(await sweep(actors, context)).toEqual([]);
    expect(actors.length).toBeGreaterThan(1_000);
    tellCounts(actors);
  });

  it('of anything else is sound on every platform', { timeout: 120_000 }, async () => {
    const context = await desk.contextAt('green');
    const others = longestFirst(context).filter(({ type }) => type !== 'intrusion-set');
    // Thousands are as short as each other: all that have much to tell, and of the rest every fourth.
    const swept = others.filter((_, index) => index < 700 || index % 4 === 0);

    expect(await sweep(swept, context)).toEqual([]);
    expect(swept.length).toBeGreaterThan(2_000);
    tellCounts(swept);
  });

  it('is sound in modals, home tabs, dialogs and channels', { timeout: 120_000 }, async () => {
    const context = await desk.contextAt('green');
    const swept = longestFirst(context).filter((_, index) => index < 40 || index % 60 === 0);
    const problems: string[] = [];
    for (const { id, name } of swept) {
      const answer = await answerEntity(id, 'overview', context);
      if (answer !== undefined)
        problems.push(...problemsInViews(answer.card).map((one) => `${name}: ${one}`));
    }

    expect(problems).toEqual([]);
    process.stdout.write(`swept as modals, home tabs, dialogs and short cards: ${swept.length}\n`);
  });
});

/** What most is said of comes first. */
function longestFirst({ knowledge }: AnswerContext): readonly Entity[] {
  const sizes = new Map([...knowledge.entities.keys()].map((id) => [id, knowledge.claims(id).length]));
  return [...knowledge.entities.values()].sort((a, b) => (sizes.get(b.id) ?? 0) - (sizes.get(a.id) ?? 0));
}

const texts: readonly string[] = [
  ...commandTable.flatMap(({ name, examples }) => [name, ...examples]),
  '',
  'help nothing',
  'Winnti',
  'remix kiten',
  'lazarsu gruop',
  'apt 39000',
  'xqzv wjkp',
  'x'.repeat(10_000),
  'what malware does APT28 use',
  'what techniques does Lazarus Group use',
  'aliases of APT41',
  'who uses Mimikatz',
  'who uses T1059',
  'T1566',
  'CVE-2017-11882',
  '198.51.100.7',
  'hxxps://evil[.]example/a',
  'd41d8cd98f00b204e9800998ecf8427e',
  'digest 0',
  'digest colour:red',
  'search',
  'brief',
  '<!channel> & <b>x</b> [y](https://evil.example) `z` \u202e\u0000',
];

describe('every other card', () => {
  it.each(texts)('for %j is sound on every platform, and so is what its buttons lead to', async (text) => {
    const { card } = await chat.handle({ text, place, person: 'someone', now });

    expect(problemsOf(card)).toEqual([]);
    for (const action of allActions(card)) {
      if (action.type === 'link') continue;
      const reply = await chat.handleAction({ value: action.value, place, person: 'someone', now });

      expect(problemsOf(reply.card), action.label).toEqual([]);
    }
  });

  it('that tells of an error, of wrong usage, or of nothing is sound on every platform', () => {
    for (const command of commandTable) {
      expect(problemsOf(usageCard(command, 'Say what to search for: <!channel>', now))).toEqual([]);
    }
    expect(problemsOf(errorCard('It failed.', 'ref-1', now))).toEqual([]);
    expect(problemsOf(goneCard(now))).toEqual([]);
  });
});
