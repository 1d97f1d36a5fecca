import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { neverRetryPosts, type TurnAdapter } from './connector.ts';
import type { ConversationReference } from './conversation-reference.ts';
import { failureOf } from './failure.ts';

/** The connector's calls that deliveries make. */
export interface ConnectorCalls {
  sendToConversation(conversationId: string, activity: object): Promise<unknown>;
  createConversation(parameters: object): Promise<unknown>;
  getConversationPagedMembers(
    conversationId: string,
    options: { readonly pageSize: number; readonly continuationToken?: string },
  ): Promise<unknown>;
}

export type CallResult =
  | { readonly kind: 'answer'; readonly value: unknown }
  /** The connector's status; it did not do what was asked, but for 408 and 5xx, where that is not known. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly error: string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'not-sent'; readonly error: string }
  | { readonly kind: 'unknown'; readonly error: string };

interface Request {
  readonly url: string;
  timeout: number;
  agent?: HttpAgent | HttpsAgent;
}

interface Policy {
  readonly name: string;
  sendRequest(request: Request, next: (request: Request) => Promise<unknown>): Promise<unknown>;
}

interface Pipeline {
  removePolicy(options: { readonly name: string }): unknown;
  addPolicy(policy: Policy, options: { readonly afterPhase: 'Sign' }): unknown;
}

const connectorSchema = z.looseObject({
  conversations: z.custom<ConnectorCalls>((value) => typeof value === 'object' && value !== null),
  client: z.looseObject({
    pipeline: z.custom<Pipeline>(
      (value) => typeof value === 'object' && value !== null && 'addPolicy' in value,
    ),
  }),
});

/**
 * Makes one call of the connector outside of a turn: no retries, no redirects to another host, and at most so long.
 * What went wrong before the request went out, such as a token that could not be had, is `not-sent`. Never rejects.
 */
export async function callConnector(
  adapter: TurnAdapter,
  appId: string,
  reference: ConversationReference,
  timeoutMs: number,
  call: (calls: ConnectorCalls) => Promise<unknown>,
): Promise<CallResult> {
  const state = { begun: false, late: false };
  const work = async (context: TurnContext): Promise<CallResult> => {
    const calls = prepare(context, timeoutMs, state);
    return { kind: 'answer', value: await call(calls) };
  };
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<CallResult>((resolve) => {
    timer = setTimeout(() => {
      state.late = true;
      const error = `no answer within ${timeoutMs} ms`;
      resolve({ kind: state.begun ? 'unknown' : 'not-sent', error });
    }, timeoutMs);
  });
  try {
    return await Promise.race([proactively(adapter, appId, reference, work), timedOut]);
  } catch (error) {
    return toFailure(error, state.begun);
  } finally {
    clearTimeout(timer);
  }
}

async function proactively(
  adapter: TurnAdapter,
  appId: string,
  { serviceUrl, conversationId, tenantId, botId }: ConversationReference,
  work: (context: TurnContext) => Promise<CallResult>,
): Promise<CallResult> {
  let result: CallResult = { kind: 'not-sent', error: 'botbuilder did not begin' };
  const conversation = { id: conversationId ?? '', tenantId, isGroup: false, conversationType: '', name: '' };
  await adapter.continueConversationAsync(
    appId,
    { serviceUrl, channelId: 'msteams', conversation, bot: { id: botId, name: '' } },
    async (context) => {
      result = await work(context);
    },
  );
  return result;
}

function prepare(
  context: TurnContext,
  timeoutMs: number,
  state: { begun: boolean; readonly late: boolean },
): ConnectorCalls {
  neverRetryPosts(context);
  const connector: unknown = context.turnState.get(context.adapter.ConnectorClientKey);
  const parsed = connectorSchema.safeParse(connector);
  if (!parsed.success) throw new Error('the connector has another shape; nothing can be sent through it');
  const { pipeline } = parsed.data.client;
  // A redirect would carry the message and the token past the check of the address.
  pipeline.removePolicy({ name: 'redirectPolicy' });
  pipeline.addPolicy(
    {
      name: 'threatbriefLastStep',
      sendRequest: (request, next) => {
        if (state.late) throw new Error('given up before the request went out');
        state.begun = true;
        request.timeout = timeoutMs;
        // A connection that was kept may be closed by now, and a reset would leave in doubt what a new one does not.
        request.agent ??= request.url.startsWith('https:') ? new HttpsAgent() : new HttpAgent();
        return next(request);
      },
    },
    { afterPhase: 'Sign' },
  );
  return parsed.data.conversations;
}

function toFailure(error: unknown, begun: boolean): CallResult {
  const { status, message, retryAfterMs, isUnsent } = failureOf(error);
  // A success that could not be read leaves open what was done.
  if (begun && status !== undefined && status >= 300) {
    return {
      kind: 'status',
      status,
      error: `Teams answered with HTTP ${status}: ${message}`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  return { kind: begun && !isUnsent ? 'unknown' : 'not-sent', error: message };
}
