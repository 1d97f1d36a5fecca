/** What the Teams adapter needs to know, read from the settings by `main.ts`. */
export interface TeamsSettings {
  /** The bot's Microsoft app id; empty only with `devNoAuth`. */
  readonly appId: string;
  /** Single-tenant with a secret when not given; a managed identity has none. */
  readonly appType?: 'SingleTenant' | 'UserAssignedMSI';
  readonly appPassword: string;
  /** The tenant that the bot is registered in (single-tenant bots only). */
  readonly tenantId: string;
  /** Tenants whose messages are answered; the bot's own when none are named. */
  readonly allowedTenants: readonly string[];
  /** Hosts that the bot sends to: `smba.trafficmanager.net`; with a port for a loopback stand-in. */
  readonly allowedServiceHosts: readonly string[];
  /** Bot Framework's OpenID metadata: another address for government clouds and for tests on loopback. */
  readonly openIdMetadataUrl: string;
  /** A development client without tokens. Refused by the settings outside loopback and in production. */
  readonly devNoAuth: boolean;
  /** The https address of this server, whose links get a preview; absent: none do. */
  readonly publicUrl?: string;
}

/** The public cloud's address (Microsoft, "Bot Framework authentication"). */
export const publicOpenIdMetadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** The one host that Teams' public cloud sends from; governments name theirs in the settings. */
export const publicServiceHosts: readonly string[] = ['smba.trafficmanager.net'];

/** The issuer that a token must carry, by the cloud that the metadata address belongs to. */
export function tokenIssuer(openIdMetadataUrl: string): string {
  const host = URL.canParse(openIdMetadataUrl) ? new URL(openIdMetadataUrl).hostname : '';
  return host === 'login.botframework.azure.us'
    ? 'https://api.botframework.us'
    : 'https://api.botframework.com';
}
