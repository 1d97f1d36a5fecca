import { z } from 'zod';
import { type OptionSource, optionSources } from '../../cards/form.ts';
import { buttonData, type FilledForm, filledFormOf, type Press, pressOf } from './button-data.ts';
import { messageText } from './message-payload.ts';

/** What a dialog, a message extension or a search field asks. */
export type Invoke =
  /** A button that opens a dialog, or one inside a dialog. */
  | { readonly kind: 'dialog-press'; readonly press: Press }
  | { readonly kind: 'dialog-form'; readonly filled: FilledForm }
  | { readonly kind: 'options'; readonly source: OptionSource; readonly text: string; readonly limit: number }
  | {
      readonly kind: 'extension-search';
      readonly command: string;
      readonly text: string;
      readonly limit: number;
      readonly skip: number;
    }
  | { readonly kind: 'extension-pick'; readonly press: Press }
  | { readonly kind: 'extension-message'; readonly command: string; readonly text: string }
  | { readonly kind: 'link'; readonly url: string };

const word = z.string().nullish();
const querySchema = z.looseObject({
  commandId: word,
  parameters: z.array(z.looseObject({ name: word, value: z.unknown().optional() })).nullish(),
  queryOptions: z.looseObject({ skip: z.number().nullish(), count: z.number().nullish() }).nullish(),
});
const optionsSchema = z.looseObject({
  queryText: word,
  queryOptions: z.looseObject({ top: z.number().nullish() }).nullish(),
  dataset: z.enum(optionSources),
});
const linkSchema = z.looseObject({ url: z.string().max(4_000) });
const commandSchema = z.looseObject({ commandId: word, messagePayload: z.unknown().optional() });

/** As many as a list of results shows at once. */
const maxResults = 15;
const maxSkip = 100;
const maxQueryChars = 400;

/** Reads an invoke by its name; undefined for what is unknown or of another form. */
export function parseInvokeValue(name: string, value: unknown): Invoke | undefined {
  switch (name) {
    case 'task/fetch':
    case 'task/submit':
      return dialog(value);
    case 'application/search':
      return options(value);
    case 'composeExtension/query':
      return search(value);
    case 'composeExtension/selectItem': {
      const press = pressOf(buttonData(value));
      return press === undefined ? undefined : { kind: 'extension-pick', press };
    }
    case 'composeExtension/queryLink':
    case 'composeExtension/anonymousQueryLink': {
      const link = linkSchema.safeParse(value).data;
      return link === undefined ? undefined : { kind: 'link', url: link.url };
    }
    case 'composeExtension/fetchTask':
      return fromMessage(value);
    case 'composeExtension/submitAction':
      // A button in the dialog that the command opened; else the command itself, where it opens none.
      return dialog(value) ?? fromMessage(value);
    default:
      return undefined;
  }
}

function dialog(value: unknown): Invoke | undefined {
  const data = buttonData(value);
  const filled = filledFormOf(data);
  if (filled !== undefined) return { kind: 'dialog-form', filled };
  const press = pressOf(data);
  return press === undefined ? undefined : { kind: 'dialog-press', press };
}

function options(value: unknown): Invoke | undefined {
  const query = optionsSchema.safeParse(value).data;
  if (query === undefined) return undefined;
  const { queryText, queryOptions, dataset } = query;
  const limit = within(queryOptions?.top ?? maxResults, 1, maxResults);
  return { kind: 'options', source: dataset, text: (queryText ?? '').slice(0, maxQueryChars), limit };
}

function search(value: unknown): Invoke | undefined {
  const query = querySchema.safeParse(value).data;
  if (query === undefined) return undefined;
  const { commandId, parameters, queryOptions } = query;
  // The first call comes with the parameter `initialRun`: nothing was typed yet.
  const typed = parameters?.find(({ name }) => name !== 'initialRun')?.value;
  return {
    kind: 'extension-search',
    command: commandId ?? '',
    text: typeof typed === 'string' ? typed.slice(0, maxQueryChars) : '',
    limit: within(queryOptions?.count ?? maxResults, 1, maxResults),
    skip: within(queryOptions?.skip ?? 0, 0, maxSkip),
  };
}

function fromMessage(value: unknown): Invoke | undefined {
  const parsed = commandSchema.safeParse(value).data;
  if (parsed === undefined) return undefined;
  const { commandId, messagePayload } = parsed;
  return { kind: 'extension-message', command: commandId ?? '', text: messageText(messagePayload) };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.floor(value)));
}
