import { z } from 'zod';
import { isUuid } from '../../domain/stix-id.ts';
import { isJsonObject } from '../json-document.ts';

/** A galaxy cluster file: only what is read. `values` are checked one by one, so that a bad one costs itself only. */
export const clusterFileSchema = z.object({
  type: z.string().trim().min(1).max(200),
  name: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  version: z.union([z.number(), z.string()]).optional().catch(undefined),
  values: z.array(z.unknown()),
});
export type ClusterFile = z.infer<typeof clusterFileSchema>;

/** `meta` is a bag of anything: read key by key, as text or list. */
export type Meta = Readonly<Record<string, unknown>>;

const metaSchema = z.custom<Meta>(isJsonObject).catch({});

export const relationSchema = z.object({
  'dest-uuid': z.string().refine(isUuid, 'dest-uuid is no UUID'),
  type: z.string().trim().min(1),
  tags: z.array(z.unknown()).optional().catch(undefined),
});
export type Relation = z.infer<typeof relationSchema>;

/** Longer names are no names. */
const maxNameChars = 500;

export const clusterSchema = z.object({
  uuid: z.string().refine(isUuid, 'uuid is no UUID'),
  value: z
    .string()
    .transform((text) => text.trim().slice(0, maxNameChars).trimEnd())
    .pipe(z.string().min(1, 'value is empty')),
  description: z.string().optional().catch(undefined),
  meta: metaSchema.optional(),
  related: z.array(z.unknown()).optional().catch(undefined),
  revoked: z.boolean().optional().catch(undefined),
});
export type Cluster = z.infer<typeof clusterSchema>;
