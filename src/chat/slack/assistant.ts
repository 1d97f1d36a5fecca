import type { App } from '@slack/bolt';
import { Assistant } from '@slack/bolt';
import type { Log } from '../../support/log.ts';
import { answerMessage } from './answer-question.ts';
import { describeError } from './bolt-log.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { assistantGreeting } from './greetings.ts';
import { type AskedMessage, parseAskedMessage, parseThreadStarted } from './parse.ts';
import { slackAssistant } from './surface.ts';
import { titleOfQuestion, unwrapSlackText } from './text.ts';

/** What the pane says while a question is being answered, behind the bot's name. */
export const assistantStatus = 'is looking…';

/** How the arguments of a listener name a workspace. */
type WorkspaceOf = (
  context: AssistantArguments['context'],
  client: AssistantArguments['client'],
) => Workspace;
type AssistantArguments = Parameters<
  Exclude<ConstructorParameters<typeof Assistant>[0]['userMessage'], unknown[]>
>[0];

/**
 * The pane beside Slack: a greeting with questions to press, "is looking…" while one is answered, and the first question as
 * the conversation's title. It takes every message in a thread of a direct conversation, so that none is answered twice. What
 * the pane does not take (a workspace without it) is logged, and holds up no answer.
 *
 * @param answered what else is done once a message was answered
 */
export function createAssistant(
  parts: AnswerParts,
  workspaceOf: WorkspaceOf,
  answered?: (workspace: Workspace, asked: AskedMessage) => Promise<void>,
): Parameters<App['assistant']>[0] {
  const { log } = parts;
  const titled = createRecent(1_000);
  return new Assistant({
    // What channel a person looks at is not asked for, and so not kept.
    threadContextStore: { get: async () => ({}), save: async () => undefined },
    threadContextChanged: async () => undefined,
    threadStarted: async ({ body, client, context, setSuggestedPrompts }) => {
      const started = parseThreadStarted(body);
      if (started === undefined) return;
      const workspace = workspaceOf(context, client);
      await parts.sender.post(workspace.client, started, assistantGreeting(parts.clock.now()));
      await quietly(log, 'assistant.threads.setSuggestedPrompts', () =>
        setSuggestedPrompts({ title: 'For example', prompts: [{ ...first }, ...others] }),
      );
    },
    userMessage: async ({ body, client, context, setStatus, setTitle }) => {
      const asked = parseAskedMessage(body, context.botUserId);
      if (asked === undefined) return;
      const workspace = workspaceOf(context, client);
      const begun = quietly(log, 'assistant.threads.setStatus', () => setStatus(assistantStatus));
      try {
        await answerMessage(parts, workspace, asked, begun);
      } finally {
        await quietly(log, 'assistant.threads.setStatus', () => setStatus(''));
      }
      const thread = `${asked.teamId}/${asked.channelId}/${asked.threadTs ?? asked.ts}`;
      const title = titleOfQuestion(unwrapSlackText(asked.text, workspace.botUserId));
      if (title !== '' && titled.isNew(thread)) {
        await quietly(log, 'assistant.threads.setTitle', () => setTitle(title));
      }
      await answered?.(workspace, asked);
    },
  });
}

const [first, ...others] = slackAssistant.prompts;

async function quietly(log: Log, method: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.info({ method, error: describeError(error) }, 'Slack did not take something for its pane');
  }
}

/** The newest keys, so many of them; after a restart a conversation may get the title of a later question. */
function createRecent(atMost: number): { isNew(key: string): boolean } {
  const seen = new Set<string>();
  return {
    isNew: (key) => {
      if (seen.has(key)) return false;
      if (seen.size >= atMost) seen.delete(seen.values().next().value ?? '');
      seen.add(key);
      return true;
    },
  };
}
