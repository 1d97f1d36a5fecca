import { randomBytes } from 'node:crypto';
import type { DeliveryStore } from '../../store/delivery-types.ts';
import type { InstallationFacts, InstallationStore } from '../../store/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';
import { newReference } from './compose.ts';
import { wantedScopes } from './manifest.ts';
import type { SlackOauth } from './oauth.ts';
import {
  deniedPage,
  expiredPage,
  failedPage,
  installedPage,
  mismatchPage,
  notAllowedPage,
  refusedPage,
} from './oauth-pages.ts';
import { browserCookie, browserOf, createInstallStates, stateLifeMs } from './oauth-state.ts';
import { mayInstall } from './settings.ts';

/** The two addresses by which people install the app. */
export interface InstallPages {
  /** Answers `GET /slack/install` and `GET /slack/oauth_redirect`. Never rejects. */
  fetch(request: Request): Promise<Response>;
}

export interface InstallPagesParts {
  readonly oauth: SlackOauth;
  readonly store: Pick<InstallationStore, 'saveInstallation'> &
    Pick<DeliveryStore, 'firstSight' | 'noteAudit'>;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Slack's own page when not given. */
  readonly authorizeUrl?: string;
  /** Where this server is reached; without it only a browser on this machine tells Slack where to come back to. */
  readonly publicUrl?: string;
  /** Who may install it; absent: everybody. */
  readonly allowedWorkspaces?: readonly string[];
  /** Called after an installation was stored. Never rejects. */
  readonly installed: (facts: InstallationFacts) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';
const slackAuthorizeUrl = 'https://slack.com/oauth/v2/authorize';
const maxCodeChars = 500;

export function createInstallPages(parts: InstallPagesParts): InstallPages {
  const { clock, log } = parts;
  const states = createInstallStates(parts.clientSecret);

  function begin(request: Request): Response {
    const { path, isSecure, redirectUri } = addressesOf(request, parts.publicUrl);
    const browser = browserOf(request.headers) ?? randomBytes(24).toString('base64url');
    const nonce = randomBytes(16).toString('base64url');
    const url = new URL(parts.authorizeUrl ?? slackAuthorizeUrl);
    url.searchParams.set('client_id', parts.clientId);
    url.searchParams.set('scope', wantedScopes(parts.publicUrl).join(','));
    url.searchParams.set('state', states.issue(nonce, browser, clock.now().getTime()));
    if (redirectUri !== undefined) url.searchParams.set('redirect_uri', redirectUri);
    return new Response(null, {
      status: 302,
      headers: {
        location: url.href,
        'set-cookie': browserCookie(browser, { path, isSecure }),
        'cache-control': 'no-store',
      },
    });
  }

  /** A state is taken before its code is traded, so that of two that come at once one is. */
  async function finish(request: Request): Promise<Response> {
    const { redirectUri, installUrl } = addressesOf(request, parts.publicUrl);
    const query = new URL(request.url).searchParams;
    const now = clock.now();
    const checked = states.check(query.get('state') ?? '', browserOf(request.headers), now.getTime());
    if (query.has('error')) {
      const refusal = safeCode(query.get('error'));
      log.info({ code: refusal }, 'Slack did not allow an installation');
      return refusal === 'access_denied'
        ? deniedPage(installUrl)
        : refusedPage(refusal, installUrl, checked.kind === 'ok');
    }
    if (checked.kind === 'mismatch') return refuse('mismatch', mismatchPage(installUrl));
    if (checked.kind === 'expired') return refuse('expired', expiredPage(installUrl));
    const code = query.get('code') ?? '';
    if (code === '' || code.length > maxCodeChars) return refuse('no code', mismatchPage(installUrl));
    const key = `slack-install:${checked.nonce}`;
    // As long as any clock may take its state for fresh.
    if (!(await parts.store.firstSight(key, now.getTime(), 3 * stateLifeMs))) {
      return refuse('used', expiredPage(installUrl));
    }
    return complete(code, redirectUri, installUrl, now);
  }

  async function complete(
    code: string,
    redirectUri: string | undefined,
    installUrl: string,
    now: Date,
  ): Promise<Response> {
    const result = await parts.oauth.exchange(code, redirectUri, now);
    switch (result.kind) {
      case 'refused':
        log.warn({ code: result.code }, 'Slack refused to complete an installation');
        return refusedPage(result.code, installUrl, true);
      case 'unreachable': {
        const reference = newReference();
        log.error({ reference, error: result.error }, 'Slack could not be asked to complete an installation');
        return failedPage(reference, installUrl);
      }
      case 'granted': {
        const { facts, tokens } = result.granted;
        if (!mayInstall(facts, parts.allowedWorkspaces)) {
          log.warn(
            { installation: facts.key },
            'an installation of a workspace that is not allowed was not kept',
          );
          return notAllowedPage(facts);
        }
        await parts.store.saveInstallation(facts, tokens);
        log.info(
          { installation: facts.key, organisation: facts.isOrganisation },
          'the Slack app was installed',
        );
        await parts.installed(facts);
        return installedPage(facts, wantedScopes(parts.publicUrl));
      }
      default:
        return result satisfies never;
    }
  }

  function refuse(reason: string, page: Response): Response {
    log.warn({ reason }, 'an installation could not be completed');
    return page;
  }

  async function answer(request: Request): Promise<Response> {
    return new URL(request.url).pathname === installPath ? begin(request) : finish(request);
  }

  return {
    fetch: async (request) => {
      try {
        return await answer(request);
      } catch (error) {
        const reference = newReference();
        log.error({ reference, error: describeError(error) }, 'an installation failed');
        return failedPage(reference, addressesOf(request, parts.publicUrl).installUrl);
      }
    },
  };
}

interface Addresses {
  /** Undefined: Slack takes the first one that the app has. */
  readonly redirectUri: string | undefined;
  readonly installUrl: string;
  readonly path: string;
  readonly isSecure: boolean;
}

/** A request's own host is believed where it is this machine; elsewhere anyone may have written it. */
function addressesOf(request: Request, publicUrl: string | undefined): Addresses {
  const own = new URL(request.url);
  const base = publicUrl ?? (isThisMachine(own.hostname) ? own.origin : undefined);
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/(?<!\/)\/+$/, '');
  return {
    redirectUri: base === undefined ? undefined : `${base}${redirectPath}`,
    installUrl: `${base ?? ''}${installPath}`,
    path: `${prefix}/slack`,
    isSecure: (base ?? own.origin).startsWith('https:'),
  };
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function safeCode(code: string | null): string {
  return /^[a-z_]{1,60}$/.exec(code ?? '')?.[0] ?? 'unknown';
}
