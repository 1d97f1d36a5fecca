import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionValue } from '../../src/cards/card.ts';
import { formIds, optionSources } from '../../src/cards/form.ts';
import { commandTable } from '../../src/chat/commands/index.ts';
import type { FormReply } from '../../src/chat/surfaces-types.ts';
import type { Asker, Place, Reply } from '../../src/chat/types.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { exportForms } from '../../src/export/types.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { allActions } from '../helpers/reading.ts';
import { runIn } from './leak-cli.ts';
import { common } from './leak-fixtures.ts';
import { canariesAbove, cardTexts, formTexts, leaksOf, pushLeaks } from './leak-scan.ts';
import { admin, channelAt, type LeakWorld, member, openLeakWorld } from './leak-world.ts';

/** What one place told, and the words above its ceiling in it. */
interface Found {
  readonly leaks: string[];
  readonly buttons: ActionValue[];
  told: number;
}

const person = 'T1/U1';
let world: LeakWorld;
let subscriptions: readonly StoredSubscription[];
/** Ids of what answers rested on that were given where everything may be seen. */
const evidence = new Set<string>();

beforeAll(async () => {
  world = await openLeakWorld();
  await useEverything();
  askedAt = lessSince;
  subscriptions = await world.store.subscriptions({});
  expect(subscriptions.length).toBeGreaterThan(8);
});
afterAll(() => world.close());

/** While the channel could see everything, its people named what is marked, in everything that is kept. */
async function useEverything(): Promise<void> {
  for (const level of tlpLevels) {
    const word = (field: string): string => world.canaries.word(level, field);
    const texts = [
      `subscribe daily 08:00 Europe/Berlin actor:"${word('actor')} Ltd" malware:"${word('malware')} Ltd"`,
      `subscribe weekdays 09:00 Europe/Berlin technique:"${word('technique')} Ltd" -source:${word('producer')}`,
      `watch ${word('actor')} Ltd`,
      `watch ${word('malware')} Ltd digest`,
      `mute actor ${word('alias')}`,
      `mute source ${word('producer')}`,
      `${word('actor')} Ltd`,
      `why ${common.name} ${word('otheralias')}`,
      `who uses ${word('malware')} Ltd`,
      `${word('indicator')}.example`,
      `compare ${common.name} and ${word('actor')} Ltd`,
    ];
    const changes = ['pause', 'resume'].map((verb) => `sources ${verb} ${word('connection')}`);
    for (const text of changes) expect((await say(text, channelAt('red'), admin)).outcome).toBeUndefined();
    for (const text of texts) {
      const { card } = await say(text, channelAt('red'), member);
      if (card.evidence !== undefined) evidence.add(card.evidence);
    }
  }
  for (const text of [common.name, `watch ${common.name}`, 'digest 60']) {
    const { card, answer } = await say(text, channelAt('red'), member);
    if (card.evidence !== undefined) evidence.add(card.evidence);
    if (answer === undefined) continue;
    const share: ActionValue = { verb: 'share', entity: common.id };
    await press(share, channelAt('red'), member);
  }
  // The last thing that the conversation spoke of is one that few may know of.
  await say(`${world.canaries.word('red', 'actor')} Ltd`, channelAt('red'), member);
}

/** When everything was asked that is asked in the channel while it may see all, and after that less. */
let askedAt = new Date('2026-01-20T02:50:00Z');
const lessSince = new Date('2026-01-20T02:55:00Z');

function say(text: string, place: Place, asker: Asker): Promise<Reply> {
  return world.chat.handle({ text, place, person, asker, now: askedAt });
}

function press(value: ActionValue, place: Place, asker: Asker): Promise<Reply> {
  return world.chat.handleAction({ value, place, person, asker, now: askedAt });
}

function newFound(): Found {
  return { leaks: [], buttons: [], told: 0 };
}

function note(found: Found, what: string, reply: Reply, ceiling: Tlp, typed = ''): void {
  found.told += 1;
  found.leaks.push(...leaksOf(reply, ceiling, typed).map((word) => `${what} → ${word}`));
  for (const action of allActions(reply.card))
    if (action.type === 'command') found.buttons.push(action.value);
}

function noteForm(found: Found, what: string, reply: FormReply, ceiling: Tlp, typed = ''): void {
  if (reply.kind !== 'done') {
    found.told += 1;
    const shown = formTexts(reply.form, reply.kind === 'form' ? reply.problems : []);
    found.leaks.push(...canariesAbove(ceiling, shown, typed).map((word) => `${what} → ${word} in a form`));
  }
  if (reply.kind !== 'form') note(found, what, reply.reply, ceiling, typed);
}

/** The names of connected sources, of all markings. */
function connections(): readonly string[] {
  return tlpLevels.map((level) => world.canaries.word(level, 'connection'));
}

/** Commands that are run where less may be seen than was. */
function textsToSay(): readonly string[] {
  const ids = subscriptions.map(({ id }) => id);
  return [
    ...commandTable.flatMap(({ name, examples, changes }) => [
      name,
      ...examples.filter((example) => !changes(example.replace(/^\S+\s*/, ''))),
    ]),
    'list',
    ...connections().flatMap((name) =>
      ['show', 'sync', 'pause', 'resume'].map((verb) => `sources ${verb} ${name}`),
    ),
    ...connections().map((name) => `sources add ${name}`),
    'watch',
    'mute',
    'edit which',
    'unsubscribe which',
    'digest failed',
    'handover 12h',
    'handover 30d',
    'and its tools?',
    'and its aliases?',
    `diff ${common.name} since 2026-01-01`,
    'diff since 2026-01-01',
    `why ${common.name}`,
    `why not ${common.name} Cousin Otter E`,
    'why Cousin Otter E',
    `compare ${common.name} and Cousin Otter E`,
    'campaigns from 1980 to 1990',
    `campaigns of ${common.name}`,
    'what is new',
    'who targets zzredsectorzz',
    ...ids.map((id) => `edit ${id}`),
    ...ids.map((id) => `digest preview ${id}`),
    ...[...evidence].map((id) => `why ${id}`),
  ];
}

describe.each(tlpLevels)('a channel that may see %s now', (ceiling) => {
  const place = channelAt(ceiling);
  const hidden = (): readonly string[] =>
    world.canaries.all().flatMap(({ word, level }) => (isAllowed(level, ceiling) ? [] : [word]));

  it('is told nothing above it of what was asked, kept and shared there when it could see everything', async () => {
    const found = newFound();
    for (const text of textsToSay()) note(found, text, await say(text, place, admin), ceiling, text);
    for (const text of ['list', 'settings', 'handover 30d', 'digest failed'])
      note(found, text, await say(text, place, member), ceiling, text);
    const seen = new Set<string>();
    for (const value of found.buttons) {
      const key = JSON.stringify(value);
      if (seen.has(key) || seen.size >= 100 || (value.question ?? '').startsWith('un')) continue;
      seen.add(key);
      note(found, key, await press(value, place, member), ceiling, value.question);
    }

    expect(found.leaks).toEqual([]);
    expect(found.told).toBeGreaterThan(150);
  });

  it('is told nothing above it by the audit, in a direct conversation, page by page and by any button', async () => {
    const found = newFound();
    const direct: Place = { ...place, id: 'T1/D1', thread: 'T1/D1', kind: 'direct' };
    const withheld = new Set<Tlp | null>();
    let entries = 0;
    // What is typed where less may be seen is the typist's own: what is looked through here was asked before.
    const before = `audit since 2026-01-19 until ${new Date(lessSince.getTime() - 1).toISOString()}`;
    const asked = [
      before,
      `${before} person me`,
      `${before} place C1`,
      `${before} actor ${common.name}`,
      ...connections().map((name) => `${before} person ${name}`),
      ...tlpLevels.map((level) => `${before} actor ${world.canaries.word(level, 'actor')} Ltd`),
    ];
    for (const text of asked) {
      let reply = await say(text, direct, admin);
      for (let pages = 0; pages < 40; pages += 1) {
        note(found, text, reply, ceiling, text);
        withheld.add(reply.card.withheld.highest);
        entries += reply.card.sections.flatMap((one) => (one.type === 'list' ? one.items : [])).length;
        const more = allActions(reply.card).find(({ label }) => label === 'More');
        if (more?.type !== 'command') break;
        reply = await press(more.value, direct, admin);
      }
    }
    const pressed = new Set(
      found.buttons.map((value) => JSON.stringify(value)).filter((key) => /"why /.test(key)),
    );
    for (const value of found.buttons) {
      const key = JSON.stringify(value);
      if (!pressed.delete(key)) continue;
      note(found, key, await press(value, direct, admin), ceiling, value.question);
    }

    expect(found.leaks).toEqual([]);
    expect(entries).toBeGreaterThan(100);
    expect(withheld.has('red')).toBe(ceiling !== 'red');
  });

  it('is told nothing above it in dialogs, by their fields, previews and problems', async () => {
    const found = newFound();
    const asked = { place, person, asker: admin, now: world.now };
    const red = `${world.canaries.word('red', 'actor')} Ltd`;
    for (const form of formIds) {
      const ids = form === 'edit-subscription' ? subscriptions.map(({ id }) => id) : [];
      const about = [common.id, red, ...ids];
      for (const entity of about) {
        const opened = await world.surfaces.openForm({ ...asked, form, entity });
        noteForm(found, `${form} ${entity}`, opened, ceiling, entity);
        if (opened.kind !== 'form' || opened.form.state === undefined) continue;
        const { state } = opened.form;
        const input = { ...asked, form, state, values: {} };
        noteForm(found, `${form} ${entity} anew`, await world.surfaces.refreshForm(input), ceiling);
        const preview = await world.surfaces.submitForm({ ...input, button: 'preview' });
        noteForm(found, `${form} ${entity} preview`, preview, ceiling);
      }
      for (const values of [{}, { actors: [red] }, { filters: ['actor:"zzred"'] }, { entity: [red] }]) {
        const input = { ...asked, form, values, button: 'preview' };
        noteForm(found, form, await world.surfaces.submitForm(input), ceiling, JSON.stringify(values));
      }
    }

    expect(found.leaks).toEqual([]);
    expect(found.told).toBeGreaterThan(20);
  });

  it('is offered, briefed and shown nothing above it by type-ahead, texts, links and its own page', async () => {
    const found = newFound();
    const asked = { place, person, asker: admin, now: world.now };
    for (const text of ['', 'zz', 'zzr', 'zzredactor', 'zza', 'walrus', 'source:zz', 'actor:zz']) {
      const offered = [
        ...(await world.surfaces.find({ ...asked, text, limit: 50 })),
        ...(await Promise.all(
          optionSources.map((source) => world.surfaces.options({ ...asked, source, text, limit: 100 })),
        )),
      ];
      found.leaks.push(...canariesAbove(ceiling, JSON.stringify(offered), text));
    }
    const all = world.canaries.all().map(({ word }) => word);
    const pasted = [...all.map((word) => `${word} Ltd`), ...all.map((word) => `${word}.example`)].join('\n');
    const briefed = await world.surfaces.briefText({ ...asked, text: pasted });
    const known = briefed.answer?.answers.map(({ name, aliases }) => [name, aliases]) ?? [];
    found.leaks.push(...canariesAbove(ceiling, JSON.stringify(known)));
    // Pasted addresses are given back as they were pasted; names are not.
    const lists = briefed.card.sections.filter(({ id }) => id !== 'indicators');
    found.leaks.push(...canariesAbove(ceiling, JSON.stringify(lists)));
    for (const asker of [member, admin]) {
      const home = await world.surfaces.home({ ...asked, asker });
      found.leaks.push(...canariesAbove(ceiling, cardTexts(home)), ...pushLeaks(home, ceiling));
    }
    for (const name of [common.name, common.id, ...all.map((word) => `${word} Ltd`)]) {
      const path = `/actor/${encodeURIComponent(name)}`;
      const card = await world.surfaces.linked({ ...asked, path });
      if (card !== undefined) found.leaks.push(...canariesAbove('clear', cardTexts(card), path));
    }

    expect(found.leaks).toEqual([]);
  });

  it('is delivered nothing above it, by no digest and no watch', async () => {
    const leaks: string[] = [];
    let told = 0;
    for (const one of [...subscriptions, ...subscriptions.map(lookingBack), everything()]) {
      const delivery = { id: 'd', slotAt: world.now.getTime(), merged: 0 };
      const until = world.now.getTime();
      const { messages } = await world.compose({ subscription: one, delivery, ceiling, until });
      for (const { card } of messages) {
        told += 1;
        const found = [...canariesAbove(ceiling, cardTexts(card)), ...pushLeaks(card, ceiling)];
        leaks.push(...found.map((word) => `${one.id} ${one.filters} → ${word}`));
      }
    }

    expect(leaks).toEqual([]);
    expect(told).toBeGreaterThan(0);
  });

  it('gets nothing above it from the command line, in any form', async () => {
    const lines: readonly (readonly string[])[] = [
      ...exportForms.map((form) => ['export', common.name, '--as', form]),
      ['export', 'who uses Walrus Winch', '--as', 'csv'],
      ['export', common.id, '--out', 'somewhere.json'],
      ['ask', common.name, '--json', '--full'],
      ['ask', 'Walrus watch', '--json'],
      ['ask', common.name, '--as', 'slack'],
      ['why', common.name, '--json', '--full'],
      ['why', 'Cousin Otter C', '--json'],
      ...[...evidence].slice(-3).map((id) => ['why', id, '--json']),
      ['diff', '--since', '2026-01-01', '--json'],
      ['diff', common.name, '--since', '2026-01-01', '--json'],
      ['stats', '--json'],
      ['digest', 'preview', '--days', '60', '--json'],
      ['digest', 'preview', '--days', '60'],
    ];
    const leaks: string[] = [];
    for (const line of lines) {
      const { text } = await runIn(world, ...line, '--tlp', ceiling);
      expect(text.length, line.join(' ')).toBeGreaterThan(20);
      leaks.push(...canariesAbove(ceiling, text).map((word) => `${line.join(' ')} → ${word}`));
    }
    for (const word of hidden().filter((one) => one.endsWith('actorzz'))) {
      const { exitCode, text } = await runIn(world, 'export', `${word} Ltd`, '--tlp', ceiling);
      expect(exitCode).not.toBe(0);
      leaks.push(...canariesAbove(ceiling, text, `${word} ltd`));
    }

    expect(leaks).toEqual([]);
  });
});

/** The same from before anything was known. */
function lookingBack(one: StoredSubscription): StoredSubscription {
  return { ...one, deliveredUntil: Date.UTC(2025, 11, 20) };
}

/** A digest of everything, of which nothing was told yet. */
function everything(): StoredSubscription {
  const [any] = subscriptions;
  if (any === undefined) throw new Error('nothing is subscribed to');
  return { ...lookingBack(any), id: 'everything', filters: '', kind: 'digest', shape: 'thread' };
}

describe('whatever was asked', () => {
  it('names nothing in the log at debug, in the figures and in what tells whether it is ready', async () => {
    const figures = await (await world.app.request('/metrics')).text();
    const ready = await (await world.app.request('/readyz')).text();

    expect(world.logged.flatMap((line) => canariesAbove('clear', line))).toEqual([]);
    expect(world.logged.filter((line) => line.includes(common.name))).toEqual([]);
    expect(figures).toContain('threatbrief_');
    expect(canariesAbove('clear', `${figures}\n${ready}`)).toEqual([]);
  });

  it('stands in the audit as ids and markings, beside what was typed', async () => {
    await world.written();
    const { text } = await runIn(world, 'audit', '--since', '2026-01-01', '--json');
    const entries = text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line));
    const asked = entries.filter(({ kind }) => kind === 'asked');

    expect(asked.length).toBeGreaterThan(50);
    const kept = asked.map((entry) => JSON.stringify({ ...entry, question: null }));
    expect(kept.flatMap((line) => canariesAbove('clear', line))).toEqual([]);
  });

  it('is not found in what the page of this machine answers, above what it may see', async () => {
    const leaks: string[] = [];
    for (const question of [common.name, 'sources', 'zzredactorzz Ltd', 'digest 60']) {
      const response = await world.app.request('/playground/api/ask', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ question, session: 'leak' }),
      });
      expect(response.status).toBe(200);
      leaks.push(...canariesAbove('green', await response.text(), question));
    }

    expect(leaks).toEqual([]);
  });
});
