import type { Generated } from 'kysely';

/** The tables of subscriptions and deliveries. Times are epoch milliseconds, flags 0 or 1, JSON is text. */
export interface DeliveryTables {
  subscription: SubscriptionTable;
  delivery: DeliveryTable;
  posted_item: PostedItemTable;
  place_gate: PlaceGateTable;
  watch: WatchTable;
  mute: MuteTable;
  audit_event: AuditEventTable;
  conversation: ConversationTable;
  inbound_event: { key: string; expires_at: number };
}

/** The three columns that name a place. */
export interface PlaceColumns {
  platform: string;
  workspace: string;
  place: string;
}

export interface SubscriptionTable extends PlaceColumns {
  id: string;
  place_kind: string;
  kind: string;
  /** `scheduled` or `at-once`. */
  timing: string;
  /** The schedule of `scheduled` ones: its cron fields, zone and words. */
  cron: string | null;
  zone: string | null;
  schedule_text: string | null;
  filters: string;
  shape: string;
  empty_day: string;
  ceiling: string | null;
  creator_platform: string;
  creator_workspace: string;
  creator: string;
  created_at: number;
  paused: number;
  paused_reason: string | null;
  version: number;
  next_slot_at: number | null;
  delivered_until: number;
  last_posted_at: number | null;
}

export interface DeliveryTable extends PlaceColumns {
  id: string;
  subscription: string;
  place_kind: string;
  slot_at: number;
  period: string;
  merged: number;
  state: string;
  not_before: number;
  deadline: number;
  lease_owner: string | null;
  lease_until: number | null;
  fence: number;
  attempt: number;
  /** The fence under which a request went out last, so that a holder's several requests are one attempt. */
  tried_fence: number;
  /** 1 from the first request on until it is known that nothing of it is under way. */
  in_doubt: number;
  first_try_at: number | null;
  last_try_at: number | null;
  posted_at: number | null;
  evidence: string | null;
  last_error: string | null;
  /** `PostedPart[]`. */
  posted: string;
  payload: string | null;
}

/** What a subscription said last of an item. */
export interface PostedItemTable {
  subscription: string;
  key: string;
  hash: string;
  posted_at: number;
}

/** Until when nothing is to be posted to a place. */
export interface PlaceGateTable extends PlaceColumns {
  next_post_at: number;
}

export interface WatchTable {
  platform: string;
  workspace: string;
  person: string;
  entity: string;
  name: string;
  mode: string;
  created_at: number;
}

export interface MuteTable extends PlaceColumns {
  kind: string;
  target: string;
  place_kind: string;
  label: string;
  until: number | null;
  by_platform: string;
  by_workspace: string;
  by_person: string;
  created_at: number;
}

export interface AuditEventTable {
  id: Generated<number>;
  at: number;
  by_platform: string;
  by_workspace: string;
  by_person: string;
  action: string;
  target: string;
  detail: string;
}

export interface ConversationTable extends PlaceColumns {
  place_kind: string;
  reference: string;
  seen_at: number;
  gone_reason: string | null;
}
