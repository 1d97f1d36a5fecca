import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { neverConnected } from '../never-connected.ts';
import { describeError } from './bolt-log.ts';

/** Why a Web API call did not succeed, as far as it matters to what happened at Slack. */
export type CallFailure =
  /** A pause was asked for; nothing was done. */
  | { readonly kind: 'rate'; readonly retryAfterMs: number }
  /** Slack's own word for why it did nothing, such as `is_archived`. */
  | { readonly kind: 'code'; readonly code: string }
  /** The request never went out. */
  | { readonly kind: 'not-sent'; readonly error: string }
  /** A timeout, a reset, a 5xx, an answer that is none of Slack's: it may have been done. */
  | { readonly kind: 'unknown'; readonly error: string };

/** Where Slack names no time: its limits are counted by the minute. */
const defaultPauseMs = 30_000;

/**
 * Codes after which Slack itself does not know what was done ("it's possible some aspect of the operation
 * succeeded", docs.slack.dev, common errors).
 */
const doubtful: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable']);

export function toCallFailure(error: unknown): CallFailure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate', retryAfterMs: pauseOf(error.retryAfter) };
  }
  if (error instanceof WebAPIPlatformError) {
    const code: unknown = error.data.error;
    // An answer that is no JSON comes here too, with its whole text in place of a code.
    if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{0,79}$/.test(code)) {
      return { kind: 'unknown', error: 'Slack answered with something that is no Web API answer' };
    }
    if (code === 'ratelimited' || code === 'rate_limited') {
      return { kind: 'rate', retryAfterMs: pauseOf(error.data.response_metadata?.['retryAfter']) };
    }
    return doubtful.has(code) ? { kind: 'unknown', error: `Slack answered ${code}` } : { kind: 'code', code };
  }
  if (error instanceof WebAPIHTTPError)
    return { kind: 'unknown', error: `Slack answered with HTTP ${error.statusCode}` };
  if (neverConnected(error)) return { kind: 'not-sent', error: describeError(error) };
  return { kind: 'unknown', error: describeError(error) };
}

function pauseOf(retryAfterSeconds: unknown): number {
  const isUsable =
    typeof retryAfterSeconds === 'number' && retryAfterSeconds >= 0 && Number.isFinite(retryAfterSeconds);
  return isUsable ? Math.max(1, retryAfterSeconds) * 1_000 : defaultPauseMs;
}

/** A failure after which the same may be asked again. */
export function unreachableAfter(failure: Exclude<CallFailure, { readonly kind: 'code' }>): {
  readonly kind: 'unreachable';
  readonly error: string;
  readonly retryAfterMs?: number;
  readonly isRate?: boolean;
} {
  return failure.kind === 'rate'
    ? {
        kind: 'unreachable',
        error: 'Slack asks for a pause',
        retryAfterMs: failure.retryAfterMs,
        isRate: true,
      }
    : { kind: 'unreachable', error: failure.error };
}

/** Nothing can be done with the token any more. */
const accessGone: Readonly<Record<string, string>> = {
  app_uninstalled: 'the app was removed from the workspace',
  not_installed: 'the app is not installed in the workspace, or its access was taken back',
  account_inactive: "the bot's account is deactivated, or the app was removed",
  token_revoked: "the bot's token was revoked",
  token_expired: "the bot's token has expired",
  invalid_auth: "Slack refuses the bot's token",
  not_authed: "Slack refuses the bot's token",
  team_access_not_granted: 'the app has no access to the workspace',
  org_login_required: 'the workspace is moving to an organisation',
  team_not_found: 'the workspace is not there any more',
  enterprise_is_restricted: 'the organisation does not allow it',
  ekm_access_denied: 'an administrator has suspended the workspace',
};

/** The place is not there any more, or the bot may not write in it. */
const placeGone: Readonly<Record<string, string>> = {
  not_in_channel: 'the bot is no member of the channel',
  channel_not_found: 'the channel is not there, or the bot cannot see it',
  is_archived: 'the channel is archived',
  restricted_action: 'an administrator does not let the bot write there',
  restricted_action_read_only_channel: 'the channel is read-only',
  restricted_action_thread_only_channel: 'the channel takes threads only',
  restricted_action_non_threadable_channel: 'the channel takes no threads',
  messages_tab_disabled: 'the app takes no direct messages',
  user_not_found: 'the person is not there any more',
  users_not_found: 'the person is not there any more',
  user_disabled: "the person's account is deactivated",
  user_not_visible: 'the bot cannot see the person',
  cannot_dm_bot: 'the person is a bot',
  invalid_user_combination: 'the person cannot be written to',
  missing_scope: 'the app lacks a permission: install it again from its manifest',
  no_permission: 'the bot may not write there',
};

/** What a code says of access to the workspace; undefined when it is about something else. */
export function accessGoneReason(code: string): string | undefined {
  return reasonIn(accessGone, code);
}

/** Every reason of `accessGoneReason`: what waits for one of them goes on when the app is installed again. */
export function accessGoneReasons(): readonly string[] {
  return Object.keys(accessGone).flatMap((code) => accessGoneReason(code) ?? []);
}

/** Why nothing can be posted there any more; undefined when the code is about something else. */
export function goneReason(code: string): string | undefined {
  return accessGoneReason(code) ?? reasonIn(placeGone, code);
}

function reasonIn(reasons: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : undefined;
}

/** Faults of the message itself: the same message is refused again. */
const refused: ReadonlySet<string> = new Set([
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'no_text',
  'too_many_attachments',
  'attachment_payload_limit_exceeded',
  'cannot_reply_to_message',
  'message_not_found',
  'thread_not_found',
  'metadata_too_large',
  'metadata_must_be_sent_from_app',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_array_arg',
  'invalid_charset',
  'invalid_form_data',
  'invalid_json',
  'json_not_object',
]);

export function isRefusal(code: string): boolean {
  return refused.has(code);
}
