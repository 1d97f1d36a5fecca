import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../../src/chat/types.ts';
import { StoreUnavailableError } from '../../../src/store/errors.ts';
import type { StoredConnection } from '../../../src/store/types.ts';
import { admin, channel, guest, member, type Operators, openOperators } from '../../helpers/operators.ts';
import { allActions, readCard } from '../../helpers/reading.ts';

let world: Operators;

beforeEach(async () => {
  world = await openOperators();
});
afterEach(() => world.close());

const read = async (...args: Parameters<Operators['say']>): Promise<string> =>
  readCard((await world.say(...args)).card);

function questions({ card }: Pick<Reply, 'card'>): readonly string[] {
  return allActions(card).flatMap((one) =>
    one.type === 'command' ? (one.value.question ?? one.value.verb) : [],
  );
}

async function stored(name: string): Promise<StoredConnection> {
  const found = (await world.store.connections()).find(({ connection }) => connection.name === name);
  if (found === undefined) throw new Error(`nothing is connected as ${name}`);
  return found;
}

async function connect(name: string, marking?: StoredConnection['connection']['marking']): Promise<void> {
  const at = { now: world.now.getTime(), nextRunAt: world.now.getTime() };
  const connection = { name, kind: 'any', url: 'https://acme.example/', every: '6h' };
  await world.store.addConnection(marking === undefined ? connection : { ...connection, marking }, at);
}

const changing = ['sources add kev', 'sources sync acme', 'sources pause acme', 'sources resume acme'];

describe('changes of sources in chat', () => {
  it('names what can be added, and adds it by its name', async () => {
    const presets = await world.say('sources presets');

    expect(readCard(presets.card)).toMatch(/kev — CISA Known Exploited Vulnerabilities; TLP:CLEAR, every 6h/);
    expect(questions(presets)).toContain('sources add kev');
    expect(presets.audience).toBe('asker');

    const added = await world.say('sources add KEV');

    expect(readCard(added.card)).toMatch(/It was added[^]*Not synced so far[^]*within seconds/);
    expect(questions(added)).toEqual(
      expect.arrayContaining(['sources show kev', 'sources sync kev', 'sources pause kev']),
    );
    expect((await stored('kev')).connection).toMatchObject({ kind: 'url', marking: 'clear', every: '6h' });
    expect(questions(await world.say('sources presets'))).toContain('sources show kev');
    expect(await read('sources add kev')).toContain('connected already; nothing was changed');
  });

  it.each([
    [
      'sources add https://acme.example/feed?key=hunter2hunter2',
      'threatbrief sources add NAME --url ADDRESS',
    ],
    ['sources add acme --key-env ACME_hunter2', 'threatbrief sources add NAME --url ADDRESS'],
    ['sources add ../etc/hunter2', 'threatbrief sources add NAME --url ADDRESS'],
    ['sources remove acme', 'threatbrief sources remove NAME'],
    ['sources add acme', 'no source that comes ready-made; take one of: attack-enterprise'],
  ])('takes no address, key or file and removes nothing: “%s”', async (text, line) => {
    await connect('acme');
    const told = await read(text);

    expect(told).toContain(line);
    expect(told).not.toContain('hunter2');
    expect((await world.store.connections()).map(({ connection }) => connection.name)).toEqual(['acme']);
    expect(await world.changes()).toEqual([]);
  });

  it('syncs in the background, answers at once, and shows how it went', async () => {
    await connect('acme');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let syncs = 0;
    world.sync = async function* () {
      syncs += 1;
      await held;
      yield { kind: 'rejection', rejection: { place: 'x', path: '', reason: 'no use' } };
    };

    expect(await read('sources sync acme')).toContain('The sync began, in the background');
    await vi.waitFor(async () => expect((await stored('acme')).leasedUntil).not.toBeNull());
    expect(await read('sources sync acme')).toContain('under way already; no other one was begun');
    expect(await read('sources')).toContain('syncing now');
    await connect('other');
    expect(await read('sources sync other')).toContain('waits behind others');
    release();
    await vi.waitFor(async () => expect((await stored('other')).lastSuccessAt).not.toBeNull());

    expect(await read('sources')).toMatch(/acme — last success 2026-11-22 22:00, last sync 1 rejected/);
    expect(await read('sources show acme')).toMatch(/State: Fine[^]*Last sync brought: 1 rejected/);
    expect(syncs).toBe(2);
    expect(await read('sources sync acme')).toContain('less than a minute ago');
    expect(syncs).toBe(2);
    world.pass(61_000);
    expect(await read('sources sync acme')).toContain('The sync began');
    await vi.waitFor(() => expect(syncs).toBe(3));
  });

  it('says when another process syncs it', async () => {
    await connect('acme');
    const now = world.now.getTime();
    await world.store.leaseConnection('acme', { owner: 'another', now, until: now + 60_000 });

    expect(await read('sources sync acme')).toContain('under way already');
    expect(await world.changes()).toEqual([]);
  });

  it('shows why a sync failed, with nothing of it to press', async () => {
    await connect('acme');
    world.sync = async function* () {
      yield* [];
      throw new Error('no answer from http://evil.example/x');
    };
    await world.say('sources sync acme');
    await vi.waitFor(async () => expect((await stored('acme')).lastError).not.toBeNull());

    const { card } = await world.say('sources show acme');

    expect(readCard(card)).toMatch(/Fails; what it brought before stays[^]*no answer from/);
    const error = card.sections.find(({ id }) => id === 'error');
    expect(error).toMatchObject({ paragraphs: [[{ defang: true }]] });
  });

  it('pauses and resumes, by word and by button', async () => {
    await connect('acme');
    const opened = await world.say('sources');
    expect(questions(opened)).toContain('sources show acme');

    expect(await read('sources pause acme')).toMatch(/It was paused[^]*Next sync: when it is asked for/);
    expect((await stored('acme')).paused).toBe(true);
    const paused = await world.say('sources show acme');
    expect(questions(paused)).toContain('sources resume acme');
    const resumed = await world.press({ verb: 'ask', question: 'sources resume acme' });

    expect(readCard(resumed.card)).toContain('It goes on');
    expect(await stored('acme')).toMatchObject({ paused: false, nextRunAt: world.now.getTime() });
  });

  it('stands in the audit: who changed what, and where', async () => {
    await connect('acme');
    for (const text of changing) await world.say(text, { person: 'T1/U7', place: channel });

    const events = (await world.changes()).toReversed();

    expect(events.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'source.add kev',
      'source.sync acme',
      'source.pause acme',
      'source.resume acme',
    ]);
    expect(events[0]).toMatchObject({
      by: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U7' },
      detail: { place: 'T1/C1' },
    });
  });
});

describe('who may change sources', () => {
  it.each([['member', member] as const, ['guest', guest] as const])(
    'is no %s, on the command and on the press, and that is noted',
    async (_, asker) => {
      await connect('acme', 'clear');
      for (const text of [
        ...changing,
        'sources presets',
        'sources remove acme',
        'sources add https://x.example',
      ]) {
        const said = await world.say(text, { asker });
        const pressed = await world.press({ verb: 'ask', question: text }, { asker });

        for (const reply of [said, pressed]) {
          expect(readCard(reply.card), text).toContain(
            'Only admins of this workspace may add and change sources',
          );
          expect(reply).toMatchObject({ audience: 'asker', outcome: 'refused' });
        }
      }

      expect(await stored('acme')).toMatchObject({ paused: false, lastAttemptAt: null });
      expect(await world.store.connections()).toHaveLength(1);
      const noted = await world.changes();
      expect(noted.map(({ action, target }) => `${action} ${target}`)).toEqual(['refused sources']);
    },
  );

  it('sees buttons for it, and nobody else does, who sees the state all the same', async () => {
    await connect('acme');

    expect(questions(await world.say('sources'))).toEqual(
      expect.arrayContaining(['sources show acme', 'sources presets']),
    );
    expect(questions(await world.say('sources', { asker: member }))).toEqual([]);
    expect(questions(await world.say('sources show acme', { asker: member }))).toEqual([
      'sources show acme',
      'sources',
    ]);
    expect(questions({ card: await world.home() })).toContain('sources show acme');
    expect(questions({ card: await world.home({ asker: member }) })).not.toContain('sources show acme');
  });

  it('is asked again at each press, and may be chosen', async () => {
    await connect('acme');
    await world.say('settings permissions sources members');
    const shown = await world.say('sources show acme', { asker: member });
    expect(questions(shown)).toContain('sources pause acme');

    await world.say('settings permissions sources nobody');
    const pressed = await world.press({ verb: 'ask', question: 'sources pause acme' }, { asker: member });

    expect(readCard(pressed.card)).toContain('Nobody may add and change sources here');
    expect((await stored('acme')).paused).toBe(false);
  });

  it('is whom the operator names, where several workspaces share the server', async () => {
    await world.close();
    world = await openOperators({ admins: ['slack:T1/U9'], slackClientId: '1.2' });
    await connect('acme');

    const refused = await world.say('sources pause acme', { asker: admin });
    expect(readCard(refused.card)).toContain('only people whom its operator names as ADMINS may');
    expect((await stored('acme')).paused).toBe(false);
    await world.say('settings permissions sources anyone', { asker: admin });
    expect(await read('sources pause acme', { asker: admin })).toContain(
      'Several workspaces share this server',
    );

    expect(await read('sources pause acme', { person: 'T1/U9', asker: member })).toContain('It was paused');
  });
});

describe('a source that the place may not know of', () => {
  it('is neither named nor changed, as if it were not there', async () => {
    await connect('zzsecret', 'amber');
    const unknown = await read('sources pause nothing-such');

    for (const verb of ['show', 'sync', 'pause', 'resume']) {
      const told = await read(`sources ${verb} zzsecret`);
      expect(told).toBe(unknown.replaceAll('nothing-such', 'zzsecret'));
    }
    expect(await read('sources')).not.toContain('zzsecret');
    expect((await world.store.connections())[0]).toMatchObject({ paused: false, lastAttemptAt: null });
  });

  it('is not told of by the name of a preset that it has taken', async () => {
    await connect('kev', 'amber');

    expect(questions(await world.say('sources presets'))).toContain('sources add kev');
    const told = await read('sources add kev');

    expect(told).toContain('cannot be added from here');
    expect(told).not.toMatch(/connected already|AMBER/);
  });

  it('marks the card of a place that may', async () => {
    await connect('zzsecret', 'amber');
    const amber = { ...channel, ceiling: 'amber' } as const;

    for (const text of ['sources', 'sources show zzsecret', 'sources show other', 'sources pause zzsecret']) {
      const { card } = await world.say(text, { place: amber });
      expect(readCard(card), text).toContain('zzsecret');
      expect(card.marking, text).toBe('amber');
    }
  });
});

describe('where sources cannot be changed', () => {
  it('says so where the process syncs none, and offers nothing', async () => {
    await world.close();
    world = await openOperators({ admins: [] }, { withoutSources: true });
    await connect('acme');

    for (const text of [...changing, 'sources presets'])
      expect(await read(text), text).toContain('this process does not sync any');
    expect(questions(await world.say('sources'))).toEqual([]);
    expect((await stored('acme')).paused).toBe(false);
  });

  it('says so when the database does not answer', async () => {
    await connect('acme');
    world.fail(new StoreUnavailableError('store-unavailable', 'the database is out'));

    expect(await read('sources sync acme')).toContain('The data cannot be reached right now');
    world.fail(undefined);
    expect(await world.changes()).toEqual([]);
  });
});

describe('what only begins like it', () => {
  it.each(['sources of APT900', 'sources that name APT900'])('is a question: “%s”', async (text) => {
    expect((await world.say(text)).answer).toBeDefined();
  });

  it.each(['sources add', 'sources sync', 'sources pause two words'])(
    'says how “%s” is used',
    async (text) => {
      expect(await read(text)).toContain('Usage');
    },
  );
});
