import { createTeamsPlatform, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import type { RemoteDeliveryDriver, Standing } from '../../contracts/delivery-platform-contract.ts';
import { createFakeChat } from '../fake-chat.ts';
import { createTeamsWorld, member, type TeamsWorld } from '../teams-world.ts';

export const room = '19:room@thread.tacv2';

export interface TeamsDeliveryDriver extends RemoteDeliveryDriver {
  readonly world: TeamsWorld;
  readonly teams: TeamsPlatform;
  /** Sends an activity to the bot as Teams would. */
  receive(changes: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Teams' delivery platform behind the real botbuilder, after a message in a channel and one in a personal chat. */
export async function openTeamsDelivery(): Promise<TeamsDeliveryDriver> {
  const world = await createTeamsWorld();
  // Each post comes so late that Teams' limits play no part.
  let laterMs = 0;
  const teams = createTeamsPlatform(world.settings, {
    chat: createFakeChat(),
    clock: { now: () => new Date(systemClock.now().getTime() + laterMs) },
    log: silentLog,
    credentials: world.credentials,
  });
  const { tenantId } = world.settings;
  const destination = (id: string, kind: Destination['kind']): Destination => ({
    platform: 'teams',
    workspace: `teams:${tenantId}`,
    id,
    kind,
  });
  const receive: TeamsDeliveryDriver['receive'] = async (changes) => {
    const response = await teams.fetch(await world.request(world.activity(changes)));
    if (response.status !== 200) throw new Error(`answered with ${response.status}`);
  };
  await receive({});
  await receive({
    conversation: { id: 'a:alice', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  world.sent.length = 0;

  return {
    world,
    teams,
    receive,
    platform: {
      ...teams.delivery,
      post: (where, message) => {
        laterMs += 2_000;
        return teams.delivery.post(where, message);
      },
    },
    place: destination(room, 'channel'),
    person: destination('29:alice', 'direct'),
    nowhere: destination('19:nowhere@thread.tacv2', 'channel'),
    internalCeiling: 'green',
    canFind: false,
    hasThreads: true,
    standing: async (place) => standingIn(world, place.kind === 'direct' ? 'a:alice' : place.id),
    addGuest: () => {
      world.members = () => [member({}), member({ id: '29:gus', userRole: 'guest' })];
    },
    cutOff: () => world.close(),
    loseAnswer: () => void world.answers.push({ status: 201, drop: true }),
    askForPause: (seconds) =>
      void world.answers.push({ status: 429, headers: { 'retry-after': String(seconds) } }),
    failServer: () => void world.answers.push({ status: 502 }),
    refuseMessage: () => void world.answers.push({ status: 413 }),
    removeBot: () => {
      world.rosterAnswers.push({ status: 403 });
      world.answers.push({ status: 403 });
    },
    close: () => world.close(),
  };
}

/** What the connector took; a reply names its parent in the conversation's id. */
function standingIn(world: TeamsWorld, conversationId: string): readonly Standing[] {
  const found: Standing[] = [];
  for (const { method, path, body, messageId } of world.sent) {
    const id = /\/v3\/conversations\/([^/]+)\/activities$/.exec(path)?.[1];
    if (method !== 'POST' || id === undefined || messageId === undefined) continue;
    const [conversation, parent] = decodeURIComponent(id).split(';messageid=');
    if (conversation !== conversationId) continue;
    found.push({ messageId, payload: body, ...(parent === undefined ? {} : { parent }) });
  }
  return found;
}
