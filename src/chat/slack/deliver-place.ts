import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PlaceState } from '../../schedule/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { PersonFacts } from './audience.ts';
import { maxMembersChecked, memberCeiling } from './audience.ts';
import type { SlackTarget } from './deliver-destination.ts';
import type { CallFailure } from './deliver-errors.ts';
import { accessGoneReason, goneReason, toCallFailure, unreachableAfter } from './deliver-errors.ts';
import { toChannelFacts, toPersonFacts } from './lookups.ts';

/** Asks Slack at every delivery: whether the place is there, with whom it is shared, and who its members are. */
type Asked<Value> = { readonly kind: 'answer'; readonly value: Value } | CallFailure;

const channelStateSchema = z.looseObject({
  name: z.string().nullish(),
  user: z.string().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
});

const personStateSchema = z.looseObject({ deleted: z.boolean().nullish() });

type AskedPerson = Asked<PersonFacts | undefined>;

/** Who was asked for just now, as members of a channel. */
export interface KnownPeople {
  ask(key: string, ask: () => Promise<AskedPerson>): Promise<AskedPerson>;
}

const maxPeopleKept = 20_000;
const peopleKeptMs = 60_000;

/**
 * The same people are in many channels, and Slack answers `users.info` some hundred times a minute: what it said of a
 * person holds for a minute, for all channels whose digests are due together. What failed is asked again.
 */
export function createKnownPeople(clock: Clock): KnownPeople {
  const kept = new Map<string, { readonly asked: Promise<AskedPerson>; readonly at: number }>();

  async function forgetting(key: string, asked: Promise<AskedPerson>): Promise<AskedPerson> {
    const answer = await asked;
    if (answer.kind !== 'answer') kept.delete(key);
    return answer;
  }

  return {
    ask: (key, askSlack) => {
      const now = clock.now().getTime();
      const known = kept.get(key);
      // What was asked later than now was asked before the clock was set back.
      if (known !== undefined && known.at <= now && now - known.at < peopleKeptMs) return known.asked;
      if (kept.size >= maxPeopleKept) kept.clear();
      const one = { asked: forgetting(key, askSlack()), at: now };
      kept.set(key, one);
      return one.asked;
    },
  };
}

/** People looked up at once. */
const width = 8;

/**
 * Whether a place can be delivered to, and up to which marking. GREEN where every reader is known to be a full
 * member of the workspace, CLEAR in every other case that Slack answers; `unreachable` where it does not.
 */
export async function askPlaceState(
  client: WebClient,
  target: SlackTarget & { readonly teamId: string },
  people: KnownPeople,
): Promise<PlaceState> {
  return target.isPerson
    ? personState(client, target.teamId, target.id)
    : channelState(client, target, people);
}

async function channelState(
  client: WebClient,
  { teamId, id }: SlackTarget & { readonly teamId: string },
  people: KnownPeople,
): Promise<PlaceState> {
  const asked = await ask(async () => (await client.conversations.info({ channel: id })).channel);
  if (asked.kind !== 'answer') return stateOfFailure(asked, goneReason);
  const state = channelStateSchema.safeParse(asked.value).data;
  if (state?.is_archived === true) return { kind: 'gone', reason: 'the channel is archived (is_archived)' };
  const facts = toChannelFacts(asked.value, teamId, id);
  if (facts === undefined || state === undefined) return { kind: 'open', ceiling: 'clear' };
  if (facts.kind === 'direct') return state.user ? personState(client, teamId, state.user) : clear;
  // Slack leaves the flag out of group conversations now and then; only a plain no is one.
  if (state.is_member === false) {
    return { kind: 'gone', reason: 'the bot is no member of the channel (not_in_channel)' };
  }
  const name = facts.kind === 'channel' && state.name ? { name: `#${state.name}` } : {};
  if (facts.isShared) return { ...clear, ...name };
  const readers = await membersState(client, teamId, id, people);
  return readers.kind === 'open' ? { ...readers, ...name } : readers;
}

const clear = { kind: 'open', ceiling: 'clear' } as const satisfies PlaceState;

/** The one reader of a direct conversation. */
async function personState(client: WebClient, teamId: string, userId: string): Promise<PlaceState> {
  const asked = await ask(async () => (await client.users.info({ user: userId })).user);
  if (asked.kind !== 'answer') return stateOfFailure(asked, goneReason);
  if (personStateSchema.safeParse(asked.value).data?.deleted === true) {
    return { kind: 'gone', reason: "the person's account is deactivated (user_disabled)" };
  }
  const facts = toPersonFacts(asked.value, teamId, userId);
  if (facts === undefined) return clear;
  const name = facts.name === undefined ? {} : { name: facts.name };
  return { kind: 'open', ceiling: facts.isOutsider ? 'clear' : memberCeiling, ...name };
}

async function membersState(
  client: WebClient,
  teamId: string,
  channel: string,
  known: KnownPeople,
): Promise<PlaceState> {
  const limit = maxMembersChecked + 1;
  const asked = await ask(() => client.conversations.members({ channel, limit }));
  if (asked.kind !== 'answer') return stateOfFailure(asked, accessGoneReason);
  const { members, response_metadata } = asked.value;
  const isWhole =
    members !== undefined &&
    members.length > 0 &&
    members.length <= maxMembersChecked &&
    !response_metadata?.next_cursor;
  if (!isWhole) return clear;
  for (let from = 0; from < members.length; from += width) {
    const people = await Promise.all(
      members
        .slice(from, from + width)
        .map((id) => known.ask(`${teamId}/${id}`, () => askPerson(client, teamId, id))),
    );
    const failed = people.find((one) => one.kind !== 'answer' && one.kind !== 'code');
    const isInside = people.every((one) => one.kind === 'answer' && one.value?.isOutsider === false);
    if (failed !== undefined) return stateOfFailure(failed, accessGoneReason);
    if (!isInside) return clear;
  }
  return { kind: 'open', ceiling: memberCeiling };
}

function askPerson(client: WebClient, teamId: string, id: string): Promise<AskedPerson> {
  return ask(async () => toPersonFacts((await client.users.info({ user: id })).user, teamId, id));
}

async function ask<Value>(call: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { kind: 'answer', value: await call() };
  } catch (error) {
    return toCallFailure(error);
  }
}

/** What cannot be told, such as for want of a permission, is CLEAR; what may be told later is asked again. */
function stateOfFailure(failure: CallFailure, reasonOf: (code: string) => string | undefined): PlaceState {
  if (failure.kind !== 'code') return unreachableAfter(failure);
  const reason = failure.code === 'missing_scope' ? undefined : reasonOf(failure.code);
  return reason === undefined ? clear : { kind: 'gone', reason };
}
