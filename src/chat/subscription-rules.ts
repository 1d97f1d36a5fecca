import type { Destination, Person } from '../domain/subscription.ts';
import { isSamePlace } from './destination.ts';
import { isLet, namedIn, type Who, whoText } from './permission-rules.ts';
import type { Asker } from './types.ts';

/** What a workspace chose for subscriptions. */
export interface SubscriptionRule {
  /** Who may subscribe a place that others read, and change its subscriptions; `members`: of that place. */
  readonly who: Who;
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
  /** Where they ask, which `asker` is about; absent: in the place that is to be changed. */
  readonly here?: Destination;
}

/** What somebody wants to do, for saying that they may not. */
export type SubscriberDeed = 'subscribe' | 'mute' | 'watch';

/** Why someone may not change what a place gets; undefined when they may. Never rejects. */
export async function refusalFor(
  actor: Actor,
  destination: Destination,
  rule: SubscriptionRule,
  deed: SubscriberDeed = 'subscribe',
): Promise<string | undefined> {
  const { person, asker } = actor;
  // Who has the operator's command line, or the page that only this machine sees, runs the bot.
  if (person.platform === 'cli' || destination.platform === 'playground') return undefined;
  const role = asker?.role;
  if (role === 'admin' && rule.who !== 'nobody') return undefined;
  if (role === undefined) {
    return 'Whether you are a full member of this workspace could not be told just now; try again in a minute.';
  }
  const isAllowed = await isLet(rule.who, actor);
  // A guest whom an admin named may do what the others of the list may.
  const isListed = isAllowed === true && namedIn(rule.who) !== undefined;
  if (role === 'guest' && !rule.guests && !isListed)
    return `Guests cannot ${deed} here; ask a member of the workspace.`;
  // What is for one person's eyes is that person's affair.
  if (destination.kind === 'direct') return undefined;
  if (rule.who === 'members' && (await isMemberOf(destination, actor)) !== true) {
    if (actor.here !== undefined && !isSamePlace(actor.here, destination)) return elsewhereText;
    return `Only members of this channel may ${deed === 'subscribe' ? 'subscribe it' : `${deed} here`}; join it first, or ${deed} in a direct message.`;
  }
  return isAllowed === true ? undefined : notLet(isAllowed, rule.who, deed);
}

/** Being a member where one asks says nothing of another place that is to be changed from there. */
async function isMemberOf(destination: Destination, { asker, here }: Actor): Promise<boolean | undefined> {
  const isHere = here === undefined || isSamePlace(here, destination);
  return isHere ? asker?.isMemberHere : asker?.isMemberOf?.(destination.id);
}

const elsewhereText =
  'Only members of its channel may do this, and from here it cannot be told that you are one; ask again in that channel.';

function notLet(isAllowed: false | 'unknown', who: Who, deed: SubscriberDeed): string {
  const what = deed === 'subscribe' ? 'subscribe channels' : `${deed} in channels`;
  const instead = `${deed} in a direct message`;
  if (isAllowed === 'unknown')
    return `Whether you may ${what} could not be told just now; try again in a minute, or ${instead}.`;
  return who === 'nobody'
    ? `Nobody may ${what} in this workspace; ${instead} instead.`
    : `Only ${whoText(who)} may ${what}; ask one of them, or ${instead}.`;
}
