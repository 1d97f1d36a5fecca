import { assertNever } from '../../support/assert-never.ts';
import { findCommand } from '../commands/index.ts';
import { composeMessage, postAnswer, answeredIn as threadOf } from './answer-question.ts';
import { type FoundAnswer, findAnswer, hasOthersBelow } from './answered.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { notRepeatedNotice } from './notices.ts';
import type { ChangedMessage } from './parse-changes.ts';
import { unwrapSlackText } from './text.ts';

type Edit = Extract<ChangedMessage, { kind: 'edited' }>;
type Deletion = Extract<ChangedMessage, { kind: 'deleted' }>;

/** A question may be put right for so long; what is edited later is not answered again. */
export const maxEditAgeMs = 15 * 60_000;

/**
 * Answers an edited question in the place of its first answer, composed for who reads there now. A message that was no
 * question to the bot before is answered like a new one. What changes something (subscribe, watch, settings) is not done a
 * second time: the person is told to send it as a new message.
 */
export async function answerEdit(parts: AnswerParts, workspace: Workspace, edit: Edit): Promise<void> {
  const { asked, before } = edit;
  if (!isRecent(asked.ts, parts.clock.now())) return;
  const text = unwrapSlackText(asked.text, workspace.botUserId);
  const old = before === undefined ? undefined : unwrapSlackText(before, workspace.botUserId);
  if (old === text) return;
  if (isChange(text) || (old !== undefined && isChange(old))) {
    await parts.sender.whisper(workspace.client, { ...asked, threadTs: asked.threadTs }, notRepeatedNotice());
    return;
  }
  await parts.answered.change(asked, async (known) => {
    const answer = await answerTo(known, { ...asked, answeredIn: threadOf(asked) }, workspace, parts);
    switch (answer.kind) {
      case 'unknown':
        return undefined;
      case 'absent':
        return postAnswer(parts, workspace, asked);
      case 'found': {
        const message = await composeMessage(parts, workspace, asked);
        const at = { channelId: asked.channelId, ts: answer.ts };
        await parts.sender.update(workspace.client, at, message);
        return answer.ts;
      }
      default:
        return assertNever(answer);
    }
  });
}

/** Takes the answer to a deleted question away, unless somebody else wrote below it: then it is part of a conversation. */
export async function removeAnswer(
  parts: AnswerParts,
  workspace: Workspace,
  deletion: Deletion,
): Promise<void> {
  const { client, botUserId } = workspace;
  const { channelId, userId, ts: questionTs, threadTs, isDirect } = deletion;
  const answeredIn = threadOf({
    kind: isDirect ? 'direct' : 'mention',
    ts: questionTs,
    ...(threadTs ? { threadTs } : {}),
  });
  await parts.answered.change(deletion, async (known) => {
    const answer = await answerTo(known, { ...deletion, answeredIn }, workspace, parts);
    if (answer.kind !== 'found') return undefined;
    const { ts } = answer;
    const ours = [userId, botUserId];
    const isKept =
      answeredIn !== undefined &&
      (await hasOthersBelow(client, { channelId, threadTs: answeredIn, ts, ours }, parts.log));
    if (isKept) return ts;
    await parts.sender.remove(client, { channelId, ts });
    return undefined;
  });
}

/** As this process knows it, else as Slack tells. */
async function answerTo(
  known: string | undefined,
  question: Parameters<typeof findAnswer>[1],
  { client }: Workspace,
  { log }: AnswerParts,
): Promise<FoundAnswer> {
  return known === undefined ? findAnswer(client, question, log) : { kind: 'found', ts: known };
}

function isRecent(ts: string, now: Date): boolean {
  const ageMs = now.getTime() - Number(ts) * 1_000;
  return Number.isFinite(ageMs) && ageMs <= maxEditAgeMs;
}

function isChange(text: string): boolean {
  const found = findCommand(text);
  return found?.command.changes(found.rest) === true;
}
