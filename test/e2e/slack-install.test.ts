import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/domain/subscription.ts';
import { cleared } from '../helpers/cleared.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { sampleCard } from '../helpers/sample-card.ts';
import {
  allowInstall,
  beginInstall,
  clientSecret,
  createInstallWorld,
  finishInstall,
  type InstallWorld,
  install,
  origin,
} from '../helpers/slack-install.ts';
import { apiError, createSlackNetwork, type SlackNetwork } from '../helpers/slack-network.ts';
import {
  eventBody,
  formRequest,
  jsonRequest,
  slashBody,
  testNow,
  type Who,
} from '../helpers/slack-request.ts';

const dayMs = 86_400_000;

let network: SlackNetwork;
let world: InstallWorld;

beforeAll(async () => {
  network = await createSlackNetwork();
});
afterAll(() => network.close());
beforeEach(async () => {
  network.reset();
  world = await createInstallWorld(network);
});
afterEach(async () => {
  await world.close();
});

const ann = (team = network.team): Who => ({ team, channel: network.channel, user: network.users.ann });
const ask = (who: Who): Promise<Response> => world.send(formRequest(slashBody(who, 'APT39')));
const answers = (): readonly unknown[] => network.messages().map(({ body }) => body['text']);
const secondTeam = 'T000000002';

/** The next installation is one of another workspace; `changes` are laid over what Slack grants. */
function grant(changes: object): void {
  network.stubs.set('oauth.v2.access', async (_body, passOn) => {
    network.stubs.delete('oauth.v2.access');
    return Response.json({ ...((await (await passOn()).json()) as object), ...changes });
  });
}

async function installAs(changes: object): Promise<Response> {
  grant(changes);
  return install(world.platform, network.users.ann);
}

const second = { team: { id: secondTeam, name: 'Second' } };

function place(team = network.team): Destination {
  return { platform: 'slack', workspace: `slack:${team}`, id: `${team}/${network.channel}`, kind: 'channel' };
}

function removalEvent(event: object, extra: object = {}, team = network.team): Request {
  return jsonRequest(eventBody({ ...ann(team), user: '' }, { ...event }, { authorizations: [], ...extra }));
}

describe('an installation', () => {
  it('leads from the link over Slack’s page to the first answer', async () => {
    const before = await ask(ann());
    const done = await install(world.platform, network.users.ann);
    const html = await done.text();
    world.nowMs += 10_000;
    await ask(ann());

    expect([before.status, done.status]).toEqual([200, 200]);
    expect(done.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('threatbrief is installed in Workspace');
    expect(html).toContain('/apt APT39');
    expect(answers()).toEqual([expect.stringContaining('not installed'), sampleCard.fallbackText]);
    expect(world.chat.asked).toHaveLength(1);
  });

  it('asks for the permissions of the manifest and comes back to this server', async () => {
    const { location, setCookie } = await beginInstall(world.platform);

    expect(location.pathname).toBe('/oauth/v2/authorize');
    expect(location.searchParams.get('client_id')).toBe('client-id');
    expect(location.searchParams.get('scope')?.split(',')).toContain('chat:write');
    expect(location.searchParams.get('redirect_uri')).toBe(`${origin}/slack/oauth_redirect`);
    expect(setCookie).toMatch(
      /^threatbrief_slack_install=[\w-]{32}; Path=\/slack; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
  });

  it('goes by the public address, with a cookie for https only', async () => {
    const behind = await createInstallWorld(network, { publicUrl: 'https://tb.example.org/intel' });
    const { location, setCookie } = await beginInstall(behind.platform);
    await behind.close();

    expect(location.searchParams.get('redirect_uri')).toBe(
      'https://tb.example.org/intel/slack/oauth_redirect',
    );
    expect(setCookie).toMatch(/Path=\/intel\/slack;.*; Secure$/);
  });

  it('takes no word for its own address from whoever names another host', async () => {
    const response = await world.platform.install?.fetch(new Request('http://evil.example/slack/install'));

    expect(response?.headers.get('location')).not.toContain('evil');
  });

  it('is completed once, in its own browser, within ten minutes', async () => {
    const begun = await beginInstall(world.platform);
    const back = await allowInstall(begun, network.users.ann);
    const other = await beginInstall(world.platform);
    const statuses = [
      (await finishInstall(world.platform, back, undefined)).status,
      (await finishInstall(world.platform, back, other.cookie)).status,
      (await finishInstall(world.platform, `${back.href}x`.replace('state=', 'state=A'), begun.cookie))
        .status,
    ];
    world.nowMs += 11 * 60_000;
    const late = await finishInstall(world.platform, back, begun.cookie);
    world.nowMs -= 11 * 60_000;
    const [done, again] = await Promise.all([
      finishInstall(world.platform, back, begun.cookie),
      finishInstall(world.openAnother(), back, begun.cookie),
    ]);

    expect(statuses).toEqual([400, 400, 400]);
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining('too long')]);
    expect(new Set([done.status, again.status])).toEqual(new Set([200, 400]));
    expect(await world.store.installations()).toHaveLength(1);
  });

  it.each<[string, string, number, string]>([
    ['error=access_denied', '', 403, 'was not installed'],
    ['error=<script>alert(1)</script>', '', 400, 'Slack answered unknown'],
    ['error=invalid_client_id', '', 400, 'Slack answered invalid_client_id'],
    ['', 'invalid_code', 400, 'Slack answered invalid_code'],
    ['', 'bad_client_secret', 500, 'SLACK_CLIENT_SECRET'],
    ['', 'ratelimited', 503, 'reference'],
  ])('that ends with %s%s says so, without secrets', async (query, code, status, words) => {
    const begun = await beginInstall(world.platform);
    const back = await allowInstall(begun, network.users.ann);
    if (code !== '') network.stubs.set('oauth.v2.access', () => apiError(code));
    const url = query === '' ? back : `${origin}/slack/oauth_redirect?${query}&state=x`;
    const response = await finishInstall(world.platform, url, begun.cookie);
    const html = await response.text();

    expect(response.status).toBe(status);
    expect(html).toContain(words);
    expect(html).not.toMatch(/<script|client-secret|at .*\.ts/);
    expect(await world.store.installations()).toEqual([]);
  });

  it('shows a workspace’s name as text, whatever it is', async () => {
    const response = await installAs({
      team: { id: network.team, name: '<img src=x>\u202egnp\u0007'.repeat(99) },
    });
    const html = await response.text();

    expect(html).toContain('&lt;img src=x&gt;');
    expect(html).not.toMatch(/<img|\u202e|\u0007/);
  });

  it('of a workspace that the operator did not allow is not kept, and one from before answers nobody', async () => {
    await install(world.platform, network.users.ann);
    const strict = await createInstallWorld(network, {
      home: world.home,
      allowedWorkspaces: [secondTeam, 'E1'],
    });
    grant({ team: { id: 'T000000003', name: 'Third' } });
    const refused = await install(strict.platform, network.users.ann);
    const html = await refused.text();
    grant(second);
    const taken = await install(strict.platform, network.users.ann);
    grant({ team: { id: 'T000000004', name: 'Fourth' }, enterprise: { id: 'E1', name: 'One' } });
    const ofOrganisation = await install(strict.platform, network.users.ann);
    await strict.send(formRequest(slashBody(ann(), 'APT39')));

    expect([refused.status, taken.status, ofOrganisation.status]).toEqual([403, 200, 200]);
    expect(html).toContain('not for this workspace');
    expect(html).toContain('T000000003');
    expect((await world.store.installations()).map(({ key }) => key).sort()).toEqual(
      [network.team, secondTeam, 'T000000004'].sort(),
    );
    expect(strict.chat.asked).toHaveLength(0);
    expect(answers().at(-1)).toContain('not installed');
    await strict.close();
  });

  it('without a bot’s token, or of nobody, is refused', async () => {
    for (const changes of [
      { access_token: '' },
      { team: null },
      { team: { id: '../x' } },
      { token_type: 'user' },
    ]) {
      expect((await installAs(changes)).status).toBe(400);
    }
    expect(await world.store.installations()).toEqual([]);
  });

  it('leaves no secret in the log, the pages and the database’s files', async () => {
    const html = await (await install(world.platform, network.users.ann)).text();
    await ask(ann());
    const token = (await world.store.installation(network.team))?.tokens.botToken ?? '';
    const files = readdirSync(world.home).map((name) => readFileSync(join(world.home, name), 'latin1'));

    expect(token).toMatch(/^xoxb-/);
    for (const text of [html, JSON.stringify(world.logged), ...files]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(token.slice(5, 25));
      expect(text).not.toContain(clientSecret);
    }
    expect(files.join('')).toContain(network.team);
  });
});

describe('a key that is not the right one', () => {
  it('fails for what it hides, with a reference for the person and the remedy in the log', async () => {
    await install(world.platform, network.users.ann);
    const wrong = await createInstallWorld(network, { home: world.home, encryptionKey: 'cd'.repeat(32) });
    network.reset();
    await wrong.send(formRequest(slashBody(ann(), 'APT39')));
    const state = await wrong.platform.delivery.placeState(place());
    const logged = JSON.stringify(wrong.logged);
    await wrong.close();

    expect(answers()).toEqual([expect.stringMatching(/something failed on my side.*tb-[0-9a-f]{8}/)]);
    expect(state).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ENCRYPTION_KEY') });
    expect(logged).toMatch(/which is not in ENCRYPTION_KEY: put that key back/);
    expect(logged).not.toContain('cdcdcd');
  });
});

describe('several workspaces', () => {
  it('are each answered, and delivered to, with their own token', async () => {
    await install(world.platform, network.users.ann);
    await installAs(second);
    const tokens = await Promise.all(
      [network.team, secondTeam].map(async (team) => (await world.store.installation(team))?.tokens.botToken),
    );
    const used: (string | undefined)[] = [];
    network.stubs.set('chat.postMessage', () => Response.json({ ok: true, ts: '1.1', channel: 'C1' }));
    const watched = await createInstallWorld({
      apiUrl: network.apiUrl,
      fetch: (input, init) => {
        used.push(new Headers(init?.headers).get('authorization')?.replace('Bearer ', ''));
        return network.fetch(input, init);
      },
    });
    for (const [index, team] of [network.team, secondTeam].entries()) {
      const facts = (await world.store.installations())[index];
      const stored = await world.store.installation(team);
      if (facts !== undefined && stored !== undefined)
        await watched.store.saveInstallation(facts, stored.tokens);
    }
    const message = { key: 'd/0', card: cleared(sampleCard) };
    const results = [
      await watched.platform.delivery.post(place(network.team), message),
      await watched.platform.delivery.post(place(secondTeam), message),
      await watched.platform.delivery.post(place('T000000003'), message),
    ];
    await watched.close();

    expect(new Set(tokens).size).toBe(2);
    expect(used).toEqual(tokens);
    expect(results).toMatchObject([
      { kind: 'posted' },
      { kind: 'posted' },
      { kind: 'gone', reason: expect.stringContaining('not_installed') },
    ]);
  });

  it('that none installed are told so', async () => {
    await install(world.platform, network.users.ann);
    await ask(ann(secondTeam));

    expect(answers()).toEqual([expect.stringContaining('not installed')]);
  });

  it('come behind the one of the settings', async () => {
    const both = await createInstallWorld(network, { botToken: 'xoxb-test-bot' });
    network.stubs.set('oauth.v2.access', async (_body, passOn) =>
      Response.json({ ...((await (await passOn()).json()) as object), access_token: 'xoxb-stored' }),
    );
    await install(both.platform, network.users.ann);
    const used: string[] = [];
    network.stubs.set('conversations.info', async (body, passOn) => {
      used.push(String(body['channel']));
      return passOn();
    });
    const response = await both.platform.fetch(formRequest(slashBody(ann(), 'APT39')));
    await both.platform.stop();
    await both.close();

    // The emulator does not know the stored token: a look-up that went through had the settings' one.
    expect([response.status, both.chat.asked[0]?.place.ceiling]).toEqual([200, 'green']);
    expect(used).toHaveLength(1);
  });

  it('of an organisation are served by its one installation', async () => {
    const enterprise = { id: 'E0001', name: 'Acme' };
    await installAs({ team: null, enterprise, is_enterprise_install: true });
    const body = { ...slashBody(ann(), 'APT39'), enterprise_id: 'E0001', is_enterprise_install: 'true' };
    await world.send(formRequest(body));
    const other = {
      ...slashBody(ann(secondTeam), 'APT39'),
      enterprise_id: 'E0001',
      is_enterprise_install: 'true',
    };
    await world.send(formRequest(other));
    network.stubs.set('chat.postMessage', () => Response.json({ ok: true, ts: '1.1', channel: 'C1' }));
    // A process that has not seen anyone of the workspace yet.
    const delivered = await world
      .openAnother()
      .delivery.post(place(secondTeam), { key: 'd/0', card: cleared(sampleCard) });

    expect(await world.store.installations()).toMatchObject([
      { key: 'E0001', isOrganisation: true, teamId: null },
    ]);
    expect(world.chat.asked.map(({ place: { workspace } }) => workspace)).toEqual([
      `slack:${network.team}`,
      `slack:${secondTeam}`,
    ]);
    expect(delivered).toMatchObject({ kind: 'posted' });
    expect(await world.store.teamsOfInstallation('E0001')).toEqual([network.team, secondTeam]);
  });
});

describe('a removal', () => {
  beforeEach(async () => {
    await install(world.platform, network.users.ann);
    await world.store.addSubscription(
      subscriptionAt('one', testNow.getTime() - dayMs, { destination: place() }),
    );
    await world.store.addSubscription(
      subscriptionAt('two', testNow.getTime() - dayMs, { destination: place(secondTeam) }),
    );
    await ask(ann());
    network.reset();
  });

  it.each<[string, object]>([
    ['app_uninstalled', { type: 'app_uninstalled' }],
    ['token_revoked', { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: ['UBOT'] } }],
  ])(
    'by %s deletes the token, lets the workspace’s digests wait, and forgets it at once',
    async (code, event) => {
      const response = await world.send(removalEvent(event));
      await ask(ann());

      expect(response.status).toBe(200);
      expect(await world.store.installations()).toEqual([]);
      expect(await world.store.subscription('one')).toMatchObject({
        paused: true,
        pausedReason: expect.stringContaining(`(${code})`),
      });
      expect(await world.store.subscription('two')).toMatchObject({ paused: false });
      expect(answers()).toEqual([expect.stringContaining('not installed')]);
      expect(await world.store.auditEvents({ since: 0, limit: 9 })).toContainEqual(
        expect.objectContaining({ action: 'installation.remove', target: network.team }),
      );
    },
  );

  it('of a person’s tokens alone changes nothing', async () => {
    await world.send(removalEvent({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }));

    expect(await world.store.installations()).toHaveLength(1);
  });

  it('ends what waits when the app is installed again, and news that come late undo nothing', async () => {
    const event = removalEvent({ type: 'app_uninstalled' });
    await world.send(event);
    world.nowMs += 60_000;
    await install(world.platform, network.users.ann);
    const late = { event_time: testNow.getTime() / 1000 };
    await world.send(
      jsonRequest(
        eventBody({ ...ann(), user: '' }, { type: 'app_uninstalled' }, { authorizations: [], ...late }),
        { timestampSeconds: world.nowMs / 1000 },
      ),
    );

    expect(await world.store.installations()).toHaveLength(1);
    expect(await world.store.subscription('one')).toMatchObject({ paused: false, pausedReason: null });
  });

  it('that a delivery found out first ends likewise', async () => {
    network.stubs.set('conversations.info', () => apiError('token_revoked'));
    const state = await world.platform.delivery.placeState(place());
    const reason = state.kind === 'gone' ? state.reason : '';
    const one = await world.store.subscription('one');
    const change = { paused: true, pausedReason: reason };
    await world.store.changeSubscription('one', one?.version ?? 0, change);
    await install(world.platform, network.users.ann);

    expect(reason).toContain('token_revoked');
    expect(await world.store.subscription('one')).toMatchObject({ paused: false });
  });

  it('leaves what somebody paused on purpose as it is', async () => {
    const one = await world.store.subscription('one');
    await world.store.changeSubscription('one', one?.version ?? 0, { paused: true });
    await world.send(removalEvent({ type: 'app_uninstalled' }));
    await install(world.platform, network.users.ann);

    expect(await world.store.subscription('one')).toMatchObject({ paused: true, pausedReason: null });
  });

  it('of one workspace ends its deliveries, and no others', async () => {
    await installAs(second);
    await world.send(removalEvent({ type: 'app_uninstalled' }));
    network.stubs.set('chat.postMessage', () => Response.json({ ok: true, ts: '1.1', channel: 'C1' }));
    const message = { key: 'd/0', card: cleared(sampleCard) };
    const { delivery } = world.platform;

    expect(await delivery.placeState(place())).toMatchObject({ kind: 'gone' });
    expect(await delivery.post(place(), message)).toMatchObject({ kind: 'gone' });
    expect(await delivery.post(place(secondTeam), message)).toMatchObject({ kind: 'posted' });
  });

  it('of an organisation’s installation lets all of its workspaces wait', async () => {
    await installAs({ team: null, enterprise: { id: 'E0001', name: 'Acme' }, is_enterprise_install: true });
    const body = {
      ...slashBody(ann(secondTeam), 'APT39'),
      enterprise_id: 'E0001',
      is_enterprise_install: 'true',
    };
    await world.send(formRequest(body));
    const authorizations = [{ enterprise_id: 'E0001', team_id: null, is_enterprise_install: true }];
    await world.send(
      removalEvent({ type: 'app_uninstalled' }, { enterprise_id: 'E0001', authorizations }, secondTeam),
    );

    expect((await world.store.installations()).map(({ key }) => key)).toEqual([network.team]);
    expect(await world.store.subscription('two')).toMatchObject({ paused: true });
    expect(await world.store.subscription('one')).toMatchObject({ paused: false });
  });
});

describe('a token that expires', () => {
  const hourMs = 3_600_000;
  let given = 0;
  const rotating = () => {
    given += 1;
    return { access_token: `xoxe.xoxb-1-${given}`, refresh_token: `xoxe-1-${given}`, expires_in: 43_200 };
  };
  let refreshes: string[];

  beforeEach(async () => {
    given = 0;
    refreshes = [];
    await installAs(rotating());
    answerRefreshes();
  });

  const answerRefreshes = (): void => {
    network.stubs.set('oauth.v2.access', (body) => {
      refreshes.push(String(body['refresh_token']));
      return Response.json({ ok: true, token_type: 'bot', ...rotating() });
    });
  };

  const tokenNow = async (): Promise<string | undefined> =>
    (await world.store.installation(network.team))?.tokens.botToken;

  it('is used until two hours before its end, then renewed without anyone waiting', async () => {
    world.nowMs += 9 * hourMs;
    await ask(ann());
    const early = [...refreshes];
    world.nowMs += 1.5 * hourMs;
    await world.platform.tend();

    expect(early).toEqual([]);
    expect(refreshes).toEqual(['xoxe-1-1']);
    expect(await tokenNow()).toBe('xoxe.xoxb-1-2');
  });

  it('is renewed before the answer where it has ended', async () => {
    world.nowMs += 13 * hourMs;
    await world.send(formRequest(slashBody(ann(), 'APT39'), { timestampSeconds: world.nowMs / 1000 }));

    expect(refreshes).toEqual(['xoxe-1-1']);
    expect(world.chat.asked).toHaveLength(1);
    expect(await tokenNow()).toBe('xoxe.xoxb-1-2');
  });

  it('is renewed within a month, however long Slack says that it lives', async () => {
    await installAs({ ...rotating(), expires_in: 1e300 });
    answerRefreshes();
    world.nowMs += 30 * 24 * hourMs;
    await world.platform.tend();

    expect(refreshes).toHaveLength(1);
  });

  it('is renewed by one of several processes, and by one of several requests', async () => {
    world.nowMs += 13 * hourMs;
    const platforms = [world.platform, world.openAnother(), world.openAnother()];
    network.stubs.set('chat.postMessage', () => Response.json({ ok: true, ts: '1.1', channel: 'C1' }));
    const message = { key: 'd/0', card: cleared(sampleCard) };
    const results = await Promise.all(
      platforms.flatMap(({ delivery }) => [delivery.post(place(), message), delivery.post(place(), message)]),
    );

    expect(refreshes).toEqual(['xoxe-1-1']);
    expect(results.every(({ kind }) => kind === 'posted')).toBe(true);
  });

  it('whose renewal Slack refuses is told of, and answers nobody until it is installed again', async () => {
    world.nowMs += 13 * hourMs;
    network.stubs.set('oauth.v2.access', () => apiError('invalid_refresh_token'));
    await world.platform.tend();
    await world.platform.tend();
    const state = await world.platform.delivery.placeState(place());
    network.stubs.delete('oauth.v2.access');
    const figures = world.platform.installationFigures();
    const [broken] = await world.store.installations();
    await install(world.platform, network.users.ann);

    expect(broken?.brokenReason).toContain('invalid_refresh_token');
    expect(figures).toEqual({ working: 0, broken: 1 });
    expect(state).toMatchObject({ kind: 'gone' });
    expect(world.logged.map(({ message }) => message)).toContain(
      'a Slack installation is of no use until it is installed again',
    );
    expect(await world.store.installations()).toMatchObject([{ brokenReason: null }]);
  });

  it.each([['internal_error'], ['bad_client_secret'], ['ratelimited']])(
    'survives %s: deliveries wait, and it is tried again',
    async (code) => {
      world.nowMs += 13 * hourMs;
      const renew = network.stubs.get('oauth.v2.access');
      network.stubs.set('oauth.v2.access', () => apiError(code));
      const during = await world.platform.delivery.placeState(place());
      if (renew !== undefined) network.stubs.set('oauth.v2.access', renew);
      const after = await world.platform.delivery.placeState(place());

      expect(during).toMatchObject({ kind: 'unreachable' });
      expect(after.kind).not.toBe('unreachable');
      expect(await tokenNow()).toBe('xoxe.xoxb-1-2');
    },
  );

  it('that was removed while it was renewed stays removed', async () => {
    world.nowMs += 13 * hourMs;
    network.stubs.set('oauth.v2.access', async () => {
      await world.store.removeInstallation(network.team, world.nowMs);
      return Response.json({ ok: true, token_type: 'bot', ...rotating() });
    });

    expect(await world.platform.delivery.placeState(place())).toMatchObject({ kind: 'gone' });
    expect(await world.store.installations()).toEqual([]);
  });
});
