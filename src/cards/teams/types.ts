/** The part of Adaptive Cards 1.5 that cards use, in its own spelling (adaptivecards.io, schema 1.5). */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  /** 1.3 is the newest that the preview of a link may have. */
  readonly version: '1.5' | '1.3';
  readonly fallbackText: string;
  readonly speak: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly AdaptiveElement[];
  readonly actions?: readonly AdaptiveAction[];
}

export type AdaptiveElement =
  | TextBlock
  | RichTextBlock
  | { readonly type: 'FactSet'; readonly spacing?: Spacing; readonly facts: readonly Fact[] }
  | Container
  | { readonly type: 'ColumnSet'; readonly spacing?: Spacing; readonly columns: readonly Column[] }
  | { readonly type: 'ActionSet'; readonly actions: readonly AdaptiveAction[] }
  | AdaptiveTable
  | InputText
  | InputChoiceSet;

/** What is typed; `id` is the key of the value in what comes back. */
export interface InputText {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly maxLength: number;
  readonly isMultiline?: true;
}

/** What is chosen. Several values come back as one text, joined by commas. */
export interface InputChoiceSet {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly style: 'compact' | 'expanded' | 'filtered';
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly isMultiSelect?: true;
  readonly value?: string;
  readonly placeholder?: string;
  readonly wrap?: true;
  /** Asks the bot for choices while someone types; clients that do not know it offer `choices` alone. */
  readonly 'choices.data'?: { readonly type: 'Data.Query'; readonly dataset: string };
}

export interface AdaptiveTable {
  readonly type: 'Table';
  readonly spacing?: Spacing;
  readonly firstRowAsHeader: true;
  readonly showGridLines: false;
  readonly columns: readonly { readonly width: 1 }[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly type: 'TableRow';
  readonly cells: readonly { readonly type: 'TableCell'; readonly items: readonly TextBlock[] }[];
}

export interface Container {
  readonly type: 'Container';
  readonly spacing?: Spacing;
  readonly separator?: true;
  readonly items: readonly AdaptiveElement[];
}

export interface Column {
  readonly type: 'Column';
  readonly width: 'auto' | 'stretch';
  readonly verticalContentAlignment?: 'Center';
  readonly items: readonly AdaptiveElement[];
}

export interface TextBlock {
  readonly type: 'TextBlock';
  /** Markdown: all data in it is escaped. */
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly weight?: 'Bolder';
  readonly color?: 'Good' | 'Warning' | 'Attention';
  readonly isSubtle?: true;
  readonly style?: 'heading';
  readonly spacing?: Spacing;
}

/** Runs on one line that may differ in colour; their text is never read as markdown. */
export interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly spacing?: Spacing;
  readonly inlines: readonly TextRun[];
}

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size: 'Small';
  readonly weight?: 'Bolder';
  readonly color?: 'Good' | 'Warning' | 'Attention';
  readonly isSubtle?: true;
}

export interface Fact {
  readonly title: string;
  readonly value: string;
}

export type Spacing = 'None' | 'Small' | 'Medium';

export type AdaptiveAction =
  | {
      readonly type: 'Action.Execute';
      readonly title: string;
      readonly verb: 'threatbrief';
      readonly data: ActionData;
      readonly fallback: {
        readonly type: 'Action.Submit';
        readonly title: string;
        readonly data: ActionData;
      };
      readonly style?: 'positive' | 'destructive';
      readonly mode?: 'secondary';
    }
  /** In dialogs, in previews of links, and to open a dialog. */
  | {
      readonly type: 'Action.Submit';
      readonly title: string;
      readonly data: SubmitData;
      readonly style?: 'positive' | 'destructive';
      readonly mode?: 'secondary';
    }
  | {
      readonly type: 'Action.OpenUrl';
      readonly title: string;
      readonly url: string;
      readonly mode?: 'secondary';
    };

/** The encoded `ActionValue`; `to`: the answer goes to the chat with the one who pressed. */
export interface ActionData {
  readonly threatbrief: string;
  readonly to?: 'person';
}

export type SubmitData =
  | (ActionData & { readonly msteams?: { readonly type: 'task/fetch' } })
  | { readonly threatbriefForm: FormMark };

/** Which form comes back, with what it was given to carry, and by which button. */
export interface FormMark {
  readonly id: string;
  readonly state?: string;
  readonly button?: string;
}
