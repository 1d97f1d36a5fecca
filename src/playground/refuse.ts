import type { Context } from 'hono';

/** What the server sets for every request. */
export interface PageEnv {
  readonly Variables: { requestId?: string };
  readonly Bindings: { readonly remoteAddress?: string };
}

/** An error of the page's API: a code for programs, a sentence for people, the id under which it is logged. */
export function refuse(
  context: Context<PageEnv>,
  status: 400 | 401 | 403 | 404 | 413 | 415 | 421 | 429,
  code: string,
  message: string,
): Response {
  const requestId = context.get('requestId');
  return context.json(
    { error: { code, message, ...(requestId === undefined ? {} : { requestId }) } },
    status,
  );
}
