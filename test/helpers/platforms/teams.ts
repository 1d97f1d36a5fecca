import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import { createTeamsPlatform } from '../../../src/chat/teams/index.ts';
import type { Chat } from '../../../src/chat/types.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import type { PlatformDriver, Shown } from '../../contracts/chat-platform-contract.ts';
import { createTeamsWorld, member } from '../teams-world.ts';
import { type Pressable, pressableNamed, teamsPressables, teamsText } from './shown.ts';

/** Teams: the real adapter over botbuilder behind signed tokens, in a chat that a guest reads along. */
export async function openTeams(chat: Chat): Promise<PlatformDriver> {
  const world = await createTeamsWorld();
  world.members = () => [member({}), member({ id: '29:gus', userRole: 'guest' })];
  const platform = createTeamsPlatform(world.settings, {
    chat,
    clock: systemClock,
    log: silentLog,
    credentials: world.credentials,
  });
  const conversation = {
    id: 'a:personal',
    conversationType: 'personal',
    tenantId: world.settings.tenantId,
  };
  let shown: readonly Pressable[] = [];

  function show(card: unknown, audience: Shown['audience']): Shown {
    const problems = checkAdaptiveCard(card);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    shown = teamsPressables(card);
    return { text: teamsText(card), buttons: shown.map(({ label }) => label), audience };
  }

  /** The card that was posted, or that the invoke was answered with. */
  async function send(change: Record<string, unknown>, posted: Shown['audience']): Promise<Shown> {
    const before = world.sent.length;
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

  return {
    say: (text) => send({ text }, 'asker'),
    press: (label) => {
      const data = { [teamsActionKey]: pressableNamed(label, shown).value };
      const value = { action: { type: 'Action.Execute', verb: teamsActionKey, data } };
      return send({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value }, 'place');
    },
    close: () => world.close(),
  };
}
