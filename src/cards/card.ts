import type { Tlp } from '../domain/tlp.ts';
import type { ClearText } from './clear-text.ts';

/**
 * The platform-neutral card: plain data, discriminated by `type`. A renderer turns it into a platform's payload
 * and fits it into that platform's limits by dropping the parts of the highest rank first, telling what it
 * dropped and how to see it. All text is data, never markup: a renderer escapes it for its platform.
 */
export interface Card {
  readonly title: string;
  readonly subtitle?: Text;
  /** The strictest marking among the facts shown. */
  readonly marking: Tlp;
  readonly badges: readonly Badge[];
  readonly sections: readonly Section[];
  /** The sources behind the numbers that `Span.cites` uses, ascending. */
  readonly sources: readonly SourceNote[];
  /** What was held back for this audience. */
  readonly withheld: { readonly count: number; readonly highest: Tlp | null; readonly isMixed?: boolean };
  readonly actions: readonly Action[];
  /** By which what the card rests on can be asked for later (`why E-…`); absent where nothing is kept of it. */
  readonly evidence?: string;
  /** ISO date-time at which the facts were current. */
  readonly asOf: string;
  /** One or two plain sentences for notifications and screen readers; nothing above CLEAR. */
  readonly fallbackText: string;
  /**
   * The same, by a type that data above CLEAR cannot get into. Without it, the gate gives a card that is marked above CLEAR
   * a fallback text that says nothing of what is in it.
   */
  readonly notice?: ClearText;
}

/** Text in runs. Adjacent runs are joined without a space. */
export type Text = readonly Span[];

export interface Span {
  readonly text: string;
  readonly style?: 'bold' | 'italic' | 'code';
  /** A link that threatbrief built or that a source recorded; http or https only, else it is dropped. */
  readonly link?: string;
  /** Numbers of source notes, shown as [1][4] behind the run. */
  readonly cites?: readonly number[];
  /** An indicator or another value that must never become clickable: the renderer defangs it. */
  readonly defang?: boolean;
}

export interface Badge {
  readonly text: string;
  readonly tone: 'neutral' | 'good' | 'warning' | 'attention';
}

/**
 * How soon a part is dropped when the platform's room is short: 0 is never dropped (title, who, what is
 * withheld), 1 the first screen, up to 9 the first to go.
 */
export type Rank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

interface SectionBase {
  /** Stable name in the card, used by "More": `aliases`, `techniques`. */
  readonly id: string;
  readonly heading?: string;
  readonly rank: Rank;
  /** How many items the section has in all, when `items` or `rows` hold fewer already. */
  readonly total?: number;
}

export type Section =
  | (SectionBase & { readonly type: 'text'; readonly paragraphs: readonly Text[] })
  /** Label and value pairs, shown in two columns where the platform can. */
  | (SectionBase & { readonly type: 'fields'; readonly fields: readonly Field[] })
  | (SectionBase & { readonly type: 'list'; readonly items: readonly Item[] })
  | (SectionBase & {
      readonly type: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Text[])[];
    })
  /** Dated items, newest first. */
  | (SectionBase & { readonly type: 'timeline'; readonly items: readonly TimelineItem[] });

export interface Field {
  readonly label: string;
  readonly value: Text;
}

export interface Item {
  readonly text: Text;
  /** A button or link that belongs to this item alone, as in a choice. */
  readonly action?: Action;
  /** Further ones behind it; a few at most. */
  readonly more?: readonly Action[];
}

export interface TimelineItem {
  /** ISO date of whatever precision. */
  readonly date: string;
  readonly text: Text;
}

export interface SourceNote {
  readonly number: number;
  /** The source's title, with the publisher before it where that is another. */
  readonly title: string;
  readonly url?: string;
  /** ISO date of the newest statement used. */
  readonly date?: string;
  readonly marking: Tlp;
  /** 0–100, or null where the source gives none. */
  readonly confidence: number | null;
}

/** Something to press. A renderer encodes `value` with `encodeActionValue`. */
export type Action =
  | {
      readonly type: 'command';
      readonly label: string;
      readonly value: ActionValue;
      readonly style?: 'primary' | 'danger';
    }
  | { readonly type: 'link'; readonly label: string; readonly url: string };

/** What a button carries: enough to answer without remembering anything. At most 1,500 characters encoded. */
export interface ActionValue {
  /**
   * `brief`: this entity's card; `more`: a section or page of a card; `share`: post the card to the place; `form`: open the
   * dialog that `section` names.
   */
  readonly verb: 'brief' | 'more' | 'share' | 'sources' | 'ask' | 'form';
  /** The entity (STIX id), where the verb is about one. */
  readonly entity?: string;
  /** The question as text, where the verb repeats one. */
  readonly question?: string;
  readonly section?: string;
  /** From 0. */
  readonly page?: number;
}

/** A renderer's payload with what it had to leave out; nothing is ever left out silently. */
export interface Rendered<Payload> {
  readonly payload: Payload;
  /** What was dropped, as the card itself says it: "12 techniques". Empty when all is shown. */
  readonly dropped: readonly string[];
}
