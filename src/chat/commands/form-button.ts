import type { Action } from '../../cards/card.ts';
import { formAction } from '../../cards/form.ts';
import type { CommandContext } from './types.ts';

/** The button that opens a dialog, where there are dialogs; elsewhere none, since it would only lead back. */
export function formButton(
  { place }: Pick<CommandContext, 'place'>,
  ...about: Parameters<typeof formAction> extends [string, ...infer Rest] ? Rest : never
): readonly Action[] {
  const hasDialogs = place.platform === 'slack' || place.platform === 'teams';
  return hasDialogs ? [formAction('Open the Form', ...about)] : [];
}
