import { describe, expect, it } from 'vitest';
import type { ActionValue } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Chat, Place, Reply } from '../../src/chat/types.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { AppError } from '../../src/support/app-error.ts';
import { silentLog } from '../../src/support/log.ts';
import {
  describeChatPlatform,
  type PlatformDriver,
  type Shown,
} from '../contracts/chat-platform-contract.ts';
import { createMemoryStore, ids, type MemoryStore } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');

function placeAt(ceiling: Tlp): Place {
  return { platform: 'playground', id: 'here', kind: 'channel', ceiling };
}

/** The smallest platform: cards as they are, in memory. */
function openMemoryPlatform(chat: Chat): PlatformDriver {
  const place = placeAt('clear');
  let last: Reply | undefined;
  const show = (reply: Reply): Shown => {
    last = reply;
    const buttons = allActions(reply.card).map((action) => action.label);
    return { text: readCard(reply.card), buttons, audience: reply.audience };
  };
  return {
    say: async (text) => show(await chat.handle({ text, place, person: 'someone', now })),
    press: async (label) => {
      const action = allActions(last?.card ?? fail()).find((one) => one.label === label);
      if (action?.type !== 'command') throw new Error(`no button "${label}"`);
      return show(await chat.handleAction({ value: action.value, place, person: 'someone', now }));
    },
    close: async () => {},
  };
}

function fail(): never {
  throw new Error('nothing was shown yet');
}

describeChatPlatform('memory', async (chat) => openMemoryPlatform(chat));

interface World {
  readonly memory: MemoryStore;
  readonly logged: string[];
  say(text: string, ceiling?: Tlp): Promise<Reply>;
  press(value: ActionValue, ceiling?: Tlp): Promise<Reply>;
}

function createWorld(): World {
  const memory = createMemoryStore();
  const clock = { now: () => now };
  const logged: string[] = [];
  const log = {
    ...silentLog,
    error: (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`),
  };
  const desk = createDesk({ store: memory.store, clock, log: silentLog });
  const chat = createChat({ desk, clock, log, newReference: () => 'ref-1' });
  return {
    memory,
    logged,
    say: (text, ceiling = 'green') => chat.handle({ text, place: placeAt(ceiling), person: 'p', now }),
    press: (value, ceiling = 'green') =>
      chat.handleAction({ value, place: placeAt(ceiling), person: 'p', now }),
  };
}

describe('createChat', () => {
  it('takes an unknown verb for a question', async () => {
    const reply = await createWorld().say('who uses NetPeek');

    expect(reply.answer?.outcome).toBe('answer');
    expect(reply.answer?.answers.map(({ name }) => name)).toEqual(['NetPeek', 'APT900', 'APT901']);
  });

  it('takes an empty text for help', async () => {
    const reply = await createWorld().say('  ');

    expect(sectionTexts(reply.card, 'commands').join('\n')).toContain(
      'digest [now | preview | dead] [DAYS] [FILTERS]',
    );
  });

  it('composes a share anew for the ceiling at the moment of the press', async () => {
    const world = createWorld();
    const asked = await world.say('APT900', 'amber');
    expect(readCard(asked.card)).toContain('Quiet herons');
    const share = asked.card.actions.find(({ label }) => label === 'Share');

    const shared = await world.press(share?.type === 'command' ? share.value : { verb: 'ask' }, 'green');

    expect(shared.audience).toBe('place');
    expect(readCard(shared.card)).not.toMatch(/Quiet herons|Russia|Delta exchange/);
    expect(shared.card.withheld).toMatchObject({ highest: 'amber' });
  });

  it('says nothing of an entity that only a stricter marking knows', async () => {
    const reply = await createWorld().press({ verb: 'brief', entity: ids.secretReport }, 'green');

    expect(readCard(reply.card)).not.toContain('Quiet herons');
    expect(reply.card.title).toBe('Nothing to show');
  });

  it('pages through a section and back without remembering anything', async () => {
    const world = createWorld();
    const first = await world.press({ verb: 'more', entity: ids.actor, section: 'techniques', page: 0 });

    expect(first.audience).toBe('replace');
    expect(sectionTexts(first.card, 'techniques')).toHaveLength(2);
    const beyond = await world.press({ verb: 'more', entity: ids.actor, section: 'techniques', page: 99 });
    expect(sectionTexts(beyond.card, 'techniques')).toEqual(sectionTexts(first.card, 'techniques'));
  });

  it('pages through an aspect that the whole card does not have as a section', async () => {
    const reply = await createWorld().press({ verb: 'more', entity: ids.actor, section: 'malware', page: 0 });

    expect(sectionTexts(reply.card, 'malware').join()).toContain('HeronDoor');
  });

  it('repeats a question for More, Share and Sources of a list', async () => {
    const world = createWorld();
    const asked = await world.say('who uses NetPeek');
    const labels = asked.card.actions.map(({ label }) => label);
    expect(labels).toEqual(['Whole Briefing', 'More', 'Share', 'Sources']);

    const more = await world.press({ verb: 'more', question: 'who uses NetPeek', section: 'actors' });
    const sources = await world.press({ verb: 'sources', question: 'who uses NetPeek' });
    const shared = await world.press({ verb: 'share', question: 'who uses NetPeek' });

    expect(sectionTexts(more.card, 'actors')).toHaveLength(2);
    expect(sectionTexts(sources.card, 'sources').join()).toContain('Alpha Framework');
    expect(shared.audience).toBe('place');
  });

  it('shows every source of an entity, and of everything when nothing is named', async () => {
    const world = createWorld();

    const ofActor = await world.press({ verb: 'sources', entity: ids.actor });
    const ofAll = await world.press({ verb: 'sources' });

    expect(sectionTexts(ofActor.card, 'sources').join('\n')).toMatch(/Alpha Framework.*\n.*Beta galaxy/);
    expect(sectionTexts(ofAll.card, 'sources').join('\n')).toMatch(/Licence of Gamma notes/);
  });

  it.each([
    [{ verb: 'brief' }],
    [{ verb: 'more', entity: 'intrusion-set--nothing' }],
    [{ verb: 'more', entity: ids.actor, section: '__proto__', page: 0 }],
    [{ verb: 'share' }],
    [{ verb: 'ask' }],
  ] satisfies readonly [ActionValue][])('answers the forged press %j with a card', async (value) => {
    const reply = await createWorld().press(value);

    expect(reply.card.title).toBe('Nothing to show');
    expect(reply.audience).toBe('asker');
  });

  it('tells an outage from a fault, and logs the cause beside the reference', async () => {
    const world = createWorld();
    world.memory.fail(new AppError('store-unavailable', 'the database is gone', { exitCode: 3 }));

    const reply = await world.say('APT900');

    expect(readCard(reply.card)).toMatch(/cannot be reached right now.*ref-1/s);
    expect(world.logged.join()).toMatch(/request failed.*"reference":"ref-1".*the database is gone/);
  });
});
