import { randomUUID } from 'node:crypto';
import { encodeChoice, optionTitle } from '../../cards/teams/form.ts';
import { assertNever } from '../../support/assert-never.ts';
import { openDialog, submitDialog } from './dialogs.ts';
import { briefMessage, pickResult, previewLink, searchExtension } from './extension.ts';
import { answerInvoke, dialogMessage, extensionMessage } from './invoke-response.ts';
import type { Invoke } from './parse-invoke.ts';
import { askedIn, type Turn } from './turn.ts';

/**
 * Answers what dialogs, search fields and the message extension ask. Teams asks again when no answer came in time, so that
 * each may come twice. A failure is a sentence with a reference, which the log has too.
 */
export async function handleInvoke(turn: Turn, invoke: Invoke, person: string): Promise<void> {
  try {
    await answer(turn, invoke, person);
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    turn.parts.log.error({ error, reference, invoke: invoke.kind }, 'an invoke of Teams failed');
    const words = `Something went wrong here. Try again in a minute; if it goes on, give your administrator this reference: ${reference}`;
    await answerInvoke(turn.context, failureFor(invoke, words));
  }
}

function answer(turn: Turn, invoke: Invoke, person: string): Promise<void> {
  switch (invoke.kind) {
    case 'dialog-press':
      return openDialog(turn, invoke.press, person);
    case 'dialog-form':
      return submitDialog(turn, invoke.filled, person);
    case 'options':
      return answerOptions(turn, invoke, person);
    case 'extension-search':
      return searchExtension(turn, invoke, person);
    case 'extension-pick':
      return pickResult(turn, invoke.press, person);
    case 'extension-message':
      return briefMessage(turn, invoke, person);
    case 'link':
      return previewLink(turn, invoke.url, person);
    default:
      return assertNever(invoke);
  }
}

function failureFor(invoke: Invoke, words: string): object {
  switch (invoke.kind) {
    case 'dialog-press':
    case 'dialog-form':
    case 'extension-message':
      return dialogMessage(words);
    case 'options':
      return optionsResponse([]);
    case 'extension-search':
    case 'extension-pick':
      return extensionMessage(words);
    case 'link':
      return {};
    default:
      return assertNever(invoke);
  }
}

async function answerOptions(
  turn: Turn,
  { source, text, limit }: Extract<Invoke, { readonly kind: 'options' }>,
  person: string,
): Promise<void> {
  const asked = await askedIn(turn, person);
  const options = (await turn.parts.surfaces?.options({ ...asked, source, text, limit })) ?? [];
  await answerInvoke(
    turn.context,
    optionsResponse(
      options.map(({ label, value }) => ({ title: optionTitle(label), value: encodeChoice(value) })),
    ),
  );
}

function optionsResponse(results: readonly { readonly title: string; readonly value: string }[]): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}
