import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, ActionValue, Card } from '../../src/cards/card.ts';
import { type Form, formIds, optionSources } from '../../src/cards/form.ts';
import { commandTable } from '../../src/chat/commands/index.ts';
import { type FormReply, linkCeiling } from '../../src/chat/surfaces-types.ts';
import type { Asker, Place } from '../../src/chat/types.ts';
import type { Claim, Knowledge } from '../../src/knowledge/types.ts';
import type { StoredChange } from '../../src/store/types.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { type ConversationWorld, openConversationWorld } from '../helpers/conversation-world.ts';
import { openTeams } from '../helpers/platforms/teams.ts';
import { allActions } from '../helpers/reading.ts';
import {
  problemsInViews,
  problemsOf,
  problemsOfForm,
  problemsOfLink,
  problemsOfOptions,
} from '../helpers/sweep-cards.ts';

const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};
const admin: Asker = { role: 'admin', isMemberHere: true, zone: 'Europe/Berlin' };
const asked = { place, person: 'T1/U1', asker: admin, now: new Date() };
const day = 86_400_000;
const newest = Date.parse('2026-11-22T10:00:00Z');
/** When much, some, little and nothing became known since: digests tell all of it up to now. */
const since = {
  much: newest - 30 * day,
  some: newest - 20 * day,
  little: newest - 10 * day,
  nothing: newest - day,
};

let world: ConversationWorld;
let knowledge: Knowledge;
let changes: readonly StoredChange[] = [];

beforeAll(async () => {
  const store = bundledStore();
  world = await openConversationWorld({
    ...store,
    changes: async (from, to) => changes.filter(({ at }) => from <= at && at < to),
  });
  for (const text of ['subscribe daily 08:00', 'watch Lazarus Group digest', 'watch APT28 digest'])
    await world.chat.handle({ ...asked, text });
  await failSource('zz-long-failing');
  ({ knowledge } = await world.desk.contextAt('green'));
  const actors = [...knowledge.entities.values()].filter(({ type }) => type === 'intrusion-set');
  const claims = actors.map(({ id }) => knowledge.claims(id)).sort((a, b) => b.length - a.length);
  changes = [
    ...changesOf(
      claims.slice(0, 400).flatMap((list) => list.slice(0, 12)),
      since.much + 1_000,
    ),
    ...changesOf(
      claims.slice(0, 12).flatMap((list) => list.slice(0, 20)),
      since.some + 1_000,
    ),
    ...changesOf((claims[900] ?? []).slice(1, 2), since.little + 1_000),
  ];
}, 60_000);
afterAll(() => world.close());

/** A source that fails in the longest words. */
async function failSource(name: string): Promise<void> {
  const now = Date.now();
  const connection = { name, kind: 'url', url: 'https://acme.example/', every: 'weekly mon 03:00' };
  await world.store.addConnection(connection, { now, nextRunAt: now });
  await world.store.leaseConnection(name, { owner: 'one', now, until: now + 60_000 });
  const error = `<!channel> & <b>x</b> [y](https://evil.example) ${'no answer '.repeat(200)}`;
  await world.store.endSync(name, 'one', { kind: 'failure', at: now, nextRunAt: now, sources: [], error });
}

/** A card in every shape, and how many it was of. */
function inEveryShape(card: Card): readonly string[] {
  return [...problemsOf(card), ...problemsInViews(card)].map((problem) => `“${card.title}”: ${problem}`);
}

function tell(what: string, count: number): void {
  process.stdout.write(`swept ${what}: ${count}\n`);
}

describe('what changes something', () => {
  const texts = [
    ...[
      'daily 08:00',
      'weekdays at 8 sector:telecom country:iran -source:misp-galaxy thread line',
      'every Monday 09:30 actor:APT39',
    ].map((rest) => `subscribe ${rest}`),
    ...Array.from({ length: 10 }, (_, hour) => `subscribe daily ${hour + 10}:15 Asia/Tokyo kind:report`),
    'subscribe',
    'subscribe sometimes',
    'list',
    'edit which',
    'unsubscribe which',
    'pause which',
    'digest preview which',
    'digest now which',
    'digest dead',
    'watch APT39',
    'watch Lazarus Group digest',
    'watch winnti',
    'watch',
    'mute actor APT28 for 7 days',
    'mute source misp-galaxy',
    'mute',
    'unmute source misp-galaxy',
    'settings',
    'settings sectors energy, telecom',
    'settings naming microsoft',
    'settings tlp',
    'settings share nobody',
    'settings share default',
    'handover',
    'audit',
    'audit 7d actor APT39',
    'audit person nobody',
    'sources presets',
    'sources add kev',
    'sources add https://acme.example/feed',
    'sources show zz-long-failing',
    'sources sync kev',
    'sources sync kev',
    'sources pause kev',
    'sources resume kev',
    'sources show nothing',
    'sources remove kev',
    'sources',
    'pause all',
    'list',
  ];

  it('says so soundly on every platform, and so do its buttons', async () => {
    let count = 0;
    const pressedBefore = new Set<string>();
    const problems: string[] = [];
    for (const text of [...texts, ...commandTable.map(({ name }) => `help ${name}`)]) {
      // What was asked in this very moment does not stand in the audit yet.
      world.pass(0.001);
      const at = text.startsWith('audit') ? { ...place, id: 'T1/D1', kind: 'direct' as const } : place;
      const { card } = await world.chat.handle({ ...asked, place: at, text });
      problems.push(...inEveryShape(card).map((one) => `${text}: ${one}`));
      count += 1;
      for (const value of safeValues(allActions(card))) {
        if (pressedBefore.has(JSON.stringify(value))) continue;
        pressedBefore.add(JSON.stringify(value));
        const pressed = await world.chat.handleAction({ ...asked, place: at, value });
        problems.push(...problemsOf(pressed.card).map((one) => `${text} > ${JSON.stringify(value)}: ${one}`));
        count += 1;
      }
    }

    expect(problems).toEqual([]);
    expect((await world.store.subscriptions()).length).toBeGreaterThan(10);
    tell('answers of commands that change something, and of their buttons', count);
  }, 60_000);
});

/** What buttons of a card ask; those that would take back what the sweep needs are left alone. */
function safeValues(actions: readonly Action[]): readonly ActionValue[] {
  return actions.flatMap((action) =>
    action.type === 'command' && !/^(?:unsubscribe|unwatch|unmute)/.test(action.value.question ?? '')
      ? [action.value]
      : [],
  );
}

describe('dialogs', () => {
  it('are sound when they open, change and come back with problems, whatever is chosen', async () => {
    const [one] = await world.store.subscriptions();
    const problems: string[] = [];
    let count = 0;
    const look = (reply: FormReply): Form | undefined => {
      count += 1;
      if (reply.kind !== 'form') problems.push(...inEveryShape(reply.reply.card));
      if (reply.kind === 'done') return undefined;
      problems.push(...problemsOfForm(reply.form, reply.kind === 'form' ? reply.problems : []));
      return reply.form;
    };
    for (const form of formIds) {
      for (const asker of [
        admin,
        { role: 'member', isMemberHere: true } as const,
        { role: 'guest' } as const,
      ]) {
        const about =
          form === 'edit-subscription' ? { entity: one?.id ?? '' } : { question: 'compare APT39 and {}' };
        const opened = look(await world.surfaces.openForm({ ...asked, asker, form, ...about }));
        for (const values of opened === undefined ? [] : variations(opened)) {
          const input = {
            ...asked,
            asker,
            form,
            values,
            ...(opened?.state === undefined ? {} : { state: opened.state }),
          };
          look(await world.surfaces.refreshForm(input));
          look(await world.surfaces.submitForm({ ...input, button: 'preview' }));
          // Sent with what nobody could have chosen, so that it comes back.
          const wrong = {
            ...values,
            filters: ['sektor:x', '<!channel>'],
            time: ['25 o’clock'],
            'zone.text': ['Mars'],
          };
          look(await world.surfaces.submitForm({ ...input, values: wrong }));
        }
      }
    }

    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(100);
    tell('forms as modals and dialogs', count);
  }, 60_000);

  it('offer only what Slack takes, for every beginning', async () => {
    const problems: string[] = [];
    let count = 0;
    for (const source of optionSources) {
      for (const text of [
        '',
        ...'a b d e g k r t'.split(' '),
        'ap',
        'sector:',
        'country:',
        'actor:a',
        'europe/',
        '-source:',
        '<!channel>',
      ]) {
        const options = await world.surfaces.options({ ...asked, source, text, limit: 100 });
        count += options.length;
        problems.push(...problemsOfOptions(options).map((one) => `${source} “${text}”: ${one}`));
      }
    }

    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(2_000);
    tell('options of search fields', count);
  }, 60_000);
});

/** Each value that each field of choices can have, alone; all fields else as they stand. */
function variations({ fields }: Form): readonly Readonly<Record<string, readonly string[]>>[] {
  return [
    {},
    ...fields.flatMap((field) => {
      if (field.type !== 'choice' && field.type !== 'choices') return [];
      return field.options.slice(0, 12).map(({ value }) => ({ [field.id]: [value] }));
    }),
  ];
}

describe('pages of one’s own, pasted texts, links and the message extension', () => {
  it('are sound, the fullest page and the longest text too', async () => {
    const names = [...knowledge.entities.values()].map(({ name }) => name);
    for (const name of names.filter((_, index) => index % 250 === 0))
      await world.chat.handle({ ...asked, text: `watch ${name}` });
    const text = names.filter((_, index) => index % 10 === 0).join(', ');

    const cards = [
      await world.surfaces.home(asked),
      await world.surfaces.home({ ...asked, asker: { role: 'guest' } }),
      await world.surfaces.home({ ...asked, person: 'T1/U2', place: { ...place, id: 'T1/C2' } }),
      (await world.surfaces.briefText({ ...asked, text })).card,
      (await world.surfaces.briefText({ ...asked, text: 'nothing' })).card,
      (
        await world.surfaces.briefText({
          ...asked,
          text: '198.51.100.7 hxxp://evil[.]example T1566 CVE-2017-11882',
        })
      ).card,
    ];

    expect(cards.flatMap(inEveryShape)).toEqual([]);
    tell('pages and pasted texts', cards.length);
  }, 60_000);

  it('preview actors soundly, and nothing that is not CLEAR', async () => {
    const actors = [...knowledge.entities.values()].filter(({ type }) => type === 'intrusion-set');
    const swept = actors.filter((_, index) => index % 4 === 0);
    const problems: string[] = [];
    let previews = 0;
    for (const { id, name } of swept) {
      const card = await world.surfaces.linked({ ...asked, path: `/actor/${id}` });
      if (card === undefined) continue;
      previews += 1;
      if (card.marking !== linkCeiling) problems.push(`${name}: marked ${card.marking}`);
      problems.push(...problemsOfLink(card).map((one) => `${name}: ${one}`));
    }

    expect(problems).toEqual([]);
    expect(previews).toBeGreaterThan(250);
    tell('previews of links', previews);
  }, 60_000);

  it('list results that are sound for every letter', async () => {
    const driver = await openTeams(world.chat, { surfaces: world.surfaces });
    let count = 0;
    try {
      for (const text of [
        'apt',
        'laz',
        'cozy',
        'mimik',
        'T10',
        'CVE-2017',
        'kit',
        'x',
        '<b>',
        'q'.repeat(300),
      ])
        count += (await driver.type(text)).length;
    } finally {
      await driver.close();
    }

    expect(count).toBeGreaterThan(20);
    tell('results of the message extension', count);
  }, 60_000);
});

describe('digests', () => {
  const shapes = ['message', 'thread'] as const;
  const kinds = ['digest', 'watch'] as const;

  it('are sound as one message, as a thread and for those who watch, full, short and empty', async () => {
    const [one] = await world.store.subscriptions();
    if (one === undefined) throw new Error('nothing is subscribed');
    const found = new Map<string, number>();
    const problems: string[] = [];
    for (const [name, from] of Object.entries(since)) {
      for (const shape of shapes) {
        for (const kind of kinds) {
          const subscription = {
            ...one,
            shape,
            kind,
            emptyDay: 'line',
            filters: '',
            deliveredUntil: from,
          } as const;
          const delivery = { id: `d-${name}`, slotAt: newest, merged: 0 };
          const digest = await world.compose({ subscription, delivery, ceiling: 'green', until: newest });
          for (const { role, card } of digest.messages) {
            problems.push(...inEveryShape(card).map((problem) => `${name} ${shape} ${kind}: ${problem}`));
            const what = digest.isEmpty ? 'empty' : kind === 'watch' ? `${role} of a watch` : role;
            found.set(what, (found.get(what) ?? 0) + 1);
          }
          const [parent] = digest.messages;
          for (const value of safeValues(parent === undefined ? [] : allActions(parent.card))) {
            const pressed = await world.chat.handleAction({ ...asked, value });
            problems.push(
              ...problemsOf(pressed.card).map((problem) => `${name} > ${JSON.stringify(value)}: ${problem}`),
            );
          }
        }
      }
    }

    expect(problems).toEqual([]);
    expect([...found.keys()]).toEqual(
      expect.arrayContaining(['empty', 'parent', 'reply', 'single', 'single of a watch']),
    );
    tell(
      `digests (${[...found].map(([role, count]) => `${count} ${role}`).join(', ')})`,
      [...found.values()].reduce((a, b) => a + b),
    );
  }, 60_000);
});

/** Claims as changes, as an import would have written them. */
function changesOf(claims: readonly Claim[], at: number): readonly StoredChange[] {
  return claims.map(({ subject, object, predicate, value, provenance }, index) => ({
    id: at / 1_000 + index,
    at,
    source: provenance.source,
    recordId: provenance.record,
    kind: index % 9 === 0 ? 'claim-withdrawn' : 'claim-added',
    title: value,
    marking: provenance.marking,
    detail: {
      predicate,
      value,
      subject: { types: [subject.split('--')[0]], id: subject },
      ...(object === undefined ? {} : { target: { id: object } }),
      ...(predicate === 'alias' ? { relation: 'same-as' } : {}),
    },
  }));
}
