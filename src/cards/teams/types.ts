/** The part of Adaptive Cards 1.5 that cards use, in its own spelling (adaptivecards.io, schema 1.5). */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
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
  | AdaptiveTable;

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
  | {
      readonly type: 'Action.OpenUrl';
      readonly title: string;
      readonly url: string;
      readonly mode?: 'secondary';
    };

/** The encoded `ActionValue`. */
export interface ActionData {
  readonly threatbrief: string;
}
