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

/** One request under way. */
export interface Observed {
  readonly requestId: string;
  /** Counts and logs it; what it held is not told. */
  end(method: string, route: string, status: number): void;
}

/** Gives each request an id, counts and times it by route, and logs it without its content. */
export interface Observer {
  /** @param givenId what a proxy gave; kept when it is an id: 8 to 64 letters, digits and `._-` */
  begin(givenId: string | null | undefined): Observed;
}

export function createObserver({ metrics, log, nowMs, newId }: ObserveParts): Observer {
  const requests = metrics.counter('threatbrief_http_requests_total', 'HTTP requests, by route and status.');
  const seconds = metrics.histogram('threatbrief_http_request_seconds', 'Time to answer.', latencyBounds);
  return {
    begin: (givenId) => {
      const start = nowMs();
      const requestId = knownId(givenId) ?? newId();
      return {
        requestId,
        end: (method, route, status) => {
          const durationMs = nowMs() - start;
          requests.increment({ route, method: knownMethod(method), status: String(status) });
          seconds.observe(durationMs / 1_000, { route });
          const write = status >= 500 ? log.warn : log.debug;
          write({ requestId, method, route, status, durationMs }, 'request');
        },
      };
    },
  };
}

/** Observes what the app answers, and tells the id in `X-Request-Id`. */
export function observeRequests(
  observer: Observer,
  routeOf: (path: string) => string,
): MiddlewareHandler<RequestVariables> {
  return async (context, next) => {
    const observed = observer.begin(context.req.header(requestIdHeader));
    context.set('requestId', observed.requestId);
    await next();
    const { method, path } = context.req;
    ownHeaders(context).set(requestIdHeader, observed.requestId);
    observed.end(method, routeOf(path), context.res.status);
  };
}

export const requestIdHeader = 'X-Request-Id';

function knownId(text: string | null | undefined): string | undefined {
  return typeof text === 'string' && /^[\w.-]{8,64}$/.test(text) ? text : undefined;
}

function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].includes(method) ? method : 'other';
}
