import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const words = z.string().trim().min(1).max(200);

/** A MISP taxonomy (`machinetag.json`): only what is read. Predicates and values are checked one by one. */
export const taxonomySchema = z.object({
  namespace: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/),
  expanded: text,
  version: z.union([z.number(), z.string()]).optional().catch(undefined),
  predicates: z.array(z.unknown()),
  values: z.array(z.unknown()).optional().catch(undefined),
});
export type Taxonomy = z.infer<typeof taxonomySchema>;

export const predicateSchema = z.object({ value: words, expanded: text });
export const predicateValuesSchema = z.object({ predicate: words, entry: z.array(z.unknown()) });
export const valueSchema = z.object({ value: words, expanded: text });
