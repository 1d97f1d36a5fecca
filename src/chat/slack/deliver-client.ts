import type { WebClient } from '@slack/web-api';
import { describeError } from './bolt-log.ts';
import type { ClientPool } from './clients.ts';
import type { CallFailure } from './deliver-errors.ts';
import type { Installations, TokenInstallation } from './installations.ts';
import type { StoredInstallations } from './installations-stored.ts';

/** With whose token a delivery goes out. */
export interface DeliveryClient {
  readonly kind: 'client';
  readonly client: WebClient;
  /** Empty while Slack does not say whose token it is. */
  readonly teamId: string;
}

/** The client of a workspace; undefined: of a destination that names none. Never rejects. */
export type DeliveryClients = (teamId: string | undefined) => Promise<DeliveryClient | CallFailure>;

const notInstalled: CallFailure = { kind: 'code', code: 'not_installed' };

/** For one workspace, whose token the settings hold: Slack is asked whose it is where that is needed. */
export function tokenDeliveryClients(
  botToken: string,
  token: TokenInstallation | undefined,
  pool: ClientPool,
): DeliveryClients {
  return async (teamId) => {
    const own = teamId ?? (await token?.own())?.teamId ?? '';
    return { kind: 'client', client: pool.delivery(botToken), teamId: own };
  };
}

/** For many workspaces, each with its own token. */
export function installedDeliveryClients(parts: {
  readonly token: TokenInstallation | undefined;
  readonly installations: Installations;
  readonly stored: Pick<StoredInstallations, 'only'>;
  readonly pool: ClientPool;
}): DeliveryClients {
  const { token, installations, stored, pool } = parts;
  return async (teamId) => {
    try {
      const found =
        teamId === undefined
          ? ((await token?.own()) ?? (await stored.only()))
          : await installations.find({ teamId });
      if (found === undefined) return notInstalled;
      return { kind: 'client', client: pool.delivery(found.botToken), teamId: teamId ?? found.teamId ?? '' };
    } catch (error) {
      // Which token to use is not known now: nothing went out.
      return { kind: 'not-sent', error: describeError(error) };
    }
  };
}
