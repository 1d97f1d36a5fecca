import type { SlackButton } from '../../cards/slack/types.ts';
import type { OnPress } from './panel-props.ts';

/** Opens a link button's address apart from this page, or hands the value on. */
export function pressSlackButton(
  button: Pick<SlackButton, 'text' | 'url' | 'value'>,
  onPress: OnPress,
): void {
  if (button.url !== undefined) window.open(button.url, '_blank', 'noopener,noreferrer');
  else onPress(button.text.text, button.value ?? '');
}
