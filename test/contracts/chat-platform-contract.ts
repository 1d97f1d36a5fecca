import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Chat } from '../../src/chat/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, type MemoryStore } from '../helpers/knowledge.ts';

/** What a platform shows after something was said or pressed, as a person finds it there. */
export interface Shown {
  /** Every word of it, in reading order, joined by blanks or line ends; markup and escapes taken off. */
  readonly text: string;
  /** The labels of all buttons, those inside menus included. */
  readonly buttons: readonly string[];
  /** Who sees it, and whether it took the place of what was pressed. */
  readonly audience: 'asker' | 'place' | 'replace';
}

/** One person in one place of a platform. The place's ceiling is CLEAR. */
export interface PlatformDriver {
  /** Types a text as a command or a mention, whatever the platform has for it. */
  say(text: string): Promise<Shown>;
  /** Presses the button of this label on what was shown last. */
  press(label: string): Promise<Shown>;
  close(): Promise<void>;
}

/**
 * The same scripted conversation on every platform: look-up, choice, More, Share, error. The chat answers from the
 * invented actors of `test/helpers/knowledge.ts`; `open` puts the platform in front of it.
 */
export function describeChatPlatform(name: string, open: (chat: Chat) => Promise<PlatformDriver>): void {
  describe(`chat platform contract: ${name}`, () => {
    let memory: MemoryStore;
    let driver: PlatformDriver;

    beforeEach(async () => {
      memory = createMemoryStore();
      const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
      const desk = createDesk({ store: memory.store, clock, log: silentLog });
      driver = await open(createChat({ desk, clock, log: silentLog, newReference: () => 'ref-4711' }));
    });

    afterEach(() => driver.close());

    it('answers a name with the card, its sources and its marking', async () => {
      const shown = await driver.say('velvet heron');

      for (const words of ['APT900', 'Velvet Heron', 'Iran', 'Beta galaxy', 'HeronDoor', 'TLP:CLEAR']) {
        expect(shown.text).toContain(words);
      }
      expect(shown.audience).toBe('asker');
    });

    it('offers a choice for a name that two actors carry, and answers it in its place', async () => {
      const choice = await driver.say('Shared Name');
      expect(choice.buttons).toEqual(expect.arrayContaining(['APT900', 'APT901']));

      const shown = await driver.press('APT901');

      expect(shown.text).toContain('North Korea');
      expect(shown.text).not.toContain('Iran');
      expect(shown.audience).toBe('replace');
    });

    it('leads by More to everything that is known', async () => {
      await driver.say('APT900');

      const contents = await driver.press('More');
      expect(contents.text).toContain('Techniques by tactic');
      const section = await driver.press('Techniques by tactic');

      expect(section.text).toContain('Letter with a Trap');
      expect(section.text).toContain('Script Runner');
    });

    it('shares for everyone there only what the place may see, and counts the rest', async () => {
      await driver.say('APT900');

      const shared = await driver.press('Share');

      expect(shared.audience).toBe('place');
      expect(shared.text).toContain('HeronDoor');
      expect(shared.text).not.toContain('they broke into web servers');
      expect(shared.text).not.toContain('Quiet herons');
      expect(shared.text).toContain('withheld');
      expect(shared.buttons).not.toContain('Share');
    });

    it('answers a failure with a sentence and a reference, never a stack', async () => {
      await driver.say('APT900');
      memory.fail(new Error('disk on fire at /var/lib/secret'));

      const shown = await driver.say('192.0.2.7');

      expect(shown.text).toContain('ref-4711');
      expect(shown.text).not.toMatch(/disk on fire|secret| at .*\.ts/);
    });
  });
}
