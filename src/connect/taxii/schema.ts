import { z } from 'zod';

/** TAXII 2.1 as we read it: only what is needed, tolerant of what is beside it. */

const text = z.string().transform((value) => value.trim().slice(0, 500));

export const discoverySchema = z.object({
  title: text.optional().catch(undefined),
  api_roots: z.array(z.unknown()),
  default: z.string().optional().catch(undefined),
});

export const apiRootSchema = z.object({
  title: text.optional().catch(undefined),
  versions: z.union([z.array(z.unknown()), z.string()]),
});

/** An id that is one step of a path, and leads nowhere else. */
const idSchema = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,199}$/, 'expected an id');

export const collectionSchema = z.object({
  id: idSchema,
  title: text.optional().catch(undefined),
  alias: text.optional().catch(undefined),
  can_read: z.boolean().optional().catch(undefined),
});

export const collectionsSchema = z.object({ collections: z.array(z.unknown()).optional() });

/** An object of a page, as far as the client needs it. */
export const pageObjectSchema = z.object({
  id: z.string().min(1).max(300),
  type: z.string().max(300).catch(''),
  modified: z.string().max(60).optional().catch(undefined),
  created: z.string().max(60).optional().catch(undefined),
});
