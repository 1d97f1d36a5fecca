import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { decodeActionValue } from '../cards/action-value.ts';
import { cardOf } from '../cards/cleared.ts';
import { localWorkspace } from '../chat/destination.ts';
import type { Asker, Chat, Place } from '../chat/types.ts';
import { type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { Clock } from '../support/clock.ts';
import { playgroundPlace } from './deliver.ts';
import { guardPage, type PageGuard } from './guard.ts';
import type { PlaygroundMessages } from './messages.ts';
import { playgroundPage } from './page-html.ts';
import { type PageEnv, refuse } from './refuse.ts';
import { renderReply } from './render-reply.ts';
import { isSameOrigin } from './same-origin.ts';
import type { DeliveredResponse, Suggestion, SuggestResponse } from './wire.ts';

/** One file of the page, ready to send. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** A hash of the body in quotation marks. */
  readonly etag: string;
}

export interface PlaygroundSettings {
  /** What the page may see. */
  readonly ceiling: Tlp;
  /** Questions to try, the best first. */
  readonly examples: readonly string[];
  /** Names that begin with what was typed, best first; at most `limit`. */
  readonly suggest: (text: string, limit: number) => Promise<readonly Suggestion[]>;
  /** The page's files by name (`page.js`, `page.css`, `icon.svg`); undefined for any other name. */
  readonly asset: (name: string) => Promise<Asset | undefined>;
  /** What was delivered to the page; nothing is when absent. */
  readonly delivered?: Pick<PlaygroundMessages, 'after'>;
  /**
   * Host names by which the page may be asked (without the port); any when absent. On a loopback address it keeps
   * other sites from reaching the page under a name of theirs.
   */
  readonly hosts?: readonly string[];
  /** Who may use the page; everyone who reaches it when absent. */
  readonly guard?: PageGuard;
}

export interface PlaygroundParts extends PlaygroundSettings {
  readonly chat: Chat;
  readonly clock: Clock;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
}

const maxBodyBytes = 64 * 1024;
const maxSuggestChars = 200;
const suggestions = 8;
const maxDelivered = 20;

const session = z.string().regex(/^[a-z0-9-]{1,64}$/);
const zone = z.string().max(64).optional();
const askSchema = z.object({ question: z.string().max(20_000), session, zone });
const actionSchema = z.object({ value: z.string().max(4_000), session, zone });
const afterSchema = z.coerce.number().int().nonnegative().catch(0);

/** The playground: its page, its files, and its API, which only its own page may call. */
export function createPlaygroundApi(parts: PlaygroundParts): Hono<PageEnv> {
  const { chat, clock, nowMs, ceiling } = parts;
  const api = new Hono<PageEnv>();
  protect(api, parts);
  api.get('/', (context) =>
    context.html(playgroundPage({ examples: parts.examples, ceiling: tlpLabel(ceiling) })),
  );
  api.get('/playground/:file{[a-z]+\\.[a-z]+}', async (context) => sendAsset(context, parts));
  api.get('/playground/api/suggest', async (context) => {
    const text = (context.req.query('q') ?? '').slice(0, maxSuggestChars);
    const found = text.trim() === '' ? [] : await parts.suggest(text, suggestions);
    return context.json({ suggestions: found } satisfies SuggestResponse);
  });
  api.get('/playground/api/messages', (context) => {
    const after = afterSchema.parse(context.req.query('after'));
    return context.json(deliveredAfter(after, parts));
  });
  api.use('/playground/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }));
  api.post('/playground/api/ask', async (context) => {
    const body = await readBody(context, askSchema);
    if (body instanceof Response) return body;
    const start = nowMs();
    const place = placeOf(body.session, ceiling);
    const text = withoutCommand(body.question);
    const asker = askerFrom(body.zone);
    const reply = await chat.handle({ text, place, person: playgroundPlace, asker, now: clock.now() });
    return context.json(renderReply(reply, ceiling, nowMs() - start));
  });
  api.post('/playground/api/action', async (context) => {
    const body = await readBody(context, actionSchema);
    if (body instanceof Response) return body;
    const value = decodeActionValue(body.value);
    if (value === undefined)
      return refuse(context, 400, 'bad-action', 'The button carries no value of ours.');
    const start = nowMs();
    const place = placeOf(body.session, ceiling);
    const asker = askerFrom(body.zone);
    const reply = await chat.handleAction({
      value,
      place,
      person: playgroundPlace,
      asker,
      now: clock.now(),
    });
    return context.json(renderReply(reply, ceiling, nowMs() - start));
  });
  return api;
}

/** The page's own addresses; what stands beside them on the server has its own rules. */
function protect(api: Hono<PageEnv>, parts: PlaygroundParts): void {
  const { guard, clock, nowMs } = parts;
  const guarded = guard === undefined ? undefined : guardPage({ ...guard, clock, nowMs });
  for (const address of ['/', '/playground/*']) {
    api.use(address, async (context, next) => {
      if (isKnownHost(context, parts.hosts)) return next();
      return refuse(context, 421, 'unknown-host', 'Not the name of this server.');
    });
    if (guarded !== undefined) api.use(address, guarded);
  }
  api.use('/playground/api/*', async (context, next) => {
    if (isSameOrigin(context.req.raw)) return next();
    return refuse(context, 403, 'other-origin', 'Only the page of this server may ask here.');
  });
}

/** `/apt APT39` and `APT39` are the same question, as they are in Slack. */
function withoutCommand(question: string): string {
  return question.replace(/^\s*\/apt(?:\s+|$)/i, '').trim();
}

function deliveredAfter(after: number, { delivered }: PlaygroundParts): DeliveredResponse {
  const found = delivered?.after(after, maxDelivered) ?? [];
  return {
    messages: found.map(({ sequence, at, card, parent }) => ({
      sequence,
      at: at.toISOString(),
      isReply: parent !== undefined,
      reply: renderReply({ card: cardOf(card), audience: 'asker' }, card.ceiling, 0),
    })),
  };
}

/** Who can open the page runs the bot. */
function askerFrom(timeZone: string | undefined): Asker {
  return { role: 'admin', isMemberHere: true, ...(timeZone === undefined ? {} : { zone: timeZone }) };
}

/** One place for all pages of this machine, so that what is subscribed outlives a reload; a conversation is a page's own. */
function placeOf(id: string, ceiling: Tlp): Place {
  return {
    platform: 'playground',
    id: playgroundPlace,
    workspace: localWorkspace,
    thread: id,
    kind: 'direct',
    ceiling,
  };
}

/** The body as the schema has it, or the answer that says what is wrong with it. */
async function readBody<Body>(context: Context<PageEnv>, schema: z.ZodType<Body>): Promise<Body | Response> {
  const type = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refuse(context, 415, 'not-json', 'Send application/json.');
  const json: unknown = await context.req.json().catch(() => undefined);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  return refuse(context, 400, 'bad-request', z.prettifyError(parsed.error));
}

function isKnownHost(context: Context<PageEnv>, hosts: readonly string[] | undefined): boolean {
  return hosts === undefined || hosts.includes(new URL(context.req.url).hostname.toLowerCase());
}

async function sendAsset(context: Context<PageEnv>, { asset }: PlaygroundParts): Promise<Response> {
  const found = await asset(context.req.param('file') ?? '');
  if (found === undefined) return refuse(context, 404, 'not-found', 'There is nothing at this address.');
  const headers = { ETag: found.etag, 'Cache-Control': 'no-cache', 'Content-Type': found.type };
  if (context.req.header('If-None-Match') === found.etag) return context.body(null, 304, headers);
  return context.body(found.body, 200, headers);
}

function tooLarge(context: Context<PageEnv>): Response {
  return refuse(context, 413, 'too-large', 'The body is larger than 64 KB.');
}
