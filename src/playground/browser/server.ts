import type {
  ActionRequestBody,
  AskRequest,
  DeliveredMessage,
  DeliveredResponse,
  RenderedReply,
  Suggestion,
  SuggestResponse,
} from '../wire.ts';

/** What the page shows when the server does not answer as agreed. */
export class ServerProblem extends Error {}

const session = crypto.randomUUID();
const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();

export function ask(question: string): Promise<RenderedReply> {
  return post('/playground/api/ask', { question, session, zone } satisfies AskRequest);
}

export function press(value: string): Promise<RenderedReply> {
  return post('/playground/api/action', { value, session, zone } satisfies ActionRequestBody);
}

/** Names that begin with the text; none when they cannot be had, since typing goes on without them. */
export async function suggest(text: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  try {
    const response = await fetch(`/playground/api/suggest?q=${encodeURIComponent(text)}`, { signal });
    if (!response.ok) return [];
    const { suggestions }: SuggestResponse = await response.json();
    return suggestions;
  } catch {
    return [];
  }
}

/** What was delivered since a message; rejects when the server does not answer. */
export async function delivered(after: number): Promise<readonly DeliveredMessage[]> {
  const response = await fetch(`/playground/api/messages?after=${after}`);
  if (!response.ok) throw new ServerProblem(await problemOf(response));
  const { messages }: DeliveredResponse = await response.json();
  return messages;
}

async function post(path: string, body: AskRequest | ActionRequestBody): Promise<RenderedReply> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ServerProblem('The server cannot be reached. Is threatbrief still running?');
  });
  if (!response.ok) throw new ServerProblem(await problemOf(response));
  return response.json();
}

async function problemOf(response: Response): Promise<string> {
  const body: { error?: { message?: string; requestId?: string } } = await response.json().catch(() => ({}));
  const message = body.error?.message ?? `The server answered ${response.status}.`;
  return body.error?.requestId === undefined ? message : `${message} Reference: ${body.error.requestId}`;
}
