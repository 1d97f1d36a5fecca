import { z } from 'zod';
import { isUuid } from '../../domain/stix-id.ts';

/** Exports write numbers as text, feeds as numbers: both become text. */
const numeral = z
  .union([z.number(), z.string()])
  .transform((value) => String(value).trim())
  .optional()
  .catch(undefined);
const text = z.string().optional().catch(undefined);
/** MISP writes `true`, `1` and `"1"`. */
const flag = z
  .unknown()
  .transform((value) => value === true || value === 1 || value === '1')
  .optional();
const list = z.array(z.unknown()).optional().catch(undefined);
/** Tags carry markings: whatever stands there is looked at, a single one or an object of them included. */
const tagList = z.unknown().optional().transform(toTagList);
const organisation = z.object({ name: text, uuid: text }).optional().catch(undefined);

/** A MISP event, or a row of the event index: only what is read. Its lists are checked entry by entry. */
export const eventSchema = z.object({
  uuid: z.string().refine(isUuid, 'uuid is no UUID'),
  info: text,
  date: text,
  timestamp: numeral,
  threat_level_id: numeral,
  analysis: numeral,
  Orgc: organisation,
  Org: organisation,
  distribution: numeral,
  Tag: tagList,
  EventTag: tagList,
  Galaxy: list,
  Attribute: list,
  Object: list,
  EventReport: list,
  /** Of a row of an index, where a feed gave them: the MD5 of each of the event's values. No member of MISP's own. */
  md5OfValues: list,
});
export type MispEvent = z.infer<typeof eventSchema>;

export const attributeSchema = z.object({
  type: z.string().trim().min(1).max(100),
  value: z.union([z.string(), z.number()]).transform(String),
  category: text,
  comment: text,
  to_ids: flag,
  deleted: flag,
  timestamp: numeral,
  first_seen: text,
  object_relation: text,
  distribution: numeral,
  Tag: tagList,
  Galaxy: list,
});
export type MispAttribute = z.infer<typeof attributeSchema>;

export const objectSchema = z.object({
  name: text,
  deleted: flag,
  distribution: numeral,
  Attribute: list,
});

export type MispObject = z.infer<typeof objectSchema>;

const tagSchema = z.object({ name: z.string().trim().min(1).max(1024) });
/** Index rows wrap each tag: `EventTag[].Tag.name`. */
const eventTagSchema = z.object({ Tag: tagSchema });

export const galaxySchema = z.object({ type: text, GalaxyCluster: list });
export const galaxyClusterSchema = z.object({
  uuid: z.string().refine(isUuid),
  value: z.string().trim().min(1).max(1024),
  type: text,
  tag_name: text,
  meta: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

export const eventReportSchema = z.object({
  name: text,
  content: z.string().trim().min(1),
  deleted: flag,
  distribution: numeral,
});

function toTagList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  const isTag = typeof value !== 'object' || 'name' in value || 'Tag' in value;
  return isTag ? [value] : Object.values(value);
}

/** The name of a tag in any of its shapes, a bare text included; undefined for what is no tag. */
export function tagName(tag: unknown): string | undefined {
  const name = typeof tag === 'string' ? tagSchema.safeParse({ name: tag }) : tagSchema.safeParse(tag);
  if (name.success) return name.data.name;
  const wrapped = eventTagSchema.safeParse(tag);
  return wrapped.success ? wrapped.data.Tag.name : undefined;
}

/** The names of a list of tags; what is no tag is left out. */
export function tagNames(tags: readonly unknown[]): readonly string[] {
  return tags.flatMap((tag) => tagName(tag) ?? []);
}
