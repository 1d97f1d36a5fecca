import * as fc from 'fast-check';
import { encodeActionValue } from '../../../src/cards/action-value.ts';
import { formIds, optionSources } from '../../../src/cards/form.ts';
import { walkObjects } from '../../../src/cards/shape.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import { createTeamsPlatform } from '../../../src/chat/teams/index.ts';
import { openSurfaceWorld } from '../../helpers/surfaces.ts';
import { createTeamsWorld, member } from '../../helpers/teams-world.ts';
import { applyJsonEdits, type JsonEdit, jsonEdits } from '../json-edits.ts';
import { defineTarget } from '../target.ts';
import { commandTexts } from '../texts.ts';
import { hostile } from '../words.ts';
import { createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';
import { buttonValues } from './buttons.ts';

interface Sent {
  readonly kind: number;
  readonly text: string;
  readonly edits: readonly JsonEdit[];
  readonly conversation: 'personal' | 'groupChat' | 'channel';
  /** What becomes of the raw body. */
  readonly raw: string;
}

type Make = (text: string) => Readonly<Record<string, unknown>>;

const invoke = (name: string, value: unknown): Readonly<Record<string, unknown>> => ({
  type: 'invoke',
  name,
  value,
  text: undefined,
  entities: [],
});
const pressed = (text: string): object => ({
  action: { type: 'Action.Execute', verb: teamsActionKey, data: { [teamsActionKey]: text } },
});
const payload = (text: string): object => ({
  id: '1',
  body: { contentType: 'html', content: `<p>${text}</p><a href="https://x.example">x</a>` },
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { body: [{ text }] } }],
  from: { user: { displayName: text } },
});

/** Every kind of Activity that Teams sends here. */
const makes: readonly Make[] = [
  (text) => ({ text: `<at>threatbrief</at> ${text}` }),
  (text) => ({ text, entities: [] }),
  (text) => ({
    text,
    textFormat: 'xml',
    attachments: [{ contentType: 'text/html', content: `<div>${text}</div>` }],
  }),
  (text) => ({
    type: 'messageUpdate',
    text: `<at>threatbrief</at> ${text}`,
    timestamp: '2026-11-22T12:00:00Z',
  }),
  (text) => ({ text: undefined, value: { [teamsActionKey]: text } }),
  (text) => ({
    text: undefined,
    value: { threatbriefForm: { id: 'subscribe' }, 'v.filters': text, 'c.rhythm': 'daily' },
  }),
  (text) => invoke('adaptiveCard/action', pressed(text)),
  (text) =>
    invoke('adaptiveCard/action', pressed(encodeActionValue({ verb: 'ask', question: text.slice(0, 200) }))),
  (text) => invoke('task/fetch', { data: { [teamsActionKey]: text }, context: { theme: 'dark' } }),
  ...formIds.map<Make>(
    (id) => (text) =>
      invoke('task/submit', {
        data: {
          threatbriefForm: { id, state: text.slice(0, 60) },
          'v.filters': text,
          'c.rhythm': 'weekly',
          't.actor.n.actors': text,
        },
      }),
  ),
  ...optionSources.map<Make>(
    (dataset) => (text) =>
      invoke('application/search', { queryText: text, queryOptions: { top: 15, skip: 0 }, dataset }),
  ),
  (text) =>
    invoke('composeExtension/query', {
      commandId: 'find',
      parameters: [{ name: 'q', value: text }],
      queryOptions: { count: 25, skip: 0 },
    }),
  (text) => invoke('composeExtension/selectItem', { [teamsActionKey]: text }),
  (text) =>
    invoke('composeExtension/queryLink', {
      url: `https://brief.example/actor/${encodeURIComponent(text.toWellFormed())}`,
    }),
  (text) =>
    invoke('composeExtension/fetchTask', { commandId: 'briefMessage', messagePayload: payload(text) }),
  (text) =>
    invoke('composeExtension/submitAction', { commandId: 'briefMessage', messagePayload: payload(text) }),
  (text) => invoke(text, { a: text }),
  () => ({ type: 'conversationUpdate', membersAdded: [{ id: '29:bob' }], text: undefined }),
  () => ({
    type: 'conversationUpdate',
    channelData: { eventType: 'channelDeleted', tenant: { id: 't' }, channel: { id: '19:x' } },
  }),
  () => ({ type: 'installationUpdate', action: 'remove' }),
  () => ({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }),
  () => ({ type: 'typing' }),
  (text) => ({ type: text }),
];

export const teamsTarget = defineTarget<Sent>(
  'teams-activities',
  'Activities of Teams with tokens that hold: messages, presses, dialogs, the message extension, whole and broken',
  async () => {
    const { world: knowledge, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const [world, opened] = await Promise.all([
      createTeamsWorld(),
      openSurfaceWorld({ world: knowledge, now: fuzzNow, log }),
    ]);
    world.members = () => [member({}), member({ id: '29:bob' })];
    const clock = { now: () => new Date() };
    const platform = createTeamsPlatform(
      { ...world.settings, publicUrl: 'https://brief.example' },
      { chat: opened.chat, surfaces: opened.surfaces, clock, log, credentials: world.credentials },
    );
    let authorization = '';
    let sent = 0;
    return {
      inputs: fc.record({
        kind: fc.nat(makes.length - 1),
        text: fc.oneof(commandTexts(canaries), buttonValues, hostile()),
        edits: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: jsonEdits, weight: 3 }),
        conversation: fc.constantFrom('personal', 'groupChat', 'channel'),
        raw: fc.oneof({ arbitrary: fc.constant(''), weight: 12 }, { arbitrary: hostile(), weight: 1 }),
      }),
      problemsOf: async ({ kind, text, edits, conversation, raw }) => {
        // The token lasts an hour, and a run may last longer.
        if (sent % 5_000 === 0) authorization = `Bearer ${await world.token()}`;
        sent += 1;
        world.sent.length = 0;
        // A room that is asked too much is answered slowly.
        const id = conversation === 'personal' ? `a:${sent}` : `19:${sent}@thread.tacv2`;
        const activity = world.activity({
          id: `activity-${sent}`,
          conversation: { id, conversationType: conversation, tenantId: world.settings.tenantId },
          ...makes[kind]?.(text),
        });
        const body = JSON.stringify(applyJsonEdits(JSON.parse(JSON.stringify(activity)), edits)) ?? '';
        const whole = raw === '' ? body : `${body.slice(0, (raw.length * 37) % body.length)}${raw}`;
        const response = await platform.fetch(await world.request(whole, authorization));
        const posted = world.sent.flatMap(({ body: one }) => cardProblems(one));
        return [...(await responseProblems(response)), ...posted, ...log.take()];
      },
      close: async () => {
        await Promise.all([world.close(), opened.close()]);
      },
    };
  },
);

async function responseProblems(response: Response): Promise<readonly string[]> {
  if (response.status === 500) return ['answered with 500'];
  const text = await response.text();
  return text === '' ? [] : cardProblems(JSON.parse(text));
}

/** Every card somewhere inside, and mentions that a text makes. */
function cardProblems(body: unknown): readonly string[] {
  const problems: string[] = [];
  walkObjects(body, (object) => {
    if (object['type'] === 'AdaptiveCard') {
      problems.push(...checkAdaptiveCard(object, object['version'] === '1.3' ? '1.3' : '1.5'));
    }
    if (object['type'] === 'mention') problems.push('it mentions someone');
  });
  return problems;
}
