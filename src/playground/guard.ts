import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../support/clock.ts';
import { isFromThisMachine } from '../support/from-this-machine.ts';
import { bearerToken, isSameSecret } from '../support/same-secret.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { loginPage, loginPolicy } from './login-html.ts';
import { isPageSession, pageSession, sessionSeconds } from './page-session.ts';
import { type PageEnv, refuse } from './refuse.ts';
import { isSameOrigin } from './same-origin.ts';

/** Who may use the page. */
export interface PageGuard {
  /** Whoever shows it, from anywhere. Absent: only programs of this machine, and nothing that a proxy passes on. */
  readonly token?: string;
  /** True where browsers reach the page over https: its cookie then never goes over plain http. */
  readonly isSecure?: boolean;
}

export interface GuardParts extends PageGuard {
  readonly clock: Clock;
  readonly nowMs: () => number;
}

const cookieName = 'threatbrief_page';
const maxLoginBytes = 4 * 1024;
/** What the page that asks for the token needs itself. */
const open = new Set(['/playground/login', '/playground/page.css', '/playground/icon.svg']);

/** Lets those through who may use the page; the others are asked for the token, or told why not. */
export function guardPage(parts: GuardParts): MiddlewareHandler<PageEnv> {
  const { token, clock, nowMs } = parts;
  if (token === undefined) return onlyThisMachine;
  const attempts = createAttempts(nowMs);
  const login = createLogin(parts, token, attempts);
  return async (context, next) => {
    const { path, method } = context.req;
    if (path === '/playground/login' && method === 'POST') {
      return login.fetch(context.req.raw, context.env);
    }
    if (open.has(path) || hasSession(context, token, clock)) return next();
    const given = bearerToken(context.req.raw.headers);
    if (given === undefined) return askForToken(context);
    const refused = tryToken(context, given, token, attempts);
    return refused ?? next();
  };
}

const onlyThisMachine: MiddlewareHandler<PageEnv> = async (context, next) => {
  if (isFromThisMachine(context.env?.remoteAddress, context.req.raw.headers)) return next();
  const remedy = 'To open it elsewhere, set PLAYGROUND=1 and PLAYGROUND_TOKEN.';
  return refuse(context, 403, 'not-here', `The page is for this server's own machine. ${remedy}`);
};

function createLogin(parts: GuardParts, token: string, attempts: Attempts): Hono<PageEnv> {
  const { clock, isSecure = false } = parts;
  const login = new Hono<PageEnv>();
  // What fails is told and logged where every failure is.
  login.onError((error) => {
    throw error;
  });
  const limit = bodyLimit({
    maxSize: maxLoginBytes,
    onError: (context) => showLogin(context, 413, 'That is too long for a token.'),
  });
  login.post('/playground/login', limit, async (context) => {
    if (!isSameOrigin(context.req.raw)) {
      return refuse(context, 403, 'other-origin', 'Only the page of this server may ask here.');
    }
    const body = await context.req.text().catch(() => undefined);
    if (body === undefined) return showLogin(context, 400, 'The token did not arrive whole.');
    const given = new URLSearchParams(body).get('token')?.trim() ?? '';
    const address = context.env?.remoteAddress ?? '';
    const waitSeconds = attempts.waitSeconds(address);
    if (waitSeconds > 0) {
      context.header('Retry-After', String(waitSeconds));
      return showLogin(context, 429, `Too many tries. Wait ${waitSeconds} seconds.`);
    }
    if (!isSameSecret(given, token)) {
      attempts.failed(address);
      return showLogin(context, 401, 'That is not the token.');
    }
    const until = Math.floor(clock.now().getTime() / 1_000) + sessionSeconds;
    setCookie(context, cookieName, pageSession(token, until), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: sessionSeconds,
      secure: isSecure,
    });
    return context.redirect('/', 303);
  });
  return login;
}

function hasSession(context: Context<PageEnv>, token: string, clock: Clock): boolean {
  const cookie = getCookie(context, cookieName);
  return cookie !== undefined && isPageSession(cookie, token, Math.floor(clock.now().getTime() / 1_000));
}

/** Undefined where the token is right. */
function tryToken(
  context: Context<PageEnv>,
  given: string,
  token: string,
  attempts: Attempts,
): Response | Promise<Response> | undefined {
  const address = context.env?.remoteAddress ?? '';
  const waitSeconds = attempts.waitSeconds(address);
  if (waitSeconds > 0) {
    context.header('Retry-After', String(waitSeconds));
    return refuse(context, 429, 'too-many-tries', `Too many wrong tokens. Wait ${waitSeconds} seconds.`);
  }
  if (isSameSecret(given, token)) return undefined;
  attempts.failed(address);
  return askForToken(context);
}

function askForToken(context: Context<PageEnv>): Response | Promise<Response> {
  if (context.req.path === '/') return showLogin(context, 401);
  context.header('WWW-Authenticate', 'Bearer');
  return refuse(context, 401, 'token-needed', 'Open the page and give its token, or send it as Bearer.');
}

function showLogin(
  context: Context,
  status: 400 | 401 | 413 | 429,
  problem?: string,
): Response | Promise<Response> {
  context.header('Content-Security-Policy', loginPolicy);
  // Without a referrer a browser would send the form with an opaque origin.
  context.header('Referrer-Policy', 'same-origin');
  return context.html(loginPage(problem), status);
}
