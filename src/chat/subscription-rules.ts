import type { Destination, Person } from '../domain/subscription.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Asker } from './types.ts';

/** Who may subscribe a place that others read, and change its subscriptions. */
export const subscriberRules = ['anyone', 'members', 'admins'] as const;
export type SubscriberRule = (typeof subscriberRules)[number];

/** What a workspace chose for subscriptions. */
export interface SubscriptionRule {
  readonly who: SubscriberRule;
  /** True: guests may too, as far as `who` lets them. */
  readonly guests: boolean;
  /** The IANA zone for those whose own is not known. */
  readonly zone?: string;
}

/** Port: what workspaces chose. Never rejects. */
export interface SubscriptionRules {
  of(workspace: string | undefined): Promise<SubscriptionRule>;
}

/** One who asks for a change, and what is known of them. */
export interface Actor {
  readonly person: Person;
  readonly asker?: Asker;
}

/** What somebody wants to do, for saying that they may not. */
export type SubscriberDeed = 'subscribe' | 'mute' | 'watch';

/** Why someone may not change what a place gets; undefined when they may. */
export function refusalFor(
  { person, asker }: Actor,
  destination: Destination,
  rule: SubscriptionRule,
  deed: SubscriberDeed = 'subscribe',
): string | undefined {
  // Who has the operator's command line, or the page that only this machine sees, runs the bot.
  if (person.platform === 'cli' || destination.platform === 'playground') return undefined;
  const role = asker?.role;
  if (role === 'admin') return undefined;
  if (role === undefined) {
    return 'Whether you are a full member of this workspace could not be told just now; try again in a minute.';
  }
  if (role === 'guest' && !rule.guests) return `Guests cannot ${deed} here; ask a member of the workspace.`;
  // What is for one person's eyes is that person's affair.
  if (destination.kind === 'direct') return undefined;
  switch (rule.who) {
    case 'anyone':
      return undefined;
    case 'members':
      return asker?.isMemberHere === true
        ? undefined
        : `Only members of this channel may ${deed === 'subscribe' ? 'subscribe it' : `${deed} here`}; join it first, or ${deed} in a direct message.`;
    case 'admins':
      return `Only admins of this workspace may ${deed === 'subscribe' ? 'subscribe' : `${deed} in`} channels; ask one of them, or ${deed} in a direct message.`;
    default:
      return assertNever(rule.who);
  }
}
