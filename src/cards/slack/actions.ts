import { assertNever } from '../../support/assert-never.ts';
import { encodeActionValue } from '../action-value.ts';
import type { Action } from '../card.ts';
import { slackLayout, slackLimits, withHeadroom } from './limits.ts';
import { slackPlainText } from './text.ts';
import type { SlackBlock, SlackButton, SlackOption, SlackOverflow } from './types.ts';

/** What every `action_id` of a card begins with, so that one listener takes them all. */
export const slackActionPrefix = 'threatbrief:';

/** Hands out `threatbrief:more:3`: the verb for the reader of a log, the number for uniqueness in the message. */
export function createActionIds(): (verb: string) => string {
  let next = 0;
  return (verb) => `${slackActionPrefix}${verb}:${next++}`;
}

/** One button. In a list no button is primary, since a choice has no favourite. */
export function slackButton(
  action: Action,
  nextActionId: (verb: string) => string,
  place: 'list' | 'row' = 'row',
): SlackButton {
  const text = slackPlainText(action.label, slackLimits.buttonTextChars);
  switch (action.type) {
    case 'link':
      return { type: 'button', action_id: nextActionId('link'), text, url: action.url };
    case 'command': {
      const value = encodeActionValue(action.value);
      const style = place === 'row' && action.style !== undefined ? { style: action.style } : {};
      return { type: 'button', action_id: nextActionId(action.value.verb), text, value, ...style };
    }
    default:
      return assertNever(action);
  }
}

/**
 * The card's buttons: three in sight, up to five where that saves a second menu, the rest in overflow menus of five.
 * Values too long for a menu's option (75 characters) stay buttons.
 */
export function actionsBlocks(
  actions: readonly Action[],
  nextActionId: (verb: string) => string,
): SlackBlock[] {
  if (actions.length === 0) return [];
  const ordered = shareInSight(onePrimary(actions));
  const { visible, menu } = layOut(ordered);
  const buttons = visible.map((action) => slackButton(action, nextActionId));
  const overflows = chunk(menu, slackLimits.overflowOptions).map((part) => overflow(part, nextActionId));
  const elements = [...buttons, ...overflows];
  return chunk(elements, slackLimits.actionsElements).map((part) => ({ type: 'actions', elements: part }));
}

/** The primary button first; a second primary one becomes an ordinary button. */
function onePrimary(actions: readonly Action[]): readonly Action[] {
  const primary = actions.find((action) => action.type === 'command' && action.style === 'primary');
  const others = actions.filter((action) => action !== primary).map(withoutPrimary);
  return primary === undefined ? others : [primary, ...others];
}

/** Share right behind the first: an answer for one's own eyes is shared without a look into a menu. */
function shareInSight(actions: readonly Action[]): readonly Action[] {
  const share = actions.find((action) => action.type === 'command' && action.value.verb === 'share');
  if (share === undefined || share === actions[0]) return actions;
  const [first, ...others] = actions;
  return first === undefined ? actions : [first, share, ...others.filter((action) => action !== share)];
}

function withoutPrimary(action: Action): Action {
  if (action.type !== 'command' || action.style !== 'primary') return action;
  const { style: _, ...rest } = action;
  return rest;
}

function layOut(actions: readonly Action[]): { visible: readonly Action[]; menu: readonly Action[] } {
  if (actions.length <= slackLayout.visibleButtons + 1) return { visible: actions, menu: [] };
  const { visibleButtons, mostVisibleButtons } = slackLayout;
  const beyondOneMenu = actions.length - slackLimits.overflowOptions;
  const count = Math.min(Math.max(visibleButtons, beyondOneMenu), mostVisibleButtons);
  const inSight = actions.slice(0, count);
  const rest = actions.slice(count);
  return {
    visible: [...inSight, ...rest.filter((action) => !fitsMenu(action))],
    menu: rest.filter(fitsMenu),
  };
}

function fitsMenu(action: Action): boolean {
  if (action.type === 'link') return true;
  return encodeActionValue(action.value).length <= withHeadroom(slackLimits.optionValueChars);
}

function overflow(actions: readonly Action[], nextActionId: (verb: string) => string): SlackOverflow {
  const options = actions.map((action, index): SlackOption => {
    const text = slackPlainText(action.label, slackLimits.optionTextChars);
    return action.type === 'link'
      ? { text, value: `link:${index}`, url: action.url }
      : { text, value: encodeActionValue(action.value) };
  });
  return { type: 'overflow', action_id: nextActionId('menu'), options };
}

function chunk<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
