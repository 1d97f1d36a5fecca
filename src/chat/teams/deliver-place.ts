import { z } from 'zod';
import type { PlaceState } from '../../schedule/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { isInternalRoster, type RosterPage } from './audience.ts';
import type { ConversationReference } from './conversation-reference.ts';
import type { CallResult, ConnectorCalls } from './proactive.ts';

/** A conversation that exists, so that it has members and takes messages. */
export type OpenReference = ConversationReference & { readonly conversationId: string };

export type Call = (work: (calls: ConnectorCalls) => Promise<unknown>) => Promise<CallResult>;

const pageSchema = z.looseObject({
  members: z.array(z.unknown()).nullish(),
  continuationToken: z.string().nullish(),
});

const pageSize = 200;
const internalCeiling = 'green';

/** Carries a failed call out of the check of the roster. */
class RosterFailure extends Error {
  readonly result: CallResult;
  constructor(result: CallResult) {
    super('the roster cannot be read');
    this.result = result;
  }
}

/** Reads the roster afresh. CLEAR where anyone is external or the roster does not tell. */
export async function askRoster(reference: OpenReference, call: Call): Promise<PlaceState> {
  const { tenantId, teamId, conversationId, channelType, name } = reference;
  const named = name === undefined ? {} : { name };
  // A channel's readers are its team's members.
  const rosterId = reference.kind === 'channel' ? (teamId ?? conversationId) : conversationId;
  const readPage = async (token: string | undefined): Promise<RosterPage> => {
    const options = { pageSize, ...(token === undefined ? {} : { continuationToken: token }) };
    const result = await call((calls) => calls.getConversationPagedMembers(rosterId, options));
    if (result.kind !== 'answer') throw new RosterFailure(result);
    const page = pageSchema.parse(result.value);
    return { members: page.members ?? [], continuationToken: page.continuationToken ?? undefined };
  };
  try {
    // A shared channel is known to be external; whether it can be reached is asked all the same.
    if (channelType !== undefined && channelType !== 'standard') await readPage(undefined);
    const facts = { id: conversationId, tenantId, channelType };
    const isInternal = await isInternalRoster(facts, readPage);
    return { kind: 'open', ceiling: isInternal ? internalCeiling : 'clear', ...named };
  } catch (error) {
    if (error instanceof RosterFailure) return stateOfFailure(error.result);
    return { kind: 'open', ceiling: 'clear', ...named };
  }
}

export function stateOfFailure(result: CallResult): PlaceState {
  switch (result.kind) {
    case 'answer':
      return { kind: 'open', ceiling: 'clear' };
    case 'status': {
      const { status, error, retryAfterMs } = result;
      if (isGone(status)) return { kind: 'gone', reason: goneReasonOf(status) };
      return { kind: 'unreachable', error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    case 'not-sent':
    case 'unknown':
      return { kind: 'unreachable', error: result.error };
    default:
      return assertNever(result);
  }
}

/** The app was uninstalled, or is not let write (Microsoft, "Send proactive messages": 403 and 404). */
export function isGone(status: number): boolean {
  return status === 403 || status === 404 || status === 410;
}

/** Every reason that `goneReasonOf` gives. */
export function refusedReasons(): readonly string[] {
  return [403, 404, 410].map(goneReasonOf);
}

export function goneReasonOf(status: number): string {
  return `the app is not installed there any more, or may not write (HTTP ${status})`;
}
