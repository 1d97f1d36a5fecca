import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { TeamsSettings } from './settings.ts';
import { tokenIssuer } from './settings.ts';

/** How the bot proves itself to the connector (botbuilder's ServiceClientCredentialsFactory). */
export type BotCredentials = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** Gives botbuilder one authenticated turn at a time, without its HTTP layer and its console output. */
export class TurnAdapter extends CloudAdapter {
  /** Rejects with botbuilder's error when the token does not hold; the turn has then not begun. */
  turn(
    authorization: string,
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    // botbuilder wants a whole Activity here and reads only what the gate has checked.
    return this.processActivity(authorization, activity as Activity, logic);
  }
}

/**
 * The adapter for the given settings. Every trust setting is given explicitly: whatever botbuilder finds in the
 * environment is not looked at, and one explicit address switches its defaults off.
 */
export function createTurnAdapter(
  settings: TeamsSettings,
  credentials: BotCredentials = credentialsOf(settings),
): TurnAdapter {
  const government = tokenIssuer(settings.openIdMetadataUrl).endsWith('.us');
  const login = government ? 'https://login.microsoftonline.us' : 'https://login.microsoftonline.com';
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: settings.appId,
      MicrosoftAppTenantId: settings.tenantId,
      MicrosoftAppType: settings.appType ?? 'SingleTenant',
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: `${login}/${settings.tenantId}`,
      ToChannelFromBotOAuthScope: government ? 'https://api.botframework.us' : 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: tokenIssuer(settings.openIdMetadataUrl),
      OAuthUrl: government ? 'https://tokengcch.botframework.azure.us' : 'https://token.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: settings.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdMetadataUrl,
      CallerId: '',
    },
    credentials,
    undefined,
    undefined,
    { noRetryPolicy: true },
  );
  const adapter = new TurnAdapter(authentication);
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  return adapter;
}

function credentialsOf(settings: TeamsSettings): BotCredentials {
  if (settings.devNoAuth) return new ConfigurationServiceClientCredentialFactory({ MicrosoftAppId: '' });
  if (settings.appType === 'UserAssignedMSI') {
    return new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppId: settings.appId,
      MicrosoftAppTenantId: settings.tenantId,
    });
  }
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: settings.appId,
    MicrosoftAppPassword: settings.appPassword,
    MicrosoftAppTenantId: settings.tenantId,
  });
}

interface TimeoutPolicy {
  readonly name: string;
  sendRequest(
    request: { timeout: number },
    next: (request: { timeout: number }) => Promise<unknown>,
  ): Promise<unknown>;
}

/** What does not answer a post in this time is not waited for. */
const postTimeoutMs = 10_000;

/** One for each connector, which may serve several turns. */
const timeoutPolicyName = 'threatbriefTimeout';

const clientSchema = z.looseObject({
  client: z.looseObject({
    pipeline: z.custom<{
      removePolicy(options: { name: string }): unknown;
      addPolicy(policy: TimeoutPolicy, options: { afterPhase: 'Sign' }): unknown;
    }>((value) => typeof value === 'object' && value !== null && 'addPolicy' in value),
  }),
});

/**
 * Takes the retry policy out of the turn's connector: it repeats a post whose answer was lost, and the message
 * then stands twice. botbuilder's own switches do not reach it (measured with botframework-connector 4.23.3).
 */
export function neverRetryPosts(context: TurnContext): void {
  const connector: unknown = context.turnState.get(context.adapter.ConnectorClientKey);
  const parsed = clientSchema.safeParse(connector);
  if (!parsed.success) throw new Error('the connector has another shape; its retry policy cannot be removed');
  const { pipeline } = parsed.data.client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: timeoutPolicyName });
  pipeline.addPolicy(
    {
      name: timeoutPolicyName,
      sendRequest: (request, next) => {
        request.timeout = postTimeoutMs;
        return next(request);
      },
    },
    { afterPhase: 'Sign' },
  );
}
