import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';

/** A person's message that was a question. */
export interface QuestionKey {
  readonly teamId: string;
  readonly channelId: string;
  readonly ts: string;
}

/** The message that answers a question: its `ts`; undefined when there is none. */
type AnswerTs = string | undefined;

/**
 * Which of our messages answers which question, for edits and deletions. In memory, the newest 5,000 of this process; what
 * another replica answered, or this one before a restart, is found in Slack by the answer's metadata.
 */
export interface AnsweredQuestions {
  /** Notes the answer to a new question while it is still being made, so that an edit waits for it. */
  begin(question: QuestionKey, answer: Promise<AnswerTs>): Promise<void>;
  /** Runs work on the answer, after what is under way for the same question; what it gives is the answer from then on. */
  change(question: QuestionKey, work: (known: AnswerTs) => Promise<AnswerTs>): Promise<void>;
}

const maxKept = 5_000;

export function createAnsweredQuestions(): AnsweredQuestions {
  const kept = new Map<string, Promise<AnswerTs>>();

  function keep(key: string, answer: Promise<AnswerTs>): Promise<AnswerTs> {
    const settled = answer.catch(() => undefined);
    kept.delete(key);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, settled);
    return answer;
  }

  return {
    begin: async (question, answer) => void (await keep(keyOf(question), answer)),
    change: async (question, work) => {
      const key = keyOf(question);
      const before = kept.get(key) ?? Promise.resolve(undefined);
      await keep(key, before.then(work));
    },
  };
}

function keyOf({ teamId, channelId, ts }: QuestionKey): string {
  return `${teamId}/${channelId}/${ts}`;
}

/** The kind of metadata that an answer to a message carries; its payload is `{question}`, the message's `ts`. */
export const answerEventType = 'threatbrief_answer';

/** What an answer says, for programs, of the question it belongs to. */
export function answerMetadata(questionTs: string): Readonly<Record<string, unknown>> {
  return { event_type: answerEventType, event_payload: { question: questionTs } };
}

const answerSchema = z.looseObject({
  ts: z.string(),
  metadata: z.looseObject({
    event_type: z.literal(answerEventType),
    event_payload: z.looseObject({ question: z.string() }),
  }),
});

const listSchema = z.looseObject({ messages: z.array(z.unknown()) });

/** As many as Slack gives in one page to any app. */
const pageSize = 15;

/** `unknown`: Slack does not tell. */
export type FoundAnswer =
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/**
 * Looks in Slack for the answer to a question: behind it in the direct conversation, or in the thread where it was answered.
 */
export async function findAnswer(
  client: WebClient,
  question: QuestionKey & { readonly answeredIn: string | undefined },
  log: Log,
): Promise<FoundAnswer> {
  const { ts, answeredIn, channelId } = question;
  const page = await readMessages(client, { channelId, threadTs: answeredIn, since: ts }, log);
  if (page === undefined) return { kind: 'unknown' };
  const found = page
    .map((message) => answerSchema.safeParse(message).data)
    .find((message) => message?.metadata.event_payload.question === ts);
  return found === undefined ? { kind: 'absent' } : { kind: 'found', ts: found.ts };
}

const replySchema = z.looseObject({ ts: z.string(), user: z.string().nullish() });

/** True when somebody else wrote in the thread after the answer, and also when that cannot be told. */
export async function hasOthersBelow(
  client: WebClient,
  answer: {
    readonly channelId: string;
    readonly threadTs: string;
    readonly ts: string;
    readonly ours: readonly (string | undefined)[];
  },
  log: Log,
): Promise<boolean> {
  const { channelId, threadTs, ts, ours } = answer;
  const page = await readMessages(client, { channelId, threadTs, since: ts }, log);
  if (page === undefined) return true;
  return page
    .map((message) => replySchema.safeParse(message).data)
    .some(
      (reply) => reply !== undefined && Number(reply.ts) > Number(ts) && !ours.includes(reply.user ?? ''),
    );
}

async function readMessages(
  client: WebClient,
  where: { readonly channelId: string; readonly threadTs: string | undefined; readonly since: string },
  log: Log,
): Promise<readonly unknown[] | undefined> {
  const { channelId, threadTs, since } = where;
  const request = {
    channel: channelId,
    oldest: since,
    inclusive: true,
    include_all_metadata: true,
    limit: pageSize,
  };
  try {
    const answer =
      threadTs === undefined
        ? await client.conversations.history(request)
        : await client.conversations.replies({ ...request, ts: threadTs });
    return listSchema.safeParse(answer).data?.messages;
  } catch (error) {
    log.warn({ error: describeError(error) }, 'Slack did not list the messages of a conversation');
    return undefined;
  }
}
