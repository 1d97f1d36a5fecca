import type { MiddlewareHandler } from 'hono';

/**
 * Nothing from elsewhere is loaded, run, framed or told where a person came from. `style-src 'self'` without
 * `unsafe-inline` holds because the page sets styles through the DOM only.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a browser could be asked to do and never is. */
const refusedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'interest-cohort',
  'microphone',
  'payment',
  'publickey-credentials-get',
  'usb',
];

const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'X-DNS-Prefetch-Control': 'off',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'Permissions-Policy': refusedFeatures.map((name) => `${name}=()`).join(', '),
};

/** A handler may set these more narrowly for its own page. */
const unlessSet: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** What is told of a server to those who look for holes in it. */
const never = ['Server', 'X-Powered-By'];

/** Sets the protective headers on every answer, whoever made it. */
export function protectiveHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const name of never) context.header(name, undefined);
    for (const [name, value] of Object.entries(always)) context.header(name, value);
    for (const [name, value] of Object.entries(unlessSet)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  };
}

/** The same for an answer that is written without the app, in the form of HTTP/1.1 header lines. */
export const bareHeaderLines: string = Object.entries({ ...always, ...unlessSet })
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');
