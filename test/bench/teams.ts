import { encodeActionValue } from '../../src/cards/action-value.ts';
import type { ActionValue } from '../../src/cards/card.ts';
import { teamsActionKey } from '../../src/cards/teams/limits.ts';
import { appId, createTeamsWorld, tenantId } from '../helpers/teams-world.ts';
import { mixedQuestions, quantile } from './load/requests.ts';
import { type LoadedServer, startLoadedServer } from './load/server.ts';
import {
  openTeamsStandIn,
  sendActivity,
  type TeamsStandIn,
  type Timed,
  teamsTenants,
} from './load/teams-stand-in.ts';

const perKind = Number(process.env['BENCH_REQUESTS'] ?? '1000');
const goals = { typeAheadP99Ms: 300 };
/** What a person may ask in a minute is not what is measured here. */
const withoutLimits = { LIMIT_PERSON_PER_MINUTE: '1000000', LIMIT_WORKSPACE_PER_MINUTE: '1000000' };

/** What Teams asks of the bot, each a thousand times, one after another and fifty at once; and with signed tokens. */
export async function benchTeams(): Promise<string> {
  return [...(await benchKinds()), ...(await benchSigned())].join('\n');
}

type Kind = readonly [name: string, activityOf: (at: number, id: string) => object];

const typed = [
  'a',
  'ap',
  'apt',
  'apt2',
  'laz',
  'kitten',
  'fan',
  'mimik',
  'cobalt st',
  'T1566',
  'qxzv',
  'bear',
];

const kinds: readonly Kind[] = [
  ['composeExtension/query', (at, id) => queryActivity(typed[at % typed.length] ?? '', id)],
  [
    'adaptiveCard/action',
    (_at, id) => ({
      type: 'invoke',
      name: 'adaptiveCard/action',
      id,
      value: { action: { type: 'Action.Execute', data: buttonOf({ verb: 'ask', question: 'APT39' }) } },
    }),
  ],
  [
    'task/fetch',
    (_at, id) => ({
      type: 'invoke',
      name: 'task/fetch',
      id,
      value: { data: buttonOf({ verb: 'form', section: 'subscribe' }) },
    }),
  ],
  ['message', (at, id) => ({ type: 'message', id, text: mixedQuestions[at % mixedQuestions.length] ?? '' })],
];

function queryActivity(text: string, id: string): object {
  const value = { commandId: 'search', parameters: [{ name: 'text', value: text }] };
  return { type: 'invoke', name: 'composeExtension/query', id, value };
}

function buttonOf(value: ActionValue): object {
  return { [teamsActionKey]: encodeActionValue(value) };
}

async function benchKinds(): Promise<readonly string[]> {
  const teams = await openTeamsStandIn();
  const server = await startLoadedServer({ TEAMS_DEV_NO_AUTH: '1', HOST: '127.0.0.1', ...withoutLimits });
  try {
    const first = await sendActivity(server.address, teams, 0, queryActivity('kit', 'first'));
    // Every conversation was met before.
    await sendMany(teamsTenants, 10, (at) => send(server, teams, at, kinds[at % kinds.length], 'warm'));
    const before = server.memory().nowMb;
    const lines: string[] = [];
    for (const atOnce of [1, 50]) {
      for (const kind of kinds) {
        await server.loopDelay();
        const done = await sendMany(perKind, atOnce, (at) => send(server, teams, at, kind, `n${atOnce}`));
        const delay = await server.loopDelay();
        const isOver =
          kind[0] === 'composeExtension/query' && quantile(msOf(done), 0.99) > goals.typeAheadP99Ms;
        lines.push(
          `${kind[0]}, ${atOnce} at once: ${figures(done)}; event loop at most ${delay.max.toFixed(0)} ms` +
            (isOver ? ` (OVER THE GOAL of ${goals.typeAheadP99Ms} ms)` : ''),
        );
      }
    }
    const { nowMb, peakMb } = server.memory();
    const messages = 2 * perKind;
    const answered = [...teams.answered].filter((id) => id.startsWith('n')).length;
    return [
      `the first type-ahead after the start: ${first.ms.toFixed(0)} ms`,
      ...lines,
      `messages answered: ${answered} of ${messages}; lines of the log at warn or worse: ${server.complaints.length}`,
      ...server.complaints.slice(0, 3),
      `resident ${before.toFixed(0)} MB before, ${nowMb.toFixed(0)} MB after, at most ${peakMb.toFixed(0)} MB`,
    ];
  } finally {
    await server.stop();
    await teams.close();
  }
}

/** With the gate, the token and its signature; from the command box, where no roster is asked. */
async function benchSigned(): Promise<readonly string[]> {
  const world = await createTeamsWorld();
  const server = await startLoadedServer({
    TEAMS_APP_ID: appId,
    TEAMS_APP_PASSWORD: 'load',
    TEAMS_TENANT_ID: tenantId,
    TEAMS_OPENID_METADATA_URL: world.settings.openIdMetadataUrl,
    TEAMS_ALLOWED_SERVICE_HOSTS: world.settings.allowedServiceHosts.join(','),
    ...withoutLimits,
  });
  const authorization = `Bearer ${await world.token()}`;
  const ask = (at: number, token: string): Promise<Timed> =>
    sendActivity(
      server.address,
      world,
      at,
      {
        ...queryActivity(typed[at % typed.length] ?? '', `signed-${at}`),
        conversation: { id: 'chat', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId }, source: { name: 'commandbox' } },
      },
      token,
    );
  try {
    await sendMany(20, 1, (at) => ask(at, authorization));
    const lines: string[] = [];
    for (const atOnce of [1, 50]) {
      const done = await sendMany(perKind, atOnce, (at) => ask(at, authorization));
      lines.push(`composeExtension/query with a signed token, ${atOnce} at once: ${figures(done)}`);
    }
    const before = server.memory().nowMb;
    const refused = await sendMany(perKind, 50, (at) => ask(at, `Bearer ${junk(at)}`));
    lines.push(
      `junk tokens, 50 at once: ${figures(refused, 401)}; resident ${before.toFixed(0)} MB before, ${server.memory().nowMb.toFixed(0)} MB after`,
    );
    return lines;
  } finally {
    await server.stop();
    await world.close();
  }
}

/** A token of a tenant that nobody knows, signed by nobody. */
function junk(at: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: `https://sts.windows.net/junk-${at}/`, tid: `junk-${at}`, aud: appId, exp: 4e9 };
  return `${part({ alg: 'RS256', kid: `k${at}` })}.${part(claims)}.c2lnbmF0dXJl`;
}

function send(
  { address }: LoadedServer,
  teams: TeamsStandIn,
  at: number,
  kind: Kind | undefined,
  name: string,
): Promise<Timed> {
  const id = `${name}-${kind?.[0].replace('/', '-')}-${at}`;
  return sendActivity(address, teams, at, kind?.[1](at, id) ?? {});
}

async function sendMany(
  count: number,
  atOnce: number,
  one: (at: number) => Promise<Timed>,
): Promise<readonly Timed[]> {
  const done: Timed[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) done.push(await one(at));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return done;
}

function msOf(done: readonly Timed[]): readonly number[] {
  return done.map(({ ms }) => ms);
}

function figures(done: readonly Timed[], wanted = 200): string {
  const ms = msOf(done);
  const right = done.filter(({ status }) => status === wanted).length;
  return (
    `${right} of ${done.length} with ${wanted}, p50 ${quantile(ms, 0.5).toFixed(1)} ms, ` +
    `p99 ${quantile(ms, 0.99).toFixed(1)} ms, at most ${Math.max(...ms).toFixed(0)} ms`
  );
}
