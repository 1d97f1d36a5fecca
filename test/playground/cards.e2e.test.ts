import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { renderForm } from '../../src/cards/teams/form.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import type { AdaptiveCard } from '../../src/cards/teams/types.ts';
import type { Place } from '../../src/chat/types.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { describeWithChromium, launchChromium } from '../helpers/chromium.ts';
import { cleared } from '../helpers/cleared.ts';
import { openConversationWorld } from '../helpers/conversation-world.ts';

const place: Place = { platform: 'teams', id: 'a', workspace: 'teams:t', kind: 'direct', ceiling: 'green' };
const asked = { place, person: 'p', asker: { role: 'admin', isMemberHere: true }, now: new Date() } as const;
const themes = ['light', 'dark'] as const;
/** Where pictures go, to be looked at; none are taken without it. */
const picturesFolder = process.env['CARD_PICTURES'];

/** Draws a card as the page does, on the colours of Teams. */
const drawing = `
  import { AdaptiveCard, GlobalRegistry, HostConfig, Table } from 'adaptivecards';
  import { teamsHost } from './teams-host.ts';
  import { markdownToHtml } from './teams-markdown.ts';
  GlobalRegistry.defaultElements.register('Table', Table);
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text);
    result.didProcess = true;
  };
  window.draw = (payload, theme) => {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(teamsHost(theme));
    card.parse(payload);
    document.documentElement.dataset.theme = theme;
    document.querySelector('.teams-card').replaceChildren(card.render());
  };
`;

/** Texts whose contrast to what stands behind them is below 4.5 to 1, and what is wider than the window. */
const looking = `(() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r, g, b] = color.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0.5) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('.teams-card *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || element.checkVisibility?.() === false) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color).slice(0, 3)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(ratio.toFixed(1) + ' ' + element.textContent.slice(0, 40));
  }
  const cut = [...document.querySelectorAll('.teams-card *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.getBoundingClientRect().width > 0)
    .map((element) => element.className + ' ' + element.textContent.slice(0, 40));
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return { faint: [...new Set(faint)], cut: cut.slice(0, 5), wide };
})()`;

interface Looked {
  readonly faint: readonly string[];
  readonly cut: readonly string[];
  readonly wide: number;
}

describeWithChromium('cards of Teams in a browser', () => {
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  let cards: ReadonlyMap<string, AdaptiveCard>;

  beforeAll(async () => {
    [browser, cards] = await Promise.all([launchChromium(), composeCards()]);
    const folder = join(import.meta.dirname, '..', '..', 'src', 'playground', 'browser');
    const { outputFiles } = await build({
      stdin: { contents: `import './teams.css';\n${drawing}`, resolveDir: folder, loader: 'ts' },
      outdir: 'cards',
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'silent',
    });
    const file = (ending: string): string =>
      outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
    page = await browser.newPage();
    page.on('request', (request) => outside.push(request.url()));
    await page.setContent(
      '<!doctype html><html><head><meta name="viewport" content="width=device-width"></head><body><div class="teams-card"></div></body></html>',
    );
    await page.addStyleTag({
      content: `* { box-sizing: border-box; margin: 0 } body { font: 14px sans-serif; padding: 4px }\n${file('.css')}`,
    });
    await page.addScriptTag({ content: file('.js') });
  }, 120_000);
  afterAll(() => browser?.close());

  it.each(themes)(
    'can be read in %s, at 320 pixels and at 900, and ask nobody for anything',
    { timeout: 60_000 },
    async (theme) => {
      const problems: object[] = [];
      for (const width of [320, 900]) {
        await page.setViewportSize({ width, height: 800 });
        for (const [name, payload] of cards) {
          await page.evaluate(`draw(${JSON.stringify(payload)}, ${JSON.stringify(theme)})`);
          const looked = await page.evaluate<Looked>(looking);
          await picture(`${name}-${theme}-${width}`);

          const { faint, cut, wide } = looked;
          if (faint.length + cut.length + wide > 0) problems.push({ name, width, ...looked });
        }
      }
      expect(problems).toEqual([]);
      expect(outside.filter((url) => !/^(?:about|data):/.test(url))).toEqual([]);
    },
  );

  async function picture(name: string): Promise<void> {
    if (picturesFolder === undefined) return;
    await mkdir(picturesFolder, { recursive: true });
    await page.screenshot({ path: join(picturesFolder, `${name}.png`), fullPage: true });
  }
});

/** A spread of everything: the longest actor, lists, tables, forms. */
async function composeCards(): Promise<ReadonlyMap<string, AdaptiveCard>> {
  const world = await openConversationWorld(bundledStore());
  const found = new Map<string, AdaptiveCard>();
  const put = (name: string, card: Card, isShort = false): void => {
    found.set(name, renderAdaptiveCard(cleared(card), { isShort }).payload);
  };
  try {
    const texts = {
      longest: 'Lazarus Group',
      comparison: 'compare APT28, APT29 and Turla',
      list: 'what techniques does APT28 use',
      choice: 'Winnti',
      subscribed: 'subscribe weekdays at 8 sector:telecom country:iran',
      subscriptions: 'list',
      settings: 'settings',
      help: 'help',
      sources: 'sources',
      digest: 'digest',
      nothing: 'xqzv wjkp',
    };
    for (const [name, text] of Object.entries(texts))
      put(name, (await world.chat.handle({ ...asked, text })).card);
    put('short', (await world.chat.handle({ ...asked, text: 'APT28' })).card, true);
    put('home', await world.surfaces.home(asked));
    for (const form of ['subscribe', 'settings', 'look-up'] as const) {
      const reply = await world.surfaces.openForm({ ...asked, form });
      if (reply.kind === 'form')
        found.set(
          `form-${form}`,
          renderForm(reply.form, [{ field: 'time', text: 'That is no time of day.' }]).card,
        );
    }
  } finally {
    await world.close();
  }
  return found;
}
