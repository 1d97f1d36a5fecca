import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ConversationWorld, openConversationWorld, toolCount } from '../helpers/conversation-world.ts';
import type { PlatformDriver, Shown } from './chat-platform-contract.ts';

/** What a dialog says after something was done in it. */
export interface InDialog {
  /** `form`: it is open, with its problems in the text; `beside`: with a card beside it; `done`: it ended in a card. */
  readonly kind: 'form' | 'beside' | 'done';
  /** Every word, labels and what is filled in included. */
  readonly text: string;
}

export type DialogValues = Readonly<Record<string, string | readonly string[]>>;

export interface DialogDriver {
  /** Opens a form by what a person has for it. */
  open(form: 'subscribe' | 'look-up'): Promise<InDialog>;
  /** Fills fields in, beside what stands in them, and sends it, or presses another button. */
  send(values: DialogValues, button?: string): Promise<InDialog>;
  /** The values that a search field offers for a text. */
  offer(source: string, text: string): Promise<readonly string[]>;
}

/** One person in one place of a platform; what the place may see is CLEAR. */
export interface ConversationDriver extends PlatformDriver {
  /** Writes where questions follow each other: a thread, a direct chat, a page. */
  talk(text: string): Promise<Shown>;
  /** Writes where only the bot and the person are; absent: `say` does. */
  direct?(text: string): Promise<Shown>;
  /** What is offered while a name is typed outside of dialogs, a line each. */
  type(text: string): Promise<readonly string[]>;
  /** Every word of the person's own page, or of what says the same. */
  home(): Promise<string>;
  /** Who runs the bot may change settings; a member may not. */
  readonly role: 'member' | 'operator';
  /** Absent: what dialogs do is done by command. */
  readonly dialogs?: DialogDriver;
}

type Open = (world: ConversationWorld) => Promise<ConversationDriver>;

/**
 * One long conversation, the same on every platform, over `openConversationWorld`: what a person asks, follows up, pages,
 * compares, subscribes, watches, mutes, and fills in says the same everywhere.
 */
export function describeConversation(name: string, open: Open): void {
  describe(`conversation contract: ${name}`, () => {
    let world: ConversationWorld;
    let driver: ConversationDriver;

    beforeAll(async () => {
      world = await openConversationWorld();
      driver = await open(world);
    });
    afterAll(async () => {
      await driver.close();
      await world.close();
    });

    const told = async (text: string, ...words: readonly (string | RegExp)[]): Promise<Shown> => {
      const shown = await driver.say(text);
      for (const word of words) expect(shown.text, text).toMatch(word);
      return shown;
    };

    it('pages through a long list to its end and misses nothing', async () => {
      let shown = await driver.say('what malware does Barn Owl use');
      const seen = new Set(namesIn(shown));
      for (let presses = 0; presses < 20 && !isLast(shown); presses += 1) {
        const isPage = shown.buttons.includes('Next');
        shown = await driver.press(isPage ? 'Next' : 'More');
        if (isPage) expect(shown.audience).toBe('replace');
        for (const one of namesIn(shown)) seen.add(one);
      }

      expect(seen.size).toBe(toolCount);
    });

    it('says by Sources what an answer rests on', async () => {
      await driver.say('APT900');

      const shown = await driver.press('Sources');

      for (const words of ['Alpha Framework', 'Beta galaxy', 'TLP:CLEAR'])
        expect(shown.text).toContain(words);
      expect(shown.text).not.toContain('Delta exchange');
    });

    it('compares, with what is common and where it differs', async () => {
      await told('compare APT900 and APT901', 'Shared Name', 'Script Runner', 'NetPeek', 'HeronDoor');
    });

    it('subscribes, lists, previews and ends a subscription by command', async () => {
      const made = await told(
        'subscribe daily 08:00 Europe/Berlin actor:APT900',
        'Subscribed',
        'Mon 23 Nov 08:00',
      );
      expect(made.buttons).toEqual(expect.arrayContaining(['Pause', 'Unsubscribe', 'Preview']));
      const [one] = await world.store.subscriptions();
      expect(one).toMatchObject({ filters: 'actor:APT900', kind: 'digest' });
      await told('list', one?.id ?? 'nothing', 'daily at 08:00 Europe/Berlin', 'never yet');

      world.pass(2);
      await told('digest preview', 'Preview', 'Shipyards', 'Alpha Framework');
      await told('unsubscribe', 'Unsubscribed', one?.id ?? 'nothing');

      expect(await world.store.subscriptions()).toEqual([]);
      await told('list', 'no subscription');
    });

    it('subscribes and ends by the buttons of what was said', async () => {
      await driver.say('subscribe weekdays 07:15 Europe/Berlin');

      expect((await driver.press('Pause')).text).toMatch(/paused/i);
      await driver.say('list');
      const ended = await driver.press('Unsubscribe');

      expect(ended.text).toMatch(/Unsubscribed/);
      expect(await world.store.subscriptions()).toEqual([]);
    });

    it('watches, mutes, and lets go of both', async () => {
      await told('watch velvet heron', 'Watching APT900');
      await told('mute actor APT901 for 7 days', 'Muted', 'APT901', '29 Nov');
      await told('list', 'APT900', 'APT901');
      expect((await driver.press('Unwatch APT900')).text).toMatch(/not written to about APT900/);
      await told('unmute actor APT901', 'Told again', 'APT901');

      await told('mute', 'Nothing is muted');
    });

    it('carries the subject from one question to the next', async () => {
      expect((await driver.talk('who is velvet heron?')).text).toContain('APT900');

      const tools = await driver.talk('what tools do they use?');
      const other = await driver.talk('and APT901?');

      expect(tools.text).toMatch(/APT900: tools[^]*NetPeek/);
      expect(other.text).toMatch(/APT901: tools[^]*NetPeek/);
    });

    it('refuses settings to those who may not change them, and says who may', async () => {
      const shown = await driver.say('settings sectors energy');

      const expected =
        driver.role === 'member' ? /Only admins of this workspace may change/ : /sectors[^]*energy/i;
      expect(shown.text).toMatch(expected);
      expect(shown.audience).toBe('asker');
    });

    it('changes sources for those who may, asked again at each press, and takes no address', async () => {
      if (driver.role === 'member') {
        for (const text of ['sources presets', 'sources add kev', 'sources pause kev']) {
          const refused = await told(text, 'Only admins of this workspace may add and change sources');
          expect(refused.audience).toBe('asker');
        }
        expect(await world.store.connections()).toEqual([]);
      }
      world.allow('sources', 'anyone');
      await told('sources presets', 'kev', 'CISA Known Exploited Vulnerabilities');
      await told('sources add https://acme.example/?key=hunter2', 'on the command line');
      const added = await told('sources add kev', 'It was added', 'Not synced so far');
      expect(added.buttons).toEqual(expect.arrayContaining(['Sync', 'Pause']));

      expect((await driver.press('Pause')).text).toContain('It was paused');
      expect((await driver.press('Resume')).text).toContain('It goes on');
      expect((await driver.press('Sync')).text).toContain('The sync began');
      await vi.waitFor(async () =>
        expect((await world.store.connections())[0]?.lastSuccessAt).not.toBeNull(),
      );
      await told('sources', 'kev', 'nothing new');
      await told('sources show kev', 'Fine');

      world.allow('sources', 'nobody');
      const pressed = await driver.press('Pause');
      const isOperator = driver.role === 'operator';
      expect(pressed.text).toContain(isOperator ? 'It was paused' : 'Nobody may add and change sources here');
      const [one, ...others] = await world.store.connections();
      expect(others).toEqual([]);
      expect(one?.paused).toBe(isOperator);
      const noted = await world.store.auditEvents({ since: 0, limit: 100 });
      const deeds = noted.filter(({ target }) => target === 'kev').map(({ action }) => action);
      expect(deeds.toReversed().slice(0, 4)).toEqual([
        'source.add',
        'source.pause',
        'source.resume',
        'source.sync',
      ]);
      expect(JSON.stringify(noted)).not.toContain('hunter2');
    });

    it('tells the audit in a direct message, to those who may, page by page', async () => {
      const direct = (text: string): Promise<Shown> => (driver.direct ?? driver.say)(text);
      if (driver.role === 'member') {
        const refused = await direct('audit');
        expect(refused.text).toContain('Only admins of this workspace may see the audit');
        expect(refused.audience).toBe('asker');
      }
      world.allow('audit', 'anyone');
      await driver.say('velvet heron');
      world.pass(0.01);
      if (driver.direct !== undefined) {
        const elsewhere = await driver.say('audit');
        expect(elsewhere.text).toContain('in a direct message only');
        expect(elsewhere.audience).toBe('asker');
      }

      expect((await direct('audit actor APT900')).text).toMatch(/asked [^]*“velvet heron”[^]*Shown: APT900/);
      const first = await direct('audit 7d');
      expect(first.buttons).toContain('More');
      const next = await driver.press('More');

      expect(next.text).toContain('page 2');
      expect(next.text).not.toContain('TLP:AMBER');
      world.allow('audit', 'nobody');
      const again = await driver.press('Refresh');
      expect(again.text).toContain(driver.role === 'operator' ? 'page 2' : 'Nobody may see the audit here');
    });

    it('teaches with examples, and tells what it does not know without a guess', async () => {
      await told('help', 'compare X and Y', 'subscribe', 'watch', 'who uses Mimikatz');
      await told('help subscribe', 'weekdays at 8');
      await told('xqzv wjkp', 'No match', 'xqzv wjkp');
    });

    it.each([
      ['velvet', ['APT900']],
      ['shared name', ['APT900', 'APT901']],
      ['heron', ['APT900', 'HeronDoor']],
      ['netp', ['NetPeek']],
      ['script run', ['Script Runner']],
      ['quiet', []],
    ])('offers the same for “%s” while it is typed', async (text, names) => {
      const known = ['APT900', 'APT901', 'HeronDoor', 'NetPeek', 'Script Runner', 'Letter with a Trap'];
      const lines = await driver.type(text);

      const found = lines.map((line) => known.find((one) => line.includes(one)) ?? line);
      expect([...new Set(found)].sort()).toEqual(names);
    });

    it('shows a page of one’s own with watches, subscriptions and sources', async () => {
      await driver.say('watch APT901');
      await driver.say('subscribe daily 06:30 Europe/Berlin actor:APT901');

      const page = await driver.home();

      for (const words of ['APT901', 'daily at 06:30 Europe/Berlin', 'Alpha Framework', 'Beta galaxy'])
        expect(page).toContain(words);
      expect(page).not.toContain('Delta exchange');
      await driver.say('unwatch APT901');
      await driver.say('unsubscribe');
      expect(await world.store.subscriptions()).toEqual([]);
    });

    it('makes by a dialog what the command makes, once what was wrong in it is right', async () => {
      const { dialogs } = driver;
      if (dialogs === undefined) return subscribesByWord(driver);
      const opened = await dialogs.open('subscribe');
      expect(opened).toMatchObject({ kind: 'form' });
      expect(opened.text).toContain('Mon 23 Nov 08:00');
      expect(await dialogs.offer('actor', 'velvet')).toHaveLength(1);
      const [actor = ''] = await dialogs.offer('actor', 'velvet');

      const wrong = await dialogs.send({
        actors: [actor],
        rhythm: 'weekdays',
        time: '25 o’clock',
        filters: 'sektor:x',
      });
      expect(wrong.kind).toBe('form');
      expect(wrong.text).toMatch(/sektor/);
      expect(wrong.text).toMatch(/25 o’clock/);
      expect(await world.store.subscriptions()).toEqual([]);

      const right = { actors: [actor], rhythm: 'weekdays', time: '9:30', zone: 'Europe/Berlin', filters: '' };
      const preview = await dialogs.send(right, 'preview');
      expect(preview).toMatchObject({ kind: 'beside' });
      expect(preview.text).toContain('Shipyards');
      expect(await world.store.subscriptions()).toEqual([]);

      const done = await dialogs.send(right);
      expect(done.kind).toBe('done');
      expect(done.text).toMatch(/Subscribed[^]*weekdays at 09:30 Europe\/Berlin/);
      await endsOnly('actor:APT900', '30 9 * * 1-5');
    });

    it('briefs by a dialog on what is chosen in it', async () => {
      const done = await lookedUp(driver);

      expect(done.kind).toBe('done');
      for (const words of ['APT900', 'Iran', 'HeronDoor', 'TLP:CLEAR']) expect(done.text).toContain(words);
    });

    it('answers a failure with a sentence and a reference, in dialogs too', async () => {
      world.fail(new Error('disk on fire at /var/lib/secret'));
      const shown = await driver.say('192.0.2.7');

      expect(shown.text).toContain('ref-4711');
      expect(shown.text).not.toMatch(/disk on fire|secret| at .*\.ts/);
      world.fail(undefined);
    });

    async function lookedUp({ dialogs, say }: ConversationDriver): Promise<Pick<InDialog, 'kind' | 'text'>> {
      if (dialogs === undefined) return { kind: 'done', text: (await say('velvet heron')).text };
      expect((await dialogs.open('look-up')).kind).toBe('form');
      const [chosen = ''] = await dialogs.offer('entity', 'velvet heron');
      return dialogs.send({ entity: chosen });
    }

    async function endsOnly(filters: string, cron: string): Promise<void> {
      const [one, ...others] = await world.store.subscriptions();
      expect(others).toEqual([]);
      expect(one).toMatchObject({ filters, timing: { schedule: { cron, zone: 'Europe/Berlin' } } });
      await driver.say('unsubscribe');
      expect(await world.store.subscriptions()).toEqual([]);
    }

    async function subscribesByWord({ say }: ConversationDriver): Promise<void> {
      const wrong = await say('subscribe weekdays 25:00 Europe/Berlin actor:APT900');
      expect(wrong.text).toMatch(/25:00/);
      expect(await world.store.subscriptions()).toEqual([]);
      await say('subscribe weekdays 9:30 Europe/Berlin actor:APT900');
      await endsOnly('actor:APT900', '30 9 * * 1-5');
    }
  });
}

function namesIn({ text }: Shown): readonly string[] {
  return text.match(/OwlTool\d\d/g) ?? [];
}

/** True where neither a next page nor more is offered. */
function isLast({ buttons }: Shown): boolean {
  return !buttons.includes('Next') && !buttons.includes('More');
}
