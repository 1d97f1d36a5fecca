import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { InstallationFacts, InstallationTokens } from '../../store/types.ts';
import { type CallFailure, toCallFailure } from './deliver-errors.ts';

/** What Slack grants: whose bot it is, and its token. */
export interface Grant {
  readonly facts: InstallationFacts;
  readonly tokens: InstallationTokens;
}

export type GrantResult<Granted> =
  | { readonly kind: 'granted'; readonly granted: Granted }
  /** Slack's own word for it, such as `invalid_code`. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly error: string };

/** `oauth.v2.access`: trades a code, or a refresh token, for a bot's token. No method rejects. */
export interface SlackOauth {
  /** @param redirectUri as it was given to the page on which the installation was allowed */
  exchange(code: string, redirectUri: string | undefined, now: Date): Promise<GrantResult<Grant>>;
  refresh(refreshToken: string, now: Date): Promise<GrantResult<InstallationTokens>>;
}

export interface SlackOauthParts {
  /** Without a token of its own. */
  readonly client: WebClient;
  /** To ask whose token it is. */
  readonly clientFor: (botToken: string) => WebClient;
  readonly clientId: string;
  readonly clientSecret: string;
}

const slackId = z.string().regex(/^[A-Z][A-Z0-9]{1,40}$/);
const named = z.object({ id: slackId, name: z.string().nullish() });

const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
});

const grantSchema = tokensSchema.extend({
  token_type: z.literal('bot'),
  scope: z.string().default(''),
  // An id of another form is of no use to us, and no reason to refuse the token.
  bot_user_id: slackId.nullish().catch(null),
  app_id: slackId.nullish().catch(null),
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().nullish(),
  authed_user: z.object({ id: z.string().max(60).nullish() }).nullish(),
});

export function createSlackOauth({ client, clientFor, clientId, clientSecret }: SlackOauthParts): SlackOauth {
  async function ask(fields: Readonly<Record<string, string>>): Promise<GrantResult<unknown>> {
    try {
      const granted = await client.apiCall('oauth.v2.access', {
        client_id: clientId,
        client_secret: clientSecret,
        ...fields,
      });
      return { kind: 'granted', granted };
    } catch (error) {
      return resultOf(toCallFailure(error));
    }
  }

  return {
    exchange: async (code, redirectUri, now) => {
      const redirect = redirectUri === undefined ? {} : { redirect_uri: redirectUri };
      const result = await ask({ code, ...redirect });
      if (result.kind !== 'granted') return result;
      const parsed = grantSchema.safeParse(result.granted);
      const grant = parsed.success ? toGrant(parsed.data, now) : undefined;
      if (grant === undefined) return unusable;
      const botId = await botIdOf(clientFor(grant.tokens.botToken));
      return { kind: 'granted', granted: { ...grant, facts: { ...grant.facts, botId } } };
    },
    refresh: async (refreshToken, now) => {
      const result = await ask({ grant_type: 'refresh_token', refresh_token: refreshToken });
      if (result.kind !== 'granted') return result;
      const parsed = tokensSchema.safeParse(result.granted);
      return parsed.success ? { kind: 'granted', granted: toTokens(parsed.data, now) } : unusable;
    },
  };
}

const unusable = { kind: 'refused', code: 'no_bot_token' } as const;

function resultOf(failure: CallFailure): GrantResult<never> {
  switch (failure.kind) {
    case 'code':
      return { kind: 'refused', code: failure.code };
    case 'rate':
      return { kind: 'unreachable', error: 'Slack asks for a pause' };
    case 'not-sent':
    case 'unknown':
      return { kind: 'unreachable', error: failure.error };
    default:
      return failure satisfies never;
  }
}

/** Undefined when it does not say whose token it is. */
function toGrant(granted: z.infer<typeof grantSchema>, now: Date): Grant | undefined {
  const { team, enterprise, is_enterprise_install, bot_user_id, app_id, scope, authed_user } = granted;
  const isOrganisation = is_enterprise_install === true;
  const owner = isOrganisation ? enterprise : team;
  if (!owner) return undefined;
  const facts: InstallationFacts = {
    key: owner.id,
    isOrganisation,
    teamId: isOrganisation ? null : owner.id,
    enterpriseId: enterprise?.id ?? null,
    name: (owner.name ?? owner.id).slice(0, maxNameChars),
    botUserId: bot_user_id ?? null,
    botId: null,
    appId: app_id ?? null,
    scopes: scope.split(',').filter((one) => one !== ''),
    installedBy: authed_user?.id ?? '',
    installedAt: now.getTime(),
  };
  return { facts, tokens: toTokens(granted, now) };
}

const maxNameChars = 200;
/** A token of Slack lives for twelve hours where it expires; two hours leave room for an outage. */
const longestLeadMs = 2 * 3_600_000;
/** What is said to live longer is renewed after this time all the same. */
const longestLifeMs = 30 * 86_400_000;

function toTokens(
  { access_token, refresh_token, expires_in }: z.infer<typeof tokensSchema>,
  now: Date,
): InstallationTokens {
  if (!refresh_token || !expires_in) {
    return { botToken: access_token, refreshToken: null, expiresAt: null, refreshAt: null };
  }
  const lifeMs = Math.min(Math.round(expires_in * 1_000), longestLifeMs);
  const expiresAt = now.getTime() + lifeMs;
  const refreshAt = expiresAt - Math.min(longestLeadMs, Math.round(lifeMs / 2));
  return { botToken: access_token, refreshToken: refresh_token, expiresAt, refreshAt };
}

/** By which the bot knows its own messages; nothing depends on it, so that an outage costs no installation. */
async function botIdOf(client: WebClient): Promise<string | null> {
  try {
    return slackId.safeParse((await client.auth.test()).bot_id).data ?? null;
  } catch {
    return null;
  }
}
