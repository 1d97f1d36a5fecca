import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { clearFor } from '../../cards/cleared.ts';
import { renderSlackMessage } from '../../cards/slack/render.ts';
import type { SlackMessage } from '../../cards/slack/types.ts';
import type { Tlp } from '../../domain/tlp.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { Chat, Reply } from '../types.ts';
import type { AnsweredQuestions } from './answered.ts';
import type { Audiences, SlackLookups } from './audience.ts';
import { describeError } from './bolt-log.ts';
import { failedNotice } from './notices.ts';
import type { SlackSender } from './send.ts';

/** What every answer needs, whoever asked. */
export interface AnswerParts {
  readonly chat: Chat;
  readonly audiences: Audiences;
  readonly sender: SlackSender;
  readonly answered: AnsweredQuestions;
  /** Notes that a workspace belongs to an organisation that installed the app. Never rejects. */
  readonly noteWorkspace: (teamId: string, organisationId: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The workspace that the question belongs to, as Bolt's authorisation found it. */
export interface Workspace {
  readonly client: WebClient;
  readonly lookups: SlackLookups;
  readonly teamId: string;
  /** Set when the app is installed for a whole organisation. */
  readonly organisationId?: string;
  readonly botUserId?: string;
}

/** The reply's card as a message for an audience; a failure gives a notice with a reference, and the log the reason. */
export async function compose(
  parts: Pick<AnswerParts, 'log'>,
  ceiling: Tlp,
  ask: () => Promise<Reply>,
): Promise<{ readonly message: SlackMessage; readonly audience: Reply['audience'] }> {
  try {
    const reply = await ask();
    const cleared = clearFor(reply.card, reply.ceiling ?? ceiling);
    return { message: renderSlackMessage(cleared).payload, audience: reply.audience };
  } catch (error) {
    const reference = newReference();
    parts.log.error({ reference, error: describeError(error) }, 'Slack answer failed');
    return { message: failedNotice(reference), audience: 'asker' };
  }
}

/** What a person can read out and an operator can search the log for. */
export function newReference(): string {
  return `tb-${randomUUID().slice(0, 8)}`;
}
