import type { OptionSource } from '../../../src/cards/form.ts';
import { asArray, type UnknownObject } from '../../../src/cards/shape.ts';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { searchActionId } from '../../../src/cards/slack/form-ids.ts';
import { encodeOrigin } from '../../../src/chat/slack/views-place.ts';
import type { DialogValues, InDialog } from '../../contracts/chat-conversation-contract.ts';
import type { SlackNetwork } from '../slack-network.ts';
import { eventBody, jsonRequest, nextTrigger, payloadRequest, type Who } from '../slack-request.ts';
import { slackText } from './shown.ts';

interface SlackViews {
  /** Without a request: by the shortcut that looks things up. */
  open(request: Request | undefined): Promise<InDialog>;
  send(values: DialogValues, button?: string): Promise<InDialog>;
  values(source: string, text: string): Promise<readonly string[]>;
  /** In the place of this channel. */
  labels(source: string, text: string, channelId: string): Promise<readonly string[]>;
  home(who: Who): Promise<string>;
}

/** Slack's modals, home tab and type-ahead, as its client drives them. */
export function slackViews(network: SlackNetwork, send: (request: Request) => Promise<Response>): SlackViews {
  let open: UnknownObject = {};
  for (const method of ['open', 'push', 'update', 'publish']) {
    network.stubs.set(`views.${method}`, () => Response.json({ ok: true, view: { id: `V-${method}` } }));
  }

  function interactive(type: string, more: object): Request {
    const user = { id: network.users.ann, team_id: network.team, name: 'ann' };
    return payloadRequest({ type, user, team: { id: network.team }, trigger_id: nextTrigger(), ...more });
  }

  function sound(view: unknown): UnknownObject {
    const problems = checkSlackPayload(view);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return view as UnknownObject;
  }

  /** The view that was sent last by this method, since so many requests. */
  function sentView(method: string, since: number): UnknownObject | undefined {
    const found = network.sent.slice(since).findLast((one) => one.method === method);
    return found === undefined ? undefined : sound(found.body['view']);
  }

  function show(view: UnknownObject): InDialog {
    const isForm = String(view['callback_id']).startsWith('threatbrief:form:');
    if (isForm) open = view;
    return { kind: isForm ? 'form' : 'done', text: slackText(view['blocks']) };
  }

  async function submit(view: object): Promise<InDialog> {
    const response = await send(interactive('view_submission', { view }));
    const answer = (await response.json()) as { response_action: string; errors?: object; view?: unknown };
    if (answer.errors !== undefined) return { kind: 'form', text: Object.values(answer.errors).join('\n') };
    return show(sound(answer.view));
  }

  async function press(view: object, button: string): Promise<InDialog> {
    const since = network.sent.length;
    const action = { action_id: `threatbrief:form-button:${button}`, value: button };
    await send(interactive('block_actions', { view, actions: [action] }));
    const pushed = sentView('views.push', since);
    if (pushed !== undefined) return { kind: 'beside', text: slackText(pushed['blocks']) };
    return show(sentView('views.update', since) ?? {});
  }

  async function options(
    source: string,
    text: string,
    metadata: unknown = open['private_metadata'] ?? '{}',
  ): Promise<readonly { readonly text: { readonly text: string }; readonly value: string }[]> {
    const action = { action_id: searchActionId(source as OptionSource, 'x'), value: text };
    const view = { private_metadata: metadata };
    const response = await send(interactive('block_suggestion', { ...action, view }));
    return ((await response.json()) as { options: [] }).options;
  }

  return {
    open: async (request) => {
      const since = network.sent.length;
      await send(request ?? interactive('shortcut', { callback_id: 'look_up' }));
      const view = sentView('views.open', since);
      if (view === undefined) throw new Error('no modal was opened');
      return show(view);
    },
    send: (values, button) => {
      const view = { id: 'V1', hash: 'h1', ...open, state: { values: stateOf(open, values) } };
      return button === undefined ? submit(view) : press(view, button);
    },
    values: async (source, text) => (await options(source, text)).map(({ value }) => value),
    labels: async (source, text, channelId) =>
      (await options(source, text, encodeOrigin({ channelId }))).map((one) => one.text.text),
    home: async (who) => {
      const since = network.sent.length;
      await send(jsonRequest(eventBody(who, { type: 'app_home_opened', tab: 'home' })));
      const view = sentView('views.publish', since);
      if (view === undefined) throw new Error('no home tab was published');
      return slackText(view['blocks']);
    },
  };
}

/** What Slack tells of a view's fields: what stood in them, and over that what was filled in. */
function stateOf(view: UnknownObject, values: DialogValues): Record<string, object> {
  const inputs = (asArray(view['blocks']) ?? []).filter((one) => (one as UnknownObject)['type'] === 'input');
  return Object.fromEntries(
    inputs.map((input) => {
      const { block_id: block, element } = input as { block_id: string; element: UnknownObject };
      const given = values[block.replace('field:', '')];
      return [block, { [String(element['action_id'])]: elementState(element, given) }];
    }),
  );
}

function elementState(element: UnknownObject, given: string | readonly string[] | undefined): object {
  const option = (value: string): object => ({ value });
  switch (element['type']) {
    case 'plain_text_input':
      return { value: given ?? element['initial_value'] ?? null };
    case 'checkboxes':
    case 'multi_external_select':
      return {
        selected_options:
          given === undefined ? (element['initial_options'] ?? []) : [given].flat().map(option),
      };
    default:
      return {
        selected_option:
          given === undefined ? (element['initial_option'] ?? null) : option([given].flat()[0] ?? ''),
      };
  }
}
