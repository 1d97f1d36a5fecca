import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { z } from 'zod';
import type { KeptAnswer } from '../briefing/evidence-types.ts';
import { outcomes } from '../briefing/types.ts';
import { entityTypes } from '../domain/entity-type.ts';
import { predicates } from '../domain/record.ts';
import { type StixId } from '../domain/stix-id.ts';
import { tlpLevels } from '../domain/tlp.ts';
import type { EvidenceContent } from '../store/answer-types.ts';

// What an answer rested on as it is stored: JSON, compressed, in base64. The version stands first, so that a later form
// can be told from it.

const version = 1;
/** What a stored text may unpack to; more than any that was packed. */
const maxUnpackedBytes = 16 * 1024 * 1024;

const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/** An answer as text, and the hash by which equal ones are told. */
export function encodeEvidence(answer: KeptAnswer): { readonly text: string; readonly hash: string } {
  const text = JSON.stringify({ version, ...answer });
  return { text, hash: hash('sha256', text, 'base64url') };
}

export async function packEvidence(text: string, contentHash: string): Promise<EvidenceContent> {
  return { hash: contentHash, packed: (await compress(text)).toString('base64') };
}

const stixId = z.custom<StixId>((value) => typeof value === 'string' && value !== '');
const tlp = z.enum(tlpLevels);

const sourceSchema = z.object({
  source: z.string(),
  reference: z.string().nullable(),
  date: z.string().nullable(),
  tlp,
  confidence: z.number().nullable(),
  publisher: z.string().exactOptional(),
  records: z.array(z.string()).exactOptional(),
});

const factSchema = z.object({
  subject: stixId,
  predicate: z.enum(predicates),
  object: z.object({
    name: z.string(),
    id: stixId.exactOptional(),
    parts: z.record(z.string(), z.string()).exactOptional(),
  }),
  sources: z.array(sourceSchema),
});

const noteSchema = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string().exactOptional(),
  date: z.string().exactOptional(),
  marking: tlp,
  confidence: z.number().nullable(),
});

const answerSchema = z.object({
  version: z.literal(version),
  outcome: z.enum([...outcomes, 'shown']),
  entities: z.array(z.object({ id: stixId, type: z.enum(entityTypes), name: z.string() })),
  entityCount: z.number(),
  facts: z.array(factSchema),
  factCount: z.number(),
  notes: z.array(noteSchema),
});

/** Reads what `packEvidence` wrote; rejects for anything else, which only a damaged or a newer database holds. */
export async function unpackEvidence(packed: string): Promise<KeptAnswer> {
  const bytes = await decompress(Buffer.from(packed, 'base64'), { maxOutputLength: maxUnpackedBytes });
  const { version: _, ...answer } = answerSchema.parse(JSON.parse(bytes.toString('utf8')));
  return answer;
}
