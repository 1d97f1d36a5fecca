import * as fc from 'fast-check';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import { signedRequest, signingSecret } from '../../helpers/slack-request.ts';
import { openSurfaceWorld } from '../../helpers/surfaces.ts';
import { applyJsonEdits, type JsonEdit, jsonEdits } from '../json-edits.ts';
import { type Envelope, slackBodies } from '../slack-bodies.ts';
import { createSlackStub, stubApiUrl } from '../slack-stub.ts';
import { defineTarget } from '../target.ts';
import { commandTexts } from '../texts.ts';
import { edited, hostile } from '../words.ts';
import { createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';
import { buttonValues } from './buttons.ts';

interface Signed {
  readonly kind: number;
  readonly text: string;
  readonly edits: readonly JsonEdit[];
  /** How it travels, where that is another way than its kind's. */
  readonly envelope: Envelope | 'own';
  readonly contentType: string;
  /** What becomes of the raw body before it is signed. */
  readonly raw: string;
}

const contentTypes = {
  form: 'application/x-www-form-urlencoded',
  payload: 'application/x-www-form-urlencoded',
  json: 'application/json',
} as const;

export const slackTarget = defineTarget<Signed>(
  'slack-bodies',
  'signed requests of Slack: commands, events, presses, dialogs, type-ahead, whole and broken',
  async () => {
    const { world, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const stub = createSlackStub();
    const opened = await openSurfaceWorld({ world, now: fuzzNow, log });
    const platform = createSlackPlatform(
      {
        mode: 'http',
        botToken: 'xoxb-fuzz',
        signingSecret,
        apiUrl: stubApiUrl,
        publicUrl: 'https://brief.example',
      },
      {
        chat: opened.chat,
        surfaces: opened.surfaces,
        clock: { now: () => fuzzNow },
        log,
        fetch: stub.fetch,
        pause: async () => {},
      },
    );
    let event = 0;
    return {
      inputs: fc.record({
        kind: fc.nat(slackBodies.length - 1),
        text: fc.oneof(commandTexts(canaries), buttonValues, hostile()),
        edits: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: jsonEdits, weight: 3 }),
        envelope: fc.oneof(
          { arbitrary: fc.constant<'own'>('own'), weight: 12 },
          { arbitrary: fc.constantFrom<Envelope>('form', 'payload', 'json'), weight: 1 },
        ),
        contentType: fc.oneof(
          { arbitrary: fc.constant(''), weight: 20 },
          {
            arbitrary: fc.constantFrom(
              'text/plain',
              'multipart/form-data; boundary=x',
              'application/json; charset=latin1',
            ),
            weight: 1,
          },
        ),
        raw: fc.oneof(
          { arbitrary: fc.constant(''), weight: 12 },
          { arbitrary: edited(hostile(), 1), weight: 1 },
        ),
      }),
      problemsOf: async (input) => {
        event += 1;
        const { text, type } = rawOf(input, event);
        const response = await platform.fetch(
          signedRequest(text, type, { timestampSeconds: fuzzNow.getTime() / 1000 }),
        );
        await platform.stop();
        return [...(await responseProblems(response)), ...stub.take(), ...log.take()];
      },
      close: async () => {
        await platform.stop();
        await opened.close();
      },
    };
  },
);

/** The body as it is signed and sent, with an id of its own where it is an event. */
function rawOf(input: Signed, event: number): { readonly text: string; readonly type: string } {
  const { kind, text, edits, contentType, raw } = input;
  const chosen = slackBodies[kind] ?? slackBodies[0];
  const envelope = input.envelope === 'own' ? (chosen?.envelope ?? 'json') : input.envelope;
  const whole = { ...chosen?.withText(text), event_id: `Ev${event}` };
  const broken = withRaw(encode(applyJsonEdits(whole, edits), envelope), raw);
  // A header holds no more than Latin-1.
  return { text: broken.toWellFormed(), type: contentType === '' ? contentTypes[envelope] : contentType };
}

function encode(body: unknown, envelope: Envelope): string {
  const json = JSON.stringify(body) ?? '';
  if (envelope === 'json') return json;
  if (envelope === 'payload') return new URLSearchParams({ payload: json }).toString();
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]),
  ).toString();
}

/** Cut somewhere, with the text put in. */
function withRaw(text: string, raw: string): string {
  if (raw === '') return text;
  const at = (raw.length * 37) % Math.max(1, text.length);
  return `${text.slice(0, at)}${raw}${raw.length % 2 === 0 ? text.slice(at) : ''}`;
}

async function responseProblems(response: Response): Promise<readonly string[]> {
  if (response.status >= 500) return [`answered with ${response.status}`];
  const text = await response.text();
  if (text === '') return [];
  const answer = JSON.parse(text) as { readonly view?: unknown; readonly options?: readonly unknown[] };
  const view = answer.view === undefined ? [] : checkSlackPayload(answer.view);
  return [...view, ...((answer.options?.length ?? 0) > 100 ? ['more than a hundred options'] : [])];
}
