import type { Destination } from '../../domain/subscription.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { PlaceNews } from '../place-news.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { goneReason } from './deliver-errors.ts';
import { channelGreeting } from './greetings.ts';
import type { PlaceChange } from './parse-places.ts';

export interface PlaceChangeParts extends AnswerParts {
  readonly news?: PlaceNews;
}

/** What a channel's deliveries may have been stopped for by the time the bot is asked in again. */
const leftCodes = ['not_in_channel', 'channel_not_found'] as const;

/**
 * Follows a channel: who reads it is asked anew; what is subscribed there waits while it is archived or the bot is outside,
 * goes on when that ends, and follows it to another id. One who invites the bot is greeted, and nobody else.
 */
export async function followPlace(
  parts: PlaceChangeParts,
  workspace: Workspace,
  change: PlaceChange,
): Promise<void> {
  const { audiences, news } = parts;
  const { channelId } = change;
  audiences.forget(channelId);
  const here = destinationOf(workspace, channelId);
  switch (change.kind) {
    case 'gone':
      return news?.gone(here, goneReason(change.code) ?? change.code);
    case 'unarchived':
      return news?.back(here, reasonsOf(['is_archived']));
    case 'joined':
      await news?.back(here, reasonsOf(leftCodes));
      return greet(parts, workspace, change);
    case 'moved':
      audiences.forget(change.newChannelId);
      return news?.moved(here, destinationOf(workspace, change.newChannelId));
    case 'changed':
      return;
    default:
      assertNever(change);
  }
}

async function greet(
  { sender, clock }: AnswerParts,
  { client }: Workspace,
  { channelId, inviterId }: Extract<PlaceChange, { kind: 'joined' }>,
): Promise<void> {
  const message = channelGreeting(clock.now());
  if (inviterId === undefined) await sender.post(client, { channelId }, message);
  else await sender.whisper(client, { channelId, userId: inviterId }, message);
}

function destinationOf({ teamId }: Workspace, channelId: string): Destination {
  return { platform: 'slack', workspace: `slack:${teamId}`, id: `${teamId}/${channelId}`, kind: 'channel' };
}

function reasonsOf(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => goneReason(code) ?? []);
}
