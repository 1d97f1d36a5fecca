import { z } from 'zod';
import { nameKey } from '../../domain/name-key.ts';
import { isUuid } from '../../domain/stix-id.ts';
import { isJsonObject, ownValue, textsOf } from '../json-document.ts';
import { splitList } from '../split-list.ts';
import { cardTitle } from './text.ts';

const maxItems = 2000;
const maxNameChars = 200;

/** A name and who gave it. */
export interface CardName {
  readonly text: string;
  readonly giver: string;
}

/** Something that happened, as the card dates and words it. */
export interface CardEvent {
  readonly date: string;
  readonly activity: string;
}

/** The texts of a list; a text in its place is a list parted by commas. */
const listSchema = z.unknown().transform((value): readonly string[] => {
  const texts = typeof value === 'string' ? splitList(value.slice(0, 50_000)) : textsOf(value);
  return texts.slice(0, maxItems).map((text) => text.slice(0, 2048));
});

const textSchema = z.unknown().transform((value) => textsOf(value).join(', ').slice(0, 20_000));

const namesSchema = z.unknown().transform((value): readonly CardName[] => {
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? splitList(value)
      : [];
  return list.slice(0, maxItems).flatMap((item) => {
    const written = isJsonObject(item) ? ownValue(item, 'name') : item;
    const text = (textsOf(written)[0] ?? '').replace(/\s+/g, ' ');
    const giver = isJsonObject(item) ? (textsOf(ownValue(item, 'name-giver'))[0] ?? '') : '';
    return nameKey(text) === '' || text.length > maxNameChars ? [] : [{ text, giver: giver.slice(0, 100) }];
  });
});

const eventsSchema = z.unknown().transform((value): readonly CardEvent[] => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.slice(0, maxItems).flatMap((item) => {
    const activity = (textsOf(isJsonObject(item) ? ownValue(item, 'activity') : item)[0] ?? '').slice(
      0,
      10_000,
    );
    const date = isJsonObject(item) ? (textsOf(ownValue(item, 'date'))[0] ?? '') : '';
    return activity === '' ? [] : [{ date: date.slice(0, 60), activity }];
  });
});

const common = {
  names: namesSchema,
  description: textSchema,
  information: listSchema,
  'mitre-attack': listSchema,
  playbook: listSchema,
  uuid: z.unknown().transform((value) => textsOf(value).find(isUuid)?.toLowerCase()),
  'last-card-change': textSchema,
};

const titleSchema = z
  .unknown()
  .transform((value) => (textsOf(value)[0] ?? '').slice(0, 1000).replace(/\s+/g, ' ').trim());

/** The card of an actor: only what is read. Whatever is missing or of another type is empty. */
export const actorCardSchema = z.object({
  actor: titleSchema,
  ...common,
  country: listSchema,
  sponsor: listSchema,
  motivation: listSchema,
  'first-seen': textSchema,
  'observed-sectors': listSchema,
  'observed-countries': listSchema,
  tools: listSchema,
  operations: eventsSchema,
  'counter-operations': eventsSchema,
});
export type ActorCard = z.output<typeof actorCardSchema>;

/** The card of a tool or malware. */
export const toolCardSchema = z.object({
  tool: titleSchema,
  ...common,
  category: textSchema,
  type: listSchema,
  malpedia: listSchema,
  'alienvault-otx': listSchema,
});
export type ToolCard = z.output<typeof toolCardSchema>;

export type Card =
  | { readonly kind: 'actor'; readonly card: ActorCard }
  | { readonly kind: 'tool'; readonly card: ToolCard };

export type ReadCard = ({ readonly ok: true } & Card) | { readonly ok: false; readonly reason: string };

/** Reads a card, of an actor or of a tool by what it is named under. */
export function readCard(value: unknown): ReadCard {
  if (!isJsonObject(value)) return { ok: false, reason: 'no object; expected a card' };
  const isTool = ownValue(value, 'actor') === undefined && ownValue(value, 'tool') !== undefined;
  if (isTool) {
    const card = toolCardSchema.parse(members(value, Object.keys(toolCardSchema.shape)));
    return hasName(card.tool, card.names) ? { ok: true, kind: 'tool', card } : nameless;
  }
  const card = actorCardSchema.parse(members(value, Object.keys(actorCardSchema.shape)));
  return hasName(card.actor, card.names) ? { ok: true, kind: 'actor', card } : nameless;
}

const nameless: ReadCard = {
  ok: false,
  reason: `no name; expected a text under "actor" or "tool", or "names", of at most ${maxNameChars} characters a name`,
};

function hasName(title: string, names: readonly CardName[]): boolean {
  return namesInTitle(title).length > 0 || names.length > 0;
}

/** The names that a title lists; without what is too long to be one. */
export function namesInTitle(title: string): readonly string[] {
  return splitList(cardTitle(title)).filter((text) => nameKey(text) !== '' && text.length <= maxNameChars);
}

function members(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(keys.map((key) => [key, ownValue(value, key)]));
}

/** The frame around the cards of a whole listing. */
export const listingSchema = z.object({
  values: z.array(z.unknown()),
  'last-db-change': z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  license: z.string().optional().catch(undefined),
  tlp: z.string().max(40).optional().catch(undefined),
});
