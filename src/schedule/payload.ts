import { z } from 'zod';
import type { ComposedDigest, DigestMessage } from '../briefing/digest-types.ts';
import type { Card } from '../cards/card.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';

/** What a delivery posts, frozen before the first request, so that every try says the same. */
export interface Payload {
  readonly messages: readonly DigestMessage[];
  /** What it tells, to be remembered once it stands at the platform. */
  readonly items: ComposedDigest['items'];
  /** The end of its window, in epoch milliseconds. */
  readonly until: number;
  /** What the place could see when it was composed. */
  readonly ceiling: Tlp;
  /** Numbers of the parts that may stand at the platform already, which nobody could tell. */
  readonly doubtful: readonly number[];
}

const cardSchema = z.custom<Card>((value) => typeof value === 'object' && value !== null);

const payloadSchema = z.object({
  messages: z.array(z.object({ role: z.enum(['single', 'parent', 'reply']), card: cardSchema })).min(1),
  items: z.array(z.object({ key: z.string(), hash: z.string() })),
  until: z.number(),
  ceiling: z.enum(tlpLevels),
  doubtful: z.array(z.number()).default([]),
});

export function encodePayload(payload: Payload): string {
  return JSON.stringify(payload);
}

/** Undefined for nothing, and for what no version of the program wrote. */
export function decodePayload(text: string | null): Payload | undefined {
  if (text === null) return undefined;
  const parsed = payloadSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const repeatedNote = 'This message may be repeated: it is not known whether an earlier try arrived.';

/** The same card, saying that it may be there twice. */
export function markRepeated(card: Card): Card {
  return {
    ...card,
    sections: [
      { type: 'text', id: 'repeated', rank: 0, paragraphs: [[{ text: repeatedNote, style: 'italic' }]] },
      ...card.sections,
    ],
  };
}
