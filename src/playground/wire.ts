import type { SlackMessage } from '../cards/slack/types.ts';
import type { AdaptiveCard } from '../cards/teams/types.ts';

/** What the page and the server say to each other, as JSON. */

export interface AskRequest {
  readonly question: string;
  /** The page's own conversation, so that follow-ups find what was asked before. */
  readonly session: string;
  /** The IANA name of the browser's time zone. */
  readonly zone?: string;
}

export interface ActionRequestBody {
  /** An encoded `ActionValue`, as the button carries it. */
  readonly value: string;
  readonly session: string;
  /** The IANA name of the browser's time zone. */
  readonly zone?: string;
}

/** One answer in every rendering, each as its platform would get it. */
export interface RenderedReply {
  readonly title: string;
  readonly outcome: string;
  readonly audience: 'asker' | 'place' | 'replace';
  readonly latencyMs: number;
  readonly slack: {
    readonly payload: SlackMessage;
    readonly dropped: readonly string[];
    readonly characters: number;
  };
  readonly teams: {
    readonly payload: AdaptiveCard;
    readonly dropped: readonly string[];
    readonly bytes: number;
  };
  readonly text: string;
}

/** A message that was delivered by a subscription or a watch. */
export interface DeliveredMessage {
  readonly sequence: number;
  /** When it was delivered. */
  readonly at: string;
  /** It belongs below the message before it. */
  readonly isReply: boolean;
  readonly reply: RenderedReply;
}

/** Oldest first. */
export interface DeliveredResponse {
  readonly messages: readonly DeliveredMessage[];
}

export interface Suggestion {
  /** What is put into the box. */
  readonly text: string;
  /** What kind of thing it is, and its id: `Actor · G0087`. */
  readonly hint: string;
}

export interface SuggestResponse {
  readonly suggestions: readonly Suggestion[];
}

/** What the page is told when it loads. */
export interface PageConfig {
  readonly examples: readonly string[];
  readonly ceiling: string;
}
