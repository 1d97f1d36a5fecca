import type { PlainText, SlackBlock } from './types.ts';

/** A modal as `views.open`, `views.push` and `views.update` take it (docs.slack.dev, reference/views). */
export interface SlackModal {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: PlainText;
  readonly submit?: PlainText;
  readonly close: PlainText;
  /** Comes back with everything that is done in it; at most 3,000 characters. */
  readonly private_metadata: string;
  readonly blocks: readonly SlackViewBlock[];
}

/** The App Home as `views.publish` takes it. */
export interface SlackHome {
  readonly type: 'home';
  readonly callback_id: string;
  readonly blocks: readonly SlackViewBlock[];
}

export type SlackViewBlock = SlackBlock | SlackInput;

export interface SlackInput {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly optional: boolean;
  /** True: a change is told at once. */
  readonly dispatch_action: boolean;
  readonly element: SlackInputElement;
}

export interface SlackChoice {
  readonly text: PlainText;
  readonly value: string;
}

interface ElementBase {
  readonly action_id: string;
  readonly placeholder?: PlainText;
}

export type SlackInputElement =
  | (ElementBase & {
      readonly type: 'plain_text_input';
      readonly multiline: boolean;
      readonly max_length: number;
      readonly initial_value?: string;
    })
  | (ElementBase & {
      readonly type: 'static_select';
      readonly options: readonly SlackChoice[];
      readonly initial_option?: SlackChoice;
    })
  | {
      readonly type: 'checkboxes';
      readonly action_id: string;
      readonly options: readonly SlackChoice[];
      readonly initial_options?: readonly SlackChoice[];
    }
  | (ElementBase & {
      readonly type: 'external_select';
      readonly min_query_length: number;
      readonly initial_option?: SlackChoice;
    })
  | (ElementBase & {
      readonly type: 'multi_external_select';
      readonly min_query_length: number;
      readonly initial_options?: readonly SlackChoice[];
    });
