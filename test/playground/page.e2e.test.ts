import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Chat } from '../../src/chat/types.ts';
import { loadBundledData } from '../../src/ingest/bundled.ts';
import { createPlaygroundDelivery } from '../../src/playground/deliver.ts';
import { createPlaygroundMessages } from '../../src/playground/messages.ts';
import { createApp } from '../../src/server/app.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { createPlaygroundAssets } from '../../src/server/playground-assets.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { describeWithChromium, launchChromium } from '../helpers/chromium.ts';
import { cleared } from '../helpers/cleared.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';
import { sampleCard } from '../helpers/sample-card.ts';

const imagesFolder = join(import.meta.dirname, '..', '..', 'docs', 'images');
const mustWriteImages = process.env['UPDATE_SCREENSHOTS'] === '1';

const attack =
  '"><script>window.owned=1</script><img src=x onerror="window.owned=2"><svg onload=window.owned=3> [x](javascript:window.owned=4) <javascript:window.owned=5|y>';

/** The sample card with an attack in every text that a person sees. */
function attacking(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => attacking(one, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, attacking(one, name)]));
  }
  const isShown = [
    'title',
    'subtitle',
    'text',
    'heading',
    'label',
    'value',
    'name',
    'columns',
    'date',
  ].includes(key);
  return typeof value === 'string' && isShown ? `${value} ${attack}` : value;
}

/** The invented actor from the fake chat, everything about APT39 from the real one. */
function chatOf(fake: Chat, real: Chat): Chat {
  return {
    handle: async (request) => {
      if (!request.text.includes(attack)) return (request.text === 'APT39' ? real : fake).handle(request);
      const reply = await fake.handle({ ...request, text: 'APT99' });
      return { ...reply, card: attacking(reply.card) as Card };
    },
    handleAction: (request) => fake.handleAction(request),
  };
}

describeWithChromium('the playground page in a browser', () => {
  let browser: Browser;
  let server: Listening;
  let context: BrowserContext;
  let page: Page;
  let outside: string[];
  let complaints: string[];
  const delivered = createPlaygroundMessages(systemClock);
  let closeReal: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const app = createApp({
      chat: chatOf(createFakeChat(), await realChat()),
      ready: async () => ({ ready: true, parts: {} }),
      metrics: createMetrics(),
      clock: systemClock,
      log: silentLog,
      playground: {
        ceiling: 'green',
        examples: ['APT39', 'who uses Mimikatz', 'what tools does APT99 use'],
        suggest: async (text) => [
          { text: `${text.toUpperCase()}99`, hint: `Actor · G9999${text.includes('<') ? attack : ''}` },
          { text: 'Example Kitten', hint: 'Actor' },
        ],
        asset: createPlaygroundAssets(),
        delivered,
        hosts: ['127.0.0.1'],
      },
    });
    [browser, server] = await Promise.all([launchChromium(), listen(app, { host: '127.0.0.1', port: 0 })]);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await closeReal?.();
  });

  /** The product's own chat over the bundled facts, for the one name that is real here. */
  async function realChat(): Promise<Chat> {
    const home = await mkdtemp(join(tmpdir(), 'threatbrief-page-'));
    const store = await openStore({ home });
    closeReal = async () => {
      await store.close();
      await rm(home, { recursive: true, force: true });
    };
    await loadBundledData(store, join(import.meta.dirname, '..', '..', 'data'), systemClock);
    const desk = createDesk({ store, clock: systemClock, log: silentLog });
    await desk.ask('APT39', 'green');
    return createChat({
      desk,
      clock: systemClock,
      log: silentLog,
    });
  }

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    page = await context.newPage();
    outside = [];
    complaints = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.url}/`)) outside.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
    await page.getByRole('combobox').waitFor();
  }

  beforeEach(() => open());

  afterEach(async () => {
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  async function ask(question: string): Promise<void> {
    await page.getByRole('combobox').fill(question);
    await page.getByRole('combobox').press('Enter');
    await page.getByRole('article').last().waitFor();
  }

  async function picture(name: string): Promise<void> {
    if (!mustWriteImages) return;
    await mkdir(imagesFolder, { recursive: true });
    await page.screenshot({ path: join(imagesFolder, `${name}.png`), animations: 'disabled' });
  }

  it('asks for what a shared link names, as a briefing, and once', async () => {
    await page.goto(`${server.url}/actor/APT99`);
    await page.getByRole('article').last().waitFor();

    expect(await page.getByRole('article').count()).toBe(1);
    expect(await page.locator('.turn').innerText()).toContain('brief APT99');
    expect(page.url()).toBe(`${server.url}/`);
  });

  it('answers a question as Slack and as Teams', async () => {
    await picture('playground-welcome');

    await ask('APT99');

    for (const name of ['Slack', 'Microsoft Teams']) {
      const panel = page.getByRole('region', { name, exact: true });
      const text = await panel.innerText();
      for (const words of [
        'APT99 (Example Kitten)',
        'TLP:GREEN',
        'Sources disagree',
        'Telecommunications, travel, government [1][3]',
        'update[.]example[.]com',
        'Credential Access',
        'T1053 Example technique',
        '2025',
        '+18 techniques',
        'An invented report',
        'MITRE ATT&CK Enterprise',
        '2 items withheld: TLP:AMBER',
        'Share',
        'Sources',
      ]) {
        expect(text, `${name}: ${words}`).toContain(words);
      }
      expect(text).not.toContain('\\');
    }
  });

  it('runs nothing that data says, in any field', async () => {
    await page.getByRole('combobox').fill(`<${attack}`);
    await page.getByRole('option').first().waitFor();
    await ask(`APT99 ${attack}`);
    await page.getByRole('button', { name: 'Payload' }).first().click();

    const text = await page.getByRole('article').last().innerText();
    expect(text).toContain('<script>window.owned=1</script>');
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(
      await page
        .locator('article script, article [onerror], article [onload], article a[href^=javascript]')
        .count(),
    ).toBe(0);
    expect(await page.locator('article img[src="x"]').count()).toBe(0);
  });

  it('would run no script that got into it, since its policy forbids that', async () => {
    await page.evaluate(
      "for (const name of ['script','style']) { const it = document.createElement(name); it.textContent = name === 'script' ? 'window.owned=6' : 'body{opacity:0}'; document.body.append(it); } document.body.insertAdjacentHTML('beforeend', '<button id=bad onclick=\"window.owned=7\">x</button>'); document.getElementById('bad').click()",
    );

    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(await page.evaluate('getComputedStyle(document.body).opacity')).toBe('1');
    expect(complaints.splice(0).join('\n')).toContain('Content Security Policy');
  });

  it('answers APT39 from the bundled facts', async () => {
    await context.close();
    await open({ viewport: { width: 1280, height: 1000 } });

    await ask('APT39');

    for (const name of ['Slack', 'Microsoft Teams']) {
      const text = await page.getByRole('region', { name, exact: true }).innerText();
      expect(text).toContain('Chafer');
      expect(text).toContain('MITRE ATT&CK Enterprise');
      expect(text).toContain('MISP galaxy');
    }
    await picture('playground-apt39');
  });

  it('shows the payload of each platform one press away', async () => {
    await ask('APT99');

    await page
      .getByRole('region', { name: 'Slack', exact: true })
      .getByRole('button', { name: 'Payload' })
      .click();
    await page
      .getByRole('region', { name: 'Microsoft Teams' })
      .getByRole('button', { name: 'Payload' })
      .click();

    expect(await page.getByRole('region', { name: 'Slack', exact: true }).innerText()).toContain(
      '"rich_text_section"',
    );
    expect(await page.getByRole('region', { name: 'Microsoft Teams' }).innerText()).toContain(
      '"AdaptiveCard"',
    );
  });

  it('runs the buttons of the Slack card, those in the menu too', async () => {
    await ask('APT99');
    const slack = page.getByRole('region', { name: 'Slack', exact: true });

    await slack.getByRole('button', { name: 'More Techniques' }).click();
    await page.getByRole('article', { name: 'More techniques' }).waitFor();
    await slack.first().getByRole('button', { name: 'More actions' }).click();
    await slack.first().getByRole('menuitem', { name: 'Compare' }).click();
    await page.getByRole('article', { name: 'More compare APT99 and APT98' }).waitFor();
  });

  it('runs the buttons of the Teams card, and shows what is shared as posted', async () => {
    await ask('APT99');

    await page
      .getByRole('region', { name: 'Microsoft Teams' })
      .getByRole('button', { name: 'Share' })
      .click();
    await page.getByRole('article', { name: 'Shared: APT99' }).waitFor();

    expect(await page.getByText('Posted in #threat-intel').count()).toBe(1);
  });

  it('reaches the buttons of the Teams card that found no room in sight', async () => {
    await ask('APT99');
    const teams = page.getByRole('region', { name: 'Microsoft Teams' });

    await teams.getByRole('button', { name: 'More options' }).click();
    await page.getByText('Campaigns', { exact: true }).last().click();

    await page.getByRole('article', { name: 'More campaigns' }).waitFor();
  });

  it('puts the answer to a choice in its place', async () => {
    await ask('kitten');
    await page.getByRole('article', { name: 'Two actors are called Kitten' }).waitFor();

    await page
      .getByRole('region', { name: 'Slack', exact: true })
      .getByRole('button', { name: 'Brief Me' })
      .first()
      .click();
    await page.getByRole('article', { name: 'APT99 (Example Kitten)' }).waitFor();

    expect(await page.getByRole('article').count()).toBe(1);
  });

  it('completes names while one types, with the keyboard alone', async () => {
    await page.keyboard.type('apt');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.getByRole('article').waitFor();

    expect(await page.locator('.question').innerText()).toBe('APT99');
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('combobox').inputValue()).toBe('APT99');
  });

  it('says what went wrong, with a reference', async () => {
    await page.getByRole('combobox').fill('fail');
    await page.getByRole('combobox').press('Enter');

    expect(await page.getByRole('alert').innerText()).toMatch(
      /Something failed here.*Reference: [0-9a-f-]{36}/,
    );
    complaints = complaints.filter((text) => !text.includes('status of 500'));
  });

  it('asks an example at a press', async () => {
    await page.getByRole('button', { name: 'what tools does APT99 use' }).click();

    await page.getByRole('article').waitFor();
  });

  it('is as readable in the dark', async () => {
    await context.close();
    await open({ colorScheme: 'dark' });

    await ask('APT39');

    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(14, 17, 23)',
    );
    await picture('playground-dark');
  });

  it('works at a width of 320 pixels without scrolling sideways', async () => {
    await context.close();
    await open({ viewport: { width: 320, height: 720 } });
    await ask('APT99');

    for (const view of ['Slack', 'Teams', 'Text']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, view).toBeLessThanOrEqual(0);
      if (view === 'Slack') await picture('playground-320');
    }
  });

  it('shows what is delivered without being asked, answers its buttons, and has it again after a reload', async () => {
    await ask('APT99');
    const delivery = createPlaygroundDelivery({ messages: delivered, ceiling: 'green' });
    const place = { platform: 'playground', workspace: 'local', id: 'playground', kind: 'direct' } as const;
    const card = { ...sampleCard, title: 'Digest of Monday' };

    await delivery.post(place, { key: 'd/0', card: cleared(card) });
    await delivery.post(place, { key: 'd/0', card: cleared(card) });
    await delivery.post(place, { key: 'd/1', card: cleared({ ...card, title: 'Item one' }), parent: 'd/0' });

    const digest = page.getByRole('article', { name: 'Digest of Monday' });
    await digest.waitFor();
    await page.getByRole('article', { name: 'Item one' }).waitFor();
    expect(await digest.count()).toBe(1);
    expect(await page.getByText(/^Delivered /).count()).toBe(1);
    await digest.getByRole('region', { name: 'Slack' }).getByRole('button', { name: 'Share' }).click();
    await page.getByText('Pressed “Share”').waitFor();

    await page.reload();
    await digest.waitFor();
    expect(await page.getByRole('article').count()).toBe(2);
  });
});
