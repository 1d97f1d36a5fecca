import { assertNever } from '../../support/assert-never.ts';
import { encodeActionValue } from '../action-value.ts';
import type { Action, ActionValue } from '../card.ts';
import { clipString } from '../measure.ts';
import { teamsActionKey, teamsLimits } from './limits.ts';
import { plainWords } from './text.ts';
import type { ActionData, AdaptiveAction } from './types.ts';

/**
 * Where a card stands, which decides what its buttons are: `Action.Execute` in messages; `Action.Submit` in dialogs and in
 * previews of links, which know no other.
 */
export type CardPlace = 'message' | 'dialog' | 'link';

/** Buttons of a card: the first five in sight, the rest in the card's "…" menu; the primary one first. */
export function adaptiveActions(
  actions: readonly Action[],
  place: CardPlace = 'message',
): readonly AdaptiveAction[] {
  const isPrimary = (action: Action): boolean => action.type === 'command' && action.style === 'primary';
  const ordered = [...actions.filter(isPrimary), ...actions.filter((action) => !isPrimary(action))];
  return ordered.map((action, index) => {
    const rendered = adaptiveAction(action, place);
    // Previews of links have no such menu.
    const isInSight = place === 'link' || index < teamsLimits.shownActions;
    return isInSight ? rendered : { ...rendered, mode: 'secondary' };
  });
}

/** `Action.Execute` for clients that know it, the same as `Action.Submit` for those that do not. */
export function adaptiveAction(action: Action, place: CardPlace = 'message'): AdaptiveAction {
  const title = titleOf(action.label);
  switch (action.type) {
    case 'link':
      return { type: 'Action.OpenUrl', title, url: action.url };
    case 'command': {
      const data = { [teamsActionKey]: encodeActionValue(action.value) };
      const style = styleOf(action.style);
      if (place !== 'message') return { type: 'Action.Submit', title, data, ...style };
      if (action.value.verb === 'form') {
        return { type: 'Action.Submit', title, data: { ...data, msteams: { type: 'task/fetch' } }, ...style };
      }
      return executeAction(title, data, style);
    }
    default:
      return assertNever(action);
  }
}

/** Sends the whole answer to the chat with the one who presses. */
export function privatelyAction(value: ActionValue): AdaptiveAction {
  return executeAction('More Privately', { [teamsActionKey]: encodeActionValue(value), to: 'person' }, {});
}

function titleOf(label: string): string {
  return clipString(plainWords(label), teamsLimits.actionTitleChars);
}

function executeAction(title: string, data: ActionData, style: ReturnType<typeof styleOf>): AdaptiveAction {
  return {
    type: 'Action.Execute',
    title,
    verb: teamsActionKey,
    data,
    fallback: { type: 'Action.Submit', title, data },
    ...style,
  };
}

function styleOf(style: 'primary' | 'danger' | undefined): { style?: 'positive' | 'destructive' } {
  switch (style) {
    case 'primary':
      return { style: 'positive' };
    case 'danger':
      return { style: 'destructive' };
    case undefined:
      return {};
    default:
      return assertNever(style);
  }
}
