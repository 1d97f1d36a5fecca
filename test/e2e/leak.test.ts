import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerEntity } from '../../src/briefing/types.ts';
import type { Action, ActionValue, Card } from '../../src/cards/card.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import type { Chat, Place, Reply } from '../../src/chat/types.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { createLog } from '../../src/support/log.ts';
import { cleared } from '../helpers/cleared.ts';
import {
  clearEvent,
  common,
  commonBundle,
  createCanaries,
  levelEvent,
  markdownReport,
  producerBundle,
} from './leak-fixtures.ts';
import { canariesAbove, leaksOf, replyTexts } from './leak-scan.ts';

const canaries = createCanaries();
const now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };
/** Every line that was logged, as it would be written. */
const logged: string[] = [];
const log = createLog({ level: 'debug' }, { write: (line) => void logged.push(line) });
let folder: string;
let store: Store;
let desk: Desk;
let chat: Chat;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threatbrief-leak-'));
  const files = join(folder, 'files');
  mkdirSync(files);
  const write = (name: string, content: object | string): void =>
    writeFileSync(join(files, name), typeof content === 'string' ? content : JSON.stringify(content));
  write('common.json', commonBundle(canaries));
  write('event.json', clearEvent(canaries));
  for (const [index, level] of tlpLevels.entries()) {
    write(`producer-${index}.json`, producerBundle(canaries, level, 900 + index));
    write(`event-${index}.json`, levelEvent(canaries, level, 810 + index));
    write(`report-${index}.md`, markdownReport(canaries, level));
  }
  store = await openStore({ home: join(folder, 'home') });
  const summary = await ingestPaths([files], {}, { store, clock });
  expect(summary.rejections).toEqual([]);
  desk = createDesk({ store, clock, log });
  await desk.refresh();
  chat = createChat({ desk, clock, log });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const aspects = [
  'aliases',
  'malware',
  'tools',
  'software',
  'techniques',
  'sectors',
  'countries',
  'campaigns',
  'reports',
  'references',
  'motivation',
];

/** Every word that a place may not see, and of the others, which only notifications must not tell, some. */
function questions(ceiling: Tlp): readonly string[] {
  const words = canaries
    .all()
    .filter(({ level }, index) => !isAllowed(level, ceiling) || index % 6 === 0)
    .map(({ word }) => word);
  return [
    common.name,
    common.id,
    'Walrus Winch',
    'who uses Walrus Winch',
    'Walrus watch',
    `${common.name} in the open`,
    ...aspects.map((aspect) => `${aspect} of ${common.name}`),
    'sources',
    'help',
    'digest 60',
    'digest preview 60 actor:"Harbour Walrus"',
    'search zz',
    'search walrus',
    'search harbour',
    ...words,
    ...words.map((word) => `search ${word.slice(0, -2)}`),
    ...words.map((word) => word.slice(0, -1)),
    ...words.filter((word) => /domain|indicator/.test(word)).map((word) => `${word}.example`),
    ...words.filter((word) => /malware|technique/.test(word)).map((word) => `who uses ${word}`),
  ];
}

/** Words above the ceiling that a reply shows, and above CLEAR in its notification, but for what the asker typed. */
function leaks(reply: Reply, ceiling: Tlp, typed: string): readonly string[] {
  // What was typed is echoed; it must not be recognised.
  const { answer } = reply;
  const echo = canariesAbove(ceiling, typed);
  const known = JSON.stringify([
    [...(answer?.answers ?? []), ...(answer?.suggestions ?? [])].map(namesOf),
    answer?.facts ?? [],
  ]).toLowerCase();
  const recognised =
    answer?.answers[0]?.type === 'indicator' ? [] : echo.filter((word) => known.includes(word));
  return [...leaksOf(reply, ceiling, typed), ...recognised.map((word) => `knows ${word}`)];
}

/** An entity without the words of the question that led to it. */
function namesOf({ name, aliases, externalIds }: AnswerEntity): readonly string[] {
  return [name, ...aliases, ...externalIds];
}

function actionsOf({ actions, sections }: Card): readonly ActionValue[] {
  const all: readonly (Action | undefined)[] = [
    ...actions,
    ...sections.flatMap((section) =>
      section.type === 'list' ? section.items.map(({ action }) => action) : [],
    ),
  ];
  return all.flatMap((action) => (action?.type === 'command' ? [action.value] : []));
}

function placeAt(ceiling: Tlp): Place {
  return { platform: 'slack', id: 'C1', kind: 'channel', ceiling };
}

describe.each(tlpLevels)('a place that may see %s', (ceiling) => {
  const place = placeAt(ceiling);

  it('is told nothing above it, whatever is asked', async () => {
    const found: string[] = [];
    for (const text of questions(ceiling)) {
      const reply = await chat.handle({ text, place, person: 'U1', now });
      found.push(...leaks(reply, ceiling, text).map((word) => `${text} → ${word}`));
    }

    expect(found).toEqual([]);
    expect(canariesAbove('clear', logged.join('\n'))).toEqual([]);
  });

  it('shows a guest no more than what is CLEAR', async () => {
    const found: string[] = [];
    for (const text of [
      common.name,
      'Walrus watch',
      'sources',
      'digest 60',
      'search zz',
      `why ${common.name}`,
    ]) {
      const reply = await chat.handle({ text, place, person: 'U1', asker: { role: 'guest' }, now });
      found.push(...leaks(reply, 'clear', text).map((word) => `${text} → ${word}`));
    }

    expect(found).toEqual([]);
  });

  it('is told nothing above it by any button, its own or one of a stricter place', async () => {
    const found: string[] = [];
    const seen = new Set<string>();
    for (const text of [common.name, 'Walrus watch', 'sources', 'digest 60', 'search zz', 'search walrus']) {
      const open = await chat.handle({ text, place: placeAt('red'), person: 'U1', now });
      const values = [...actionsOf(open.card)];
      for (const value of values) {
        const key = JSON.stringify(value);
        if (seen.has(key) || seen.size > 400) continue;
        seen.add(key);
        const reply = await chat.handleAction({ value, place, person: 'U1', asker: { role: 'member' }, now });
        const typed = value.question ?? '';
        found.push(...leaks(reply, ceiling, typed).map((word) => `${key} → ${word}`));
        values.push(...actionsOf(reply.card));
      }
    }

    expect(seen.size).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it('is offered no name above it while typing', async () => {
    const { index } = await desk.contextAt(ceiling);
    const offered = ['zz', 'zzr', 'zza', 'zzg', 'h'].flatMap((prefix) => index.suggest(prefix, 500));
    const text = JSON.stringify(offered).toLowerCase();
    const hidden = canaries.all().filter(({ level }) => !isAllowed(level, ceiling));

    expect(hidden.filter(({ word }) => text.includes(word))).toEqual([]);
  });

  it('sees what it may see', async () => {
    const reply = await chat.handle({ text: `aliases of ${common.name}`, place, person: 'U1', now });
    const text = replyTexts(reply);
    const expected = tlpLevels.filter((level) => isAllowed(level, ceiling));

    for (const level of expected) expect(text).toContain(canaries.word(level, 'otheralias'));
  });

  it('is told how much is withheld, and how strictly marked', async () => {
    const [answer, all] = await Promise.all([desk.ask(common.name, ceiling), desk.ask(common.name, 'red')]);
    const isWhole = ceiling === 'red';

    expect(all.withheld).toEqual({ count: 0, highest: null });
    expect(answer.withheld.count > 0).toBe(!isWhole);
    expect(answer.withheld.highest).toBe(isWhole ? null : 'red');
    expect(JSON.stringify(renderSlackMessage(cleared(answer.card)).payload).includes('withheld')).toBe(
      !isWhole,
    );
  });
});

it('counts fewer withheld facts the more a place may see', async () => {
  const counts: number[] = [];
  for (const level of tlpLevels) counts.push((await desk.ask(common.name, level)).withheld.count);

  expect([...counts].sort((a, b) => b - a)).toEqual(counts);
  expect(new Set(counts).size).toBe(tlpLevels.length);
});
