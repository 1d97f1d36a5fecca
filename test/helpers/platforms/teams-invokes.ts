import { decodeActionValue } from '../../../src/cards/action-value.ts';
import { asArray, type UnknownObject, walkObjects } from '../../../src/cards/shape.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import type { DialogValues, InDialog } from '../../contracts/chat-conversation-contract.ts';
import { teamsText } from './shown.ts';

interface TeamsInvokes {
  /** Presses the button of a card that opens the form. */
  open(card: unknown, form: string): Promise<InDialog>;
  send(values: DialogValues, button?: string): Promise<InDialog>;
  offer(source: string, text: string): Promise<readonly string[]>;
  /** The titles in the list of the message extension. */
  type(text: string): Promise<readonly string[]>;
}

/** Dialogs, their search fields and the message extension, as the client of Teams drives them. */
export function teamsInvokes(invoke: (name: string, value: unknown) => Promise<unknown>): TeamsInvokes {
  let open: UnknownObject = {};

  /** The card of a dialog; a form keeps it open. */
  function show(answer: unknown): InDialog {
    const { task } = answer as { task: { type: string; value: { card?: { content: UnknownObject } } } };
    const card = task.value.card?.content;
    if (card === undefined) return { kind: 'done', text: JSON.stringify(task.value) };
    const problems = checkAdaptiveCard(card);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const isForm = JSON.stringify(card).includes('threatbriefForm');
    if (isForm) open = card;
    const body = asArray(card['body']) ?? [];
    const isBeside = isForm && (body.at(-1) as UnknownObject | undefined)?.['type'] === 'Container';
    return { kind: isBeside ? 'beside' : isForm ? 'form' : 'done', text: teamsText(card) };
  }

  return {
    open: async (card, form) => {
      let data: unknown;
      walkObjects(card, (object) => {
        const key =
          object['type'] === 'Action.Submit' ? (object['data'] as UnknownObject)?.[teamsActionKey] : '';
        const value = decodeActionValue(key);
        if (value?.verb === 'form' && value.section === form) data ??= object['data'];
      });
      if (data === undefined) throw new Error(`no button opens the form ${form}`);
      return show(await invoke('task/fetch', { data, context: { theme: 'dark' } }));
    },
    send: async (values, button) => {
      const actions = (asArray(open['actions']) ?? []) as readonly {
        data: { threatbriefForm: UnknownObject };
      }[];
      const pressed = actions.find(({ data }) => data.threatbriefForm['button'] === button);
      if (pressed === undefined) throw new Error(`the form has no button ${button ?? 'that sends it'}`);
      return show(await invoke('task/submit', { data: { ...inputs(open, values), ...pressed.data } }));
    },
    offer: async (source, text) => {
      const query = { queryText: text, queryOptions: { skip: 0, top: 10 }, dataset: source };
      const answer = (await invoke('application/search', query)) as {
        value: { results: readonly { value: string }[] };
      };
      return answer.value.results.map(({ value }) => value);
    },
    type: async (text) => {
      const query = {
        commandId: 'search',
        parameters: [{ name: 'text', value: text }],
        queryOptions: { count: 8 },
      };
      const answer = (await invoke('composeExtension/query', query)) as {
        composeExtension: {
          attachments?: readonly { content: unknown; preview: { content: { title: string } } }[];
        };
      };
      return (answer.composeExtension.attachments ?? []).map(({ content, preview }) => {
        const problems = checkAdaptiveCard(content);
        if (problems.length > 0) throw new Error(problems.join('\n'));
        return preview.content.title;
      });
    },
  };
}

/** What the client sends of a form: what stands in its inputs, and over that what was filled in. */
function inputs(card: UnknownObject, values: DialogValues): Record<string, unknown> {
  const filled: [string, unknown][] = [];
  walkObjects(card['body'], ({ type, id, value }) => {
    if (typeof id !== 'string' || !String(type).startsWith('Input.')) return;
    const given = values[id.replace(/^[vc]\./, '')];
    const chosen = id.startsWith('c.') && given !== undefined;
    filled.push([id, (chosen ? [given].flat().join(',') : given) ?? value ?? '']);
  });
  return Object.fromEntries(filled);
}
