import type { MiddlewareHandler } from 'hono';
import type { Log } from '../support/log.ts';
import { latencyBounds, type Metrics } from '../support/metrics.ts';
import { ownHeaders } from './headers.ts';

/** What every handler finds beside its request. */
export interface RequestVariables {
  readonly Variables: { requestId: string };
  /** Whose connection it is; absent where no port was opened. */
  readonly Bindings: { readonly remoteAddress?: string };
}

export interface ObserveParts {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/**
 * Gives each request an id (`X-Request-Id`), counts and times it by route, and logs it without its content. The id that
 * a proxy gave is kept when it is one: 8 to 64 letters, digits and `._-`.
 */
export function observeRequests(
  { metrics, log, nowMs, newId }: ObserveParts,
  routeOf: (path: string) => string,
): MiddlewareHandler<RequestVariables> {
  const requests = metrics.counter('threatbrief_http_requests_total', 'HTTP requests, by route and status.');
  const seconds = metrics.histogram('threatbrief_http_request_seconds', 'Time to answer.', latencyBounds);
  return async (context, next) => {
    const start = nowMs();
    const requestId = givenId(context.req.header('X-Request-Id')) ?? newId();
    context.set('requestId', requestId);
    await next();
    const durationMs = nowMs() - start;
    const { status } = context.res;
    const { method, path } = context.req;
    const route = routeOf(path);
    ownHeaders(context).set('X-Request-Id', requestId);
    requests.increment({ route, method: knownMethod(method), status: String(status) });
    seconds.observe(durationMs / 1_000, { route });
    const write = status >= 500 ? log.warn : log.debug;
    write({ requestId, method, route, status, durationMs }, 'request');
  };
}

function givenId(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.-]{8,64}$/.test(text) ? text : undefined;
}

function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].includes(method) ? method : 'other';
}
