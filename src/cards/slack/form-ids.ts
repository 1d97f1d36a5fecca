import { type FormId, formIds, type OptionSource, optionSources } from '../form.ts';
import { slackActionPrefix } from './actions.ts';

/** How the parts of a form are named in Slack's payloads, so that what comes back needs no memory of ours. */

const formPrefix = `${slackActionPrefix}form:`;
const fieldPrefix = 'field:';
const searchPrefix = `${slackActionPrefix}search:`;
const inputPrefix = `${slackActionPrefix}input:`;
const buttonPrefix = `${slackActionPrefix}form-button:`;

export function formCallbackId(form: FormId): string {
  return `${formPrefix}${form}`;
}

/** The form that a modal shows; undefined for another modal. */
export function formOfCallback(callbackId: string): FormId | undefined {
  return formIds.find((id) => formCallbackId(id) === callbackId);
}

export function fieldBlockId(field: string): string {
  return `${fieldPrefix}${field}`;
}

/** The field that a block shows; undefined for a block that is none. */
export function fieldOfBlock(blockId: string): string | undefined {
  return blockId.startsWith(fieldPrefix) ? blockId.slice(fieldPrefix.length) : undefined;
}

/** A search field's name says what is looked among. */
export function searchActionId(source: OptionSource, field: string): string {
  return `${searchPrefix}${source}:${field}`;
}

/** Every search field's name. */
export const searchActionPattern = /^threatbrief:search:/;

export function sourceOfAction(actionId: string): OptionSource | undefined {
  return optionSources.find((source) => actionId.startsWith(`${searchPrefix}${source}:`));
}

export function inputActionId(field: string): string {
  return `${inputPrefix}${field}`;
}

export function buttonActionId(button: string): string {
  return `${buttonPrefix}${button}`;
}

/** The form's own button that was pressed; undefined for anything else. */
export function buttonOfAction(actionId: string): string | undefined {
  return actionId.startsWith(buttonPrefix) ? actionId.slice(buttonPrefix.length) : undefined;
}

/** True for a field whose change gives the form anew. */
export function isFieldAction(actionId: string): boolean {
  return actionId.startsWith(inputPrefix) || actionId.startsWith(searchPrefix);
}
