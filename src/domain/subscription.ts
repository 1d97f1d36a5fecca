import type { Tlp } from './tlp.ts';

export const deliveryPlatforms = ['slack', 'teams', 'playground'] as const;
export type DeliveryPlatformName = (typeof deliveryPlatforms)[number];

/** Where something is delivered. Ids are opaque outside the platform's own adapter. */
export interface Destination {
  readonly platform: DeliveryPlatformName;
  /** Whose settings apply: one Slack workspace, one Teams tenant, or `local`. The same key as a place's workspace. */
  readonly workspace: string;
  readonly id: string;
  readonly kind: 'direct' | 'group' | 'channel';
}

/** When a digest comes, in the zone that its readers live in. */
export interface SlotSchedule {
  /** Five cron fields; a day of the month and a day of the week must both match. */
  readonly cron: string;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
  /** As people say it: `weekdays at 08:00`. */
  readonly text: string;
}

export type Timing =
  | { readonly kind: 'scheduled'; readonly schedule: SlotSchedule }
  /** As soon as a change is known. */
  | { readonly kind: 'at-once' };

export const digestShapes = ['message', 'thread'] as const;
export type DigestShape = (typeof digestShapes)[number];
export const emptyDayRules = ['silent', 'line'] as const;
export type EmptyDayRule = (typeof emptyDayRules)[number];

/** What a subscriber chose. */
export interface SubscriptionContent {
  readonly destination: Destination;
  readonly timing: Timing;
  /** In the style of code search: `sector:telecom -source:misp-galaxy`; empty: everything. */
  readonly filters: string;
  /** `thread`: a short parent message with the items below it; `message`: all in one, the rest counted. */
  readonly shape: DigestShape;
  readonly emptyDay: EmptyDayRule;
  /** Nothing above this is delivered, whatever the place may see; absent: what the place may see. */
  readonly ceiling?: Tlp;
  /** `digest`: what changed, by the filters; `watch`: what changed for the things that the creator watches. */
  readonly kind: 'digest' | 'watch';
}

/** One who did something, as an opaque id of the platform, or of the operator's command line. */
export interface Person {
  readonly platform: DeliveryPlatformName | 'cli';
  readonly workspace: string;
  readonly id: string;
}

/** `once`: with a message of its own as soon as it is known; `digest`: in the person's own daily digest. */
export const watchModes = ['once', 'digest'] as const;
export type WatchMode = (typeof watchModes)[number];

export const muteKinds = ['item', 'actor', 'source'] as const;
export type MuteKind = (typeof muteKinds)[number];

/** What is left out of the digests of one destination. */
export interface Mute {
  readonly kind: MuteKind;
  /** An item's key or an actor's id (STIX id), or a source's name. */
  readonly target: string;
  /** As people call it. */
  readonly label: string;
  /** Epoch milliseconds at which it ends; null: until it is lifted. */
  readonly until: number | null;
}
