import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import type { Surfaces } from '../../../src/chat/surfaces-types.ts';
import { createTeamsPlatform } from '../../../src/chat/teams/index.ts';
import type { Chat } from '../../../src/chat/types.ts';
import { silentLog } from '../../../src/support/log.ts';
import type { ConversationDriver } from '../../contracts/chat-conversation-contract.ts';
import type { Shown } from '../../contracts/chat-platform-contract.ts';
import { createTeamsWorld, member } from '../teams-world.ts';
import { type Pressable, pressableNamed, teamsPressables, teamsText } from './shown.ts';
import { teamsInvokes } from './teams-invokes.ts';

/** Teams: the real adapter over botbuilder behind signed tokens, in a chat that a guest reads along. */
export async function openTeams(
  chat: Chat,
  { surfaces }: { readonly surfaces?: Surfaces } = {},
): Promise<ConversationDriver> {
  const world = await createTeamsWorld();
  world.members = () => [member({}), member({ id: '29:gus', userRole: 'guest' })];
  const platform = createTeamsPlatform(world.settings, {
    chat,
    // Each message comes a while after the one before, so that none waits for its turn.
    clock: { now: () => new Date(Date.now() + messages * 1_500) },
    log: silentLog,
    credentials: world.credentials,
    ...(surfaces === undefined ? {} : { surfaces }),
  });
  const conversation = {
    id: 'a:personal',
    conversationType: 'personal',
    tenantId: world.settings.tenantId,
  };
  let shown: readonly Pressable[] = [];
  let last: unknown;
  let messages = 0;

  function show(card: unknown, audience: Shown['audience']): Shown {
    const problems = checkAdaptiveCard(card);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    shown = teamsPressables(card);
    last = card;
    return { text: teamsText(card), buttons: shown.map(({ label }) => label), audience };
  }

  /** The card that was posted, or that the invoke was answered with. */
  async function send(change: Record<string, unknown>, posted: Shown['audience']): Promise<Shown> {
    const before = world.sent.length;
    messages += 1;
    const activity = world.activity({ conversation, entities: [], channelData: {}, ...change });
    const response = await platform.fetch(await world.request(activity));
    if (response.status !== 200) throw new Error(`answered with ${response.status}`);
    const posts = world.sent.slice(before).filter(({ path }) => !path.includes('members'));
    const [post, ...others] = posts;
    if (others.length > 0) throw new Error(`${others.length} posts too many`);
    if (post !== undefined) {
      const [attachment] = post.body['attachments'] as readonly { content: unknown }[];
      return show(attachment?.content, posted);
    }
    const { value } = (await response.json()) as { value: unknown };
    return show(value, 'replace');
  }

  const say = (text: string): Promise<Shown> => send({ text }, 'asker');
  const invokes = teamsInvokes(async (name, value) => {
    const change = { type: 'invoke', name, text: undefined, value };
    const activity = world.activity({ conversation, entities: [], channelData: {}, ...change });
    const response = await platform.fetch(await world.request(activity));
    if (response.status !== 200) throw new Error(`${name} is answered with ${response.status}`);
    return response.json();
  });

  return {
    role: 'member',
    say,
    talk: say,
    type: invokes.type,
    home: async () => (await say('home')).text,
    dialogs: {
      open: async (form) => {
        await say(form === 'subscribe' ? 'subscribe' : 'home');
        return invokes.open(last, form);
      },
      send: invokes.send,
      offer: invokes.offer,
    },
    press: (label) => {
      const data = { [teamsActionKey]: pressableNamed(label, shown).value };
      const value = { action: { type: 'Action.Execute', verb: teamsActionKey, data } };
      return send({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value }, 'place');
    },
    close: () => world.close(),
  };
}
