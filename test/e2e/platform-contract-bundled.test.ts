import { beforeAll, describe, expect, it } from 'vitest';
import type { Card, Section } from '../../src/cards/card.ts';
import { defangAll } from '../../src/cards/defang-text.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import type { Chat, Reply } from '../../src/chat/types.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import { silentLog } from '../../src/support/log.ts';
import type { PlatformDriver, Shown } from '../contracts/chat-platform-contract.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { openPlayground } from '../helpers/platforms/playground.ts';
import { openSlack } from '../helpers/platforms/slack.ts';
import { openTeams } from '../helpers/platforms/teams.ts';

/** What a person types or presses, in order. */
const script: readonly (readonly ['say' | 'press', string])[] = [
  ['say', 'APT39'],
  ['press', 'More'],
  ['press', 'Techniques by tactic'],
  ['say', 'chafer'],
  ['press', 'Share'],
  ['say', 'who is remix kiten?'],
  ['say', 'Winnti'],
  ['press', 'APT41'],
  ['say', 'what malware does APT28 use'],
  ['say', 'who uses Mimikatz'],
  ['say', 'T1566.001'],
  ['say', 'Lazarus Group'],
  ['say', 'brief Sandworm Team'],
  ['say', 'search kitten'],
  ['say', 'sources'],
  ['say', 'help'],
  ['say', 'help digest'],
  ['say', 'digest 7 country:iran'],
  ['say', 'digest colour:red'],
  ['say', 'xqzv wjkp'],
  ['say', '198.51.100.7'],
  ['say', 'qxv [x](https://evil.example) & @here'],
];

const platforms = [
  ['Slack', openSlack],
  ['Teams', openTeams],
  ['the playground', openPlayground],
] as const;

interface Talk {
  readonly shown: readonly Shown[];
  /** The cards behind what was shown, before any platform rendered them. */
  readonly cards: readonly Card[];
}

let talks: ReadonlyMap<string, Talk>;

beforeAll(async () => {
  const clock = { now: () => new Date('2026-11-22T12:00:00Z') };
  const desk = createDesk({ store: bundledStore(), clock, log: silentLog });
  const held: [string, Talk][] = [];
  for (const [name, open] of platforms) held.push([name, await converse(desk, open)]);
  talks = new Map(held);
});

async function converse(desk: Desk, open: (chat: Chat) => Promise<PlatformDriver>): Promise<Talk> {
  const clock = { now: () => new Date('2026-11-22T12:00:00Z') };
  const chat = createChat({ desk, clock, log: silentLog });
  const cards: Card[] = [];
  const noting = async (asked: Promise<Reply>): Promise<Reply> => {
    const reply = await asked;
    cards.push(reply.card);
    return reply;
  };
  const driver = await open({
    handle: (request) => noting(chat.handle(request)),
    handleAction: (request) => noting(chat.handleAction(request)),
  });
  try {
    const shown: Shown[] = [];
    for (const [act, words] of script) shown.push(await driver[act](words));
    return { shown, cards };
  } finally {
    await driver.close();
  }
}

function talkOn(name: string): Talk {
  const talk = talks.get(name);
  if (talk === undefined) throw new Error(`no talk on ${name}`);
  return talk;
}

/** Text without what a platform adds or changes: blanks, line ends, marks of sources. */
function bare(text: string): string {
  return text.replace(/\[\d+\]/g, '').replace(/[\s*_]+/g, '');
}

/** Every run of text in the parts that are never or last left out. */
function firstScreen(card: Card): readonly string[] {
  const runs = card.sections.filter(({ rank }) => rank <= 1).flatMap(runsOf);
  return [card.title, ...runs];
}

function runsOf(section: Section): readonly string[] {
  switch (section.type) {
    case 'text':
      return section.paragraphs.flat().map(({ text }) => text);
    case 'fields':
      return section.fields.flatMap(({ label, value }) => [label, ...value.map(({ text }) => text)]);
    case 'list':
    case 'timeline':
      return [...section.items].flatMap(({ text }) => text.map((span) => span.text));
    case 'table':
      return section.rows.flat(2).map(({ text }) => text);
    default:
      return assertNever(section);
  }
}

describe.each(platforms.map(([name]) => name))('the bundled facts on %s', (name) => {
  it('come as the same cards as on every other platform', () => {
    const [reference] = platforms;

    expect(talkOn(name).cards).toEqual(talkOn(reference[0]).cards);
    expect(talkOn(name).cards).toHaveLength(script.length);
  });

  it('are all shown of the first screen', () => {
    const { shown, cards } = talkOn(name);

    const missing = cards.flatMap((card, index) => {
      const text = bare(shown[index]?.text ?? '');
      return firstScreen(card)
        .filter((run) => !text.includes(bare(run)) && !text.includes(bare(defangAll(run))))
        .map((run) => `${script[index]?.join(' ')}: ${run}`);
    });
    expect(missing).toEqual([]);
  });

  it('say who, who says so, and how it is marked', () => {
    const [apt39] = talkOn(name).shown;

    for (const words of ['APT39', 'Chafer', 'Iran', 'Remexi', 'MITRE ATT&CK', 'MISP galaxy', 'TLP:CLEAR']) {
      expect(apt39?.text).toContain(words);
    }
  });

  it('answer the words of a stranger as text', () => {
    const last = talkOn(name).shown.at(-1);

    expect(last?.text).not.toMatch(/https:\/\/evil\.example/);
  });
});
