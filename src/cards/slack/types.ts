/** The part of Block Kit that cards use, in Slack's own spelling (docs.slack.dev, reference/block-kit). */
export interface SlackMessage {
  /** What notifications and screen readers get. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'context'; readonly elements: readonly (PlainText | Mrkdwn)[] }
  | { readonly type: 'section'; readonly text: PlainText; readonly accessory?: SlackButton }
  | { readonly type: 'actions'; readonly elements: readonly (SlackButton | SlackOverflow)[] }
  | SlackRichText
  | {
      readonly type: 'table';
      readonly column_settings: readonly { readonly is_wrapped: boolean }[];
      readonly rows: readonly (readonly SlackCell[])[];
    };

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

/** Used for our own words only, never for data. */
export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
}

export interface SlackRichText {
  readonly type: 'rich_text';
  readonly elements: readonly SlackRichTextPart[];
}

export type SlackRichTextPart =
  | SlackRichTextSection
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet';
      readonly elements: readonly SlackRichTextSection[];
    };

export interface SlackRichTextSection {
  readonly type: 'rich_text_section';
  readonly elements: readonly SlackRichTextElement[];
}

export interface SlackTextStyle {
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
}

export type SlackRichTextElement =
  | { readonly type: 'text'; readonly text: string; readonly style?: SlackTextStyle }
  | { readonly type: 'link'; readonly url: string; readonly text: string; readonly style?: SlackTextStyle };

export type SlackCell = { readonly type: 'raw_text'; readonly text: string } | SlackRichText;

export interface SlackButton {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
}

export interface SlackOverflow {
  readonly type: 'overflow';
  readonly action_id: string;
  readonly options: readonly SlackOption[];
}

export interface SlackOption {
  readonly text: PlainText;
  readonly value: string;
  readonly url?: string;
}
