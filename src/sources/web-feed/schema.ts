/** A text of a feed with what is known of its form. */
export interface FeedText {
  readonly text: string;
  /** `loose`: RSS does not say whether it is plain or HTML. */
  readonly form: 'plain' | 'html' | 'loose';
}

/** What a feed of any format says of itself. Addresses are as written. */
export interface FeedHead {
  readonly title?: FeedText;
  /** The page that the feed belongs to. */
  readonly link?: string;
  /** The feed's own address. */
  readonly self?: string;
  /** `xml:base` of the root. */
  readonly base?: string;
}

/** An item of a feed of any format; nothing but what is kept. Addresses and dates are as written. */
export interface FeedItem {
  readonly id?: string;
  /** False where the publisher says that the id is no address. */
  readonly idMayBeLink: boolean;
  readonly title?: FeedText;
  readonly link?: string;
  readonly base?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly summary?: FeedText;
  readonly content?: FeedText;
  readonly tags: readonly string[];
}

/** A feed taken apart. An item that could not be read is its reason. */
export interface ParsedFeed {
  readonly format: string;
  readonly head: FeedHead;
  /** One for each item, in order; made as they are asked for. */
  readonly items: Iterable<FeedItem | { readonly reason: string }>;
  /** Something about the whole feed worth telling. */
  readonly notices: readonly string[];
}
