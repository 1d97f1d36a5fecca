import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { withLinks } from '../../src/chat/link-actions.ts';
import type { Chat, Place } from '../../src/chat/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';
import { allActions } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const place: Place = { platform: 'playground', id: 'here', kind: 'channel', ceiling: 'red' };

function openChat(): Chat {
  const clock = { now: () => now };
  const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
  return createChat({ desk, clock, log: silentLog });
}

async function linksOf(chat: Chat, text: string): Promise<readonly string[]> {
  const { card } = await chat.handle({ text, place, person: 'p', now });
  return allActions(card).flatMap((action) =>
    action.type === 'link' && action.label === 'Link' ? [action.url] : [],
  );
}

describe('the address of an actor', () => {
  const chat = withLinks(openChat(), 'https://tb.example.org/intel/');

  it('stands on its card, and on no other', async () => {
    const [url, ...more] = await linksOf(chat, 'velvet heron');

    expect(more).toEqual([]);
    expect(url).toMatch(
      /^https:\/\/tb\.example\.org\/intel\/actor\/(?:G\d{4}|intrusion-set--[0-9a-f-]{36})$/,
    );
    expect(await linksOf(chat, 'help')).toEqual([]);
    expect(await linksOf(chat, 'nobody at all xq')).toEqual([]);
  });

  it('stands on the card that a button gives, too', async () => {
    const value = { verb: 'brief', entity: ids.actor } as const;
    const { card } = await chat.handleAction({ value, place, person: 'p', now });

    expect(card.actions.at(-1)).toMatchObject({ type: 'link', label: 'Link' });
  });

  it('is not there without a public address', async () => {
    expect(await linksOf(withLinks(openChat(), undefined), 'velvet heron')).toEqual([]);
  });
});
