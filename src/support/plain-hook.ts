/** One request to a platform's hook, read whole. */
export interface PlainRequest {
  readonly method: string;
  /** By its name in lower case; null when it is absent. */
  header(name: string): string | null;
  readonly body: Uint8Array;
}

/** What a hook answers; without `json` the body is empty. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/**
 * A hook that needs none of the web's Request and Response: making them takes longer than an acknowledgement may where a
 * thousand arrive in the same moment. Never rejects.
 */
export interface PlainHook {
  answer(request: PlainRequest): Promise<PlainAnswer>;
}

/** The hook's answer as the web's own; `readBody` gives undefined for a body that is too large. */
export async function answerOverWeb(
  hook: PlainHook,
  request: Request,
  readBody: (request: Request) => Promise<Uint8Array | undefined>,
): Promise<Response> {
  const body = await readBody(request);
  if (body === undefined) return new Response(null, { status: 413 });
  const { method, headers: given } = request;
  const { status, headers, json } = await hook.answer({ method, header: (name) => given.get(name), body });
  const init = { status, ...(headers === undefined ? {} : { headers }) };
  return json === undefined ? new Response(null, init) : Response.json(json, init);
}
