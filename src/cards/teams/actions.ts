import { assertNever } from '../../support/assert-never.ts';
import { encodeActionValue } from '../action-value.ts';
import type { Action } from '../card.ts';
import { clipString } from '../measure.ts';
import { teamsActionKey, teamsLimits } from './limits.ts';
import { plainWords } from './text.ts';
import type { AdaptiveAction } from './types.ts';

/** Buttons of a card: the first five in sight, the rest in the card's "…" menu; the primary one first. */
export function adaptiveActions(actions: readonly Action[]): readonly AdaptiveAction[] {
  const isPrimary = (action: Action): boolean => action.type === 'command' && action.style === 'primary';
  const ordered = [...actions.filter(isPrimary), ...actions.filter((action) => !isPrimary(action))];
  return ordered.map((action, index) => {
    const rendered = adaptiveAction(action);
    return index < teamsLimits.shownActions ? rendered : { ...rendered, mode: 'secondary' };
  });
}

/** `Action.Execute` for clients that know it, the same as `Action.Submit` for those that do not. */
export function adaptiveAction(action: Action): AdaptiveAction {
  const title = clipString(plainWords(action.label), teamsLimits.actionTitleChars);
  switch (action.type) {
    case 'link':
      return { type: 'Action.OpenUrl', title, url: action.url };
    case 'command': {
      const data = { [teamsActionKey]: encodeActionValue(action.value) };
      return {
        type: 'Action.Execute',
        title,
        verb: teamsActionKey,
        data,
        fallback: { type: 'Action.Submit', title, data },
        ...styleOf(action.style),
      };
    }
    default:
      return assertNever(action);
  }
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
