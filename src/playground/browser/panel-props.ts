import type { RenderedReply } from '../wire.ts';
import type { Theme } from './preferences.ts';

/** Takes a press: the button's words, and the value it carries. */
export type OnPress = (label: string, value: string) => void;

/** What each rendering of an answer is given. */
export interface PanelProps {
  readonly reply: RenderedReply;
  readonly theme: Theme;
  readonly onPress: OnPress;
}
