import { z } from 'zod';
import type { Tlp } from '../../domain/tlp.ts';
import type { Asked } from '../surfaces-types.ts';
import type { Asker } from '../types.ts';
import { type Audience, memberCeiling } from './audience.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import { toPerson, toPlace } from './place.ts';

/** Where a view was opened from. It travels in the view's metadata, which only Slack and this app see. */
export interface ViewOrigin {
  /** Absent: from the home tab or a global shortcut; then it is the person's own affair. */
  readonly channelId?: string;
  readonly threadTs?: string;
  /** True: the person was a member there when it was opened. */
  readonly isMember?: boolean;
  /** How many views lie below it. */
  readonly depth?: number;
  /** A form's own state. */
  readonly state?: string;
}

const originSchema = z.object({
  c: z.string().max(40).optional(),
  t: z.string().max(40).optional(),
  m: z.literal(1).optional(),
  d: z.number().int().min(0).max(9).optional(),
  s: z.string().max(1_500).optional(),
});

/** At most 3,000 characters, which is Slack's limit. */
export function encodeOrigin({ channelId, threadTs, isMember, depth, state }: ViewOrigin): string {
  return JSON.stringify({
    ...(channelId === undefined ? {} : { c: channelId }),
    ...(threadTs === undefined ? {} : { t: threadTs }),
    ...(isMember === true ? { m: 1 } : {}),
    ...(depth === undefined || depth === 0 ? {} : { d: depth }),
    ...(state === undefined ? {} : { s: state }),
  });
}

/** What `encodeOrigin` wrote; nothing known for anything else. */
export function decodeOrigin(metadata: string): ViewOrigin {
  const read = originSchema.safeParse(parsed(metadata));
  if (!read.success) return {};
  const { c, t, m, d, s } = read.data;
  return {
    ...(c === undefined ? {} : { channelId: c }),
    ...(t === undefined ? {} : { threadTs: t }),
    ...(m === 1 ? { isMember: true } : {}),
    ...(d === undefined ? {} : { depth: d }),
    ...(s === undefined ? {} : { state: s }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Who asks from a view, and what they may see: a view is for one pair of eyes. Everything is looked up anew, so that a view
 * that stood open for an hour shows nothing that its reader may not see by now.
 */
export async function askedFrom(
  parts: Pick<AnswerParts, 'audiences' | 'clock'>,
  { teamId, lookups }: Workspace,
  userId: string,
  origin: ViewOrigin,
): Promise<Asked> {
  const { audiences, clock } = parts;
  const { channelId, threadTs } = origin;
  const asker = await audiences.askerOf(teamId, userId, lookups);
  const shared = { person: toPerson(teamId, userId), now: clock.now() };
  if (channelId === undefined) {
    const place = toPlace({ teamId, channelId: userId }, ownAudience(asker));
    return { ...shared, place, asker: { ...asker, isMemberHere: true } };
  }
  const [audience, isInside] = await Promise.all([
    audiences.of({ teamId, channelId, userId, seenBy: 'asker' }, lookups),
    origin.isMember === true
      ? audiences.hasLeft(channelId, userId, lookups).then((hasLeft) => !hasLeft)
      : audiences.isMember(channelId, userId, lookups),
  ]);
  const isMember = isInside || audience.kind === 'direct';
  return {
    ...shared,
    place: toPlace({ teamId, channelId, threadTs }, audience),
    asker: { ...asker, ...(isMember ? { isMemberHere: true } : {}) },
  };
}

/** What a person sees alone: as in a direct message. Guests, and who is not known, see what is CLEAR. */
function ownAudience({ role }: Asker): Audience {
  const ceiling: Tlp = role === 'admin' || role === 'member' ? memberCeiling : 'clear';
  return { ceiling, kind: 'direct' };
}
