import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { actorPathPrefix } from '../chat/surfaces-types.ts';
import type { Chat } from '../chat/types.ts';
import { createPlaygroundApi, type PlaygroundSettings } from '../playground/api.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Metrics } from '../support/metrics.ts';
import { createActorPage } from './actor-page.ts';
import { allowedMethods } from './allowed-methods.ts';
import { type BodyRoom, createBodyRoom } from './body-room.ts';
import { type DirectRoute, directHook, maxHookBytes } from './direct.ts';
import { errorBody, internalError, noRoomError, tooLargeError, unreadableError } from './error-body.ts';
import { protectiveHeaders } from './headers.ts';
import { type InsightSettings, maySeeInside } from './insight.ts';
import { createObserver, type Observer, observeRequests, type RequestVariables } from './observe.ts';
import type { ReadyReport, WebHook } from './types.ts';

export interface AppDeps {
  readonly chat: Chat;
  /** Asked at each `GET /readyz`; a rejection counts as not ready. */
  readonly ready: () => Promise<ReadyReport>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: Slack is not configured, or needs no address (Socket Mode). */
  readonly slack?: WebHook;
  readonly teams?: WebHook;
  /** The pages by which workspaces install the Slack app. Absent: they do not. */
  readonly slackInstall?: WebHook;
  /** Absent: the page is switched off. */
  readonly playground?: PlaygroundSettings;
  /** Who may see figures and the states of parts. Absent: everyone, as on a port that only tests can reach. */
  readonly insight?: InsightSettings;
  /** Milliseconds that only go forward; the process's own unless told. */
  readonly nowMs?: () => number;
  /** Makes request ids; random unless told. */
  readonly newId?: () => string;
}

const slackPath = '/slack/events';
const installPaths = ['/slack/install', '/slack/oauth_redirect'] as const;
const routes = ['/', '/healthz', '/readyz', '/metrics', slackPath, ...installPaths, '/api/messages'] as const;
const routeSet = new Set<string>(routes);

/**
 * Every route of the server, over the web's own Request and Response: tests call `request()` and no port is opened.
 * Answers are JSON where nothing else is agreed; an error says what happened and its request id, never a stack.
 */
export function createApp(deps: AppDeps): Hono<RequestVariables> {
  return appObserved(deps, observerOf(deps));
}

/** The server's routes, and what is answered before them: Slack's deliveries, of which many come in the same moment. */
export interface Front {
  readonly app: Hono<RequestVariables>;
  readonly direct?: DirectRoute;
}

export function createFront(deps: AppDeps): Front {
  const observer = observerOf(deps);
  const room = createBodyRoom();
  const app = appObserved(deps, observer, room);
  const hook = deps.slack?.plain;
  if (hook === undefined) return { app };
  const { log } = deps;
  return { app, direct: { path: slackPath, answer: directHook(slackPath, hook, { observer, log, room }) } };
}

function observerOf({
  log,
  metrics,
  newId = randomUUID,
  nowMs = () => performance.now(),
}: AppDeps): Observer {
  return createObserver({ metrics, log, nowMs, newId });
}

function appObserved(deps: AppDeps, observer: Observer, room = createBodyRoom()): Hono<RequestVariables> {
  const { log } = deps;
  const app = new Hono<RequestVariables>();
  app.use(protectiveHeaders());
  app.use(observeRequests(observer, routeOf));
  app.use(refuseUnreadable);
  app.onError((error, context) => {
    const requestId = context.get('requestId');
    if (isCutOff(error)) {
      return context.json(errorBody('cut-off', 'The request ended before its body did.', requestId), 400);
    }
    log.error({ requestId, error }, 'request failed');
    return context.json(internalError(requestId), 500);
  });
  app.notFound((context) => nothingHere(app, context));
  addProbes(app, deps);
  addHook(app, { path: slackPath, name: 'Slack', hook: deps.slack, room });
  addHook(app, { path: '/api/messages', name: 'Microsoft Teams', hook: deps.teams, room });
  for (const path of installPaths) addInstallPage(app, path, deps.slackInstall);
  app.route('/', createActorPage({ hasPlayground: deps.playground !== undefined }));
  addPlayground(app, deps);
  return app;
}

/** A host such as `999999999999` passes for one until its address is taken apart, as most handlers do. */
const refuseUnreadable: MiddlewareHandler<RequestVariables> = async (context, next) => {
  if (URL.canParse(context.req.url)) return next();
  return context.json(unreadableError(context.get('requestId')), 400);
};

/** True for what Node says of a body whose client went before it was sent. */
function isCutOff(error: Error): boolean {
  return error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';
}

/** 404, or 405 with the methods that the address knows. */
function nothingHere(app: Hono<RequestVariables>, context: Context<RequestVariables>): Response {
  const requestId = context.get('requestId');
  const { method, path } = context.req;
  const allowed = allowedMethods(app.routes, path);
  if (allowed.length === 0 || allowed.includes(method)) {
    return context.json(errorBody('not-found', 'There is nothing at this address.', requestId), 404);
  }
  const list = allowed.join(', ');
  context.header('Allow', list);
  return context.json(errorBody('method-not-allowed', `This address takes ${list}.`, requestId), 405);
}

function addProbes(app: Hono<RequestVariables>, deps: AppDeps): void {
  const { metrics, insight } = deps;
  const isTrusted = (context: Context<RequestVariables>): boolean =>
    insight === undefined || maySeeInside(insight, context.env?.remoteAddress, context.req.raw.headers);
  app.get('/healthz', (context) => context.json({ status: 'up' }));
  app.get('/readyz', async (context) => {
    const report = await readyReport(deps);
    return context.json(isTrusted(context) ? report : { ready: report.ready }, report.ready ? 200 : 503);
  });
  app.get('/metrics', (context) => {
    if (!isTrusted(context)) {
      const message =
        'Figures are for this machine, asked as localhost, and elsewhere for whoever sends METRICS_TOKEN as Bearer.';
      context.header('WWW-Authenticate', 'Bearer');
      return context.json(errorBody('token-needed', message, context.get('requestId')), 401);
    }
    return context.text(metrics.render(), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  });
}

async function readyReport({ ready, log }: AppDeps): Promise<ReadyReport> {
  try {
    return await ready();
  } catch (error) {
    log.error({ error }, 'readiness could not be told');
    return { ready: false, parts: { process: { ready: false, detail: 'readiness could not be told' } } };
  }
}

function addHook(
  app: Hono<RequestVariables>,
  { path, name, hook, room }: { path: string; name: string; hook: WebHook | undefined; room: BodyRoom },
): void {
  const tooLarge = (context: Context<RequestVariables>): Response =>
    context.json(tooLargeError(context.get('requestId')), 413);
  const counted = bodyLimit({ maxSize: maxHookBytes, onError: tooLarge });
  const limit: MiddlewareHandler<RequestVariables> = async (context, next) => {
    const told = toldBytes(context);
    if (told !== undefined && told > maxHookBytes) return tooLarge(context);
    const held = room.begin();
    try {
      // What does not tell its length takes as much room as it may have.
      if (!held.add(told ?? maxHookBytes)) {
        context.header('Retry-After', '1');
        return context.json(noRoomError(context.get('requestId')), 503);
      }
      // What tells its length has no more than that; counting it would read it twice, at a fifth of the request's time.
      return await (told === undefined ? counted(context, next) : next());
    } finally {
      held.end();
    }
  };
  app.post(path, limit, async (context) => {
    if (hook !== undefined) return hook.fetch(context.req.raw);
    const message = `${name} is not set up to send requests here. See "For teams: connect your chat" in the README.`;
    return context.json(errorBody('not-configured', message, context.get('requestId')), 404);
  });
}

/** The body's length as the request tells it, where the HTTP parser holds it to that; undefined otherwise. */
function toldBytes({ req, env }: Context<RequestVariables>): number | undefined {
  const told = req.header('Content-Length');
  const isHeld = env?.remoteAddress !== undefined && req.header('Transfer-Encoding') === undefined;
  return isHeld && told !== undefined && /^\d{1,12}$/.test(told) ? Number(told) : undefined;
}

function addInstallPage(app: Hono<RequestVariables>, path: string, page: WebHook | undefined): void {
  app.get(path, async (context) => {
    if (page !== undefined) return page.fetch(context.req.raw);
    const message =
      'The Slack app cannot be installed from here. SLACK_CLIENT_ID and SLACK_CLIENT_SECRET allow it: see docs/slack-install.md.';
    return context.json(errorBody('not-configured', message, context.get('requestId')), 404);
  });
}

function addPlayground(app: Hono<RequestVariables>, deps: AppDeps): void {
  const { playground, chat, clock, nowMs = () => performance.now() } = deps;
  if (playground === undefined) {
    app.get('/', (context) =>
      context.text(
        'threatbrief is running. The playground page is there on a loopback HOST only, or with PLAYGROUND=1 and PLAYGROUND_TOKEN.\n',
      ),
    );
    return;
  }
  app.route('/', createPlaygroundApi({ ...playground, chat, clock, nowMs }));
}

/** The route of a path as metrics name it: few, whatever is asked for. */
function routeOf(path: string): string {
  if (routeSet.has(path)) return path;
  if (path.startsWith(actorPathPrefix)) return '/actor';
  return path.startsWith('/playground/') ? '/playground' : 'other';
}
