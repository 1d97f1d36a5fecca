import { z } from 'zod';

/**
 * STIX 2.0 and 2.1 as we read them: only the fields that become facts, tolerant of what producers do in practice.
 * `null` counts as absent, a single text as a list of one, and a name is clipped; anything else of the wrong type
 * refuses the object.
 */

function optional<T extends z.ZodType>(schema: T) {
  return z
    .nullish(schema)
    .transform((value): z.output<T> | undefined => (value === null ? undefined : value));
}

const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]);

/** OASIS allows 0–100; a number outside it is no confidence. */
const confidence = z
  .number()
  .transform((value) => (value >= 0 && value <= 100 ? Math.round(value) : undefined));

const externalReferenceSchema = z.object({
  source_name: optional(z.string()),
  description: optional(z.string()),
  url: optional(z.string()),
  external_id: optional(z.string()),
});
export type ExternalReference = z.output<typeof externalReferenceSchema>;

const granularMarkingSchema = z.object({ marking_ref: optional(z.string()) });

const killChainPhaseSchema = z.object({ kill_chain_name: z.string(), phase_name: z.string() });

const commonFields = {
  type: z.string().min(1),
  id: z.string().min(1),
  created: optional(z.string()),
  modified: optional(z.string()),
  created_by_ref: optional(z.string()),
  revoked: optional(z.boolean()),
  x_mitre_deprecated: optional(z.boolean()),
  confidence: optional(confidence),
  labels: optional(texts),
  external_references: optional(z.array(externalReferenceSchema)),
  object_marking_refs: optional(texts),
  granular_markings: optional(z.array(granularMarkingSchema)),
} as const;

/** What every STIX object has, read first of each object. */
export const commonSchema = z.object(commonFields);
export type StixObject = z.output<typeof commonSchema>;

/** Longer names are no names: reports' titles come nearest, with some 300 characters. */
const maxNameChars = 500;
const nameText = z.string().transform((text) => text.trim().slice(0, maxNameChars).trimEnd());

const namedFields = {
  ...commonFields,
  name: nameText.pipe(z.string().min(1)),
  description: optional(z.string()),
} as const;

export const actorSchema = z.object({
  ...namedFields,
  aliases: optional(texts),
  x_mitre_aliases: optional(texts),
  first_seen: optional(z.string()),
  last_seen: optional(z.string()),
  goals: optional(texts),
  primary_motivation: optional(z.string()),
  secondary_motivations: optional(texts),
  personal_motivations: optional(texts),
});
export type StixActor = z.output<typeof actorSchema>;

export const softwareSchema = z.object({
  ...namedFields,
  /** 2.1 allows a malware instance without a name. */
  name: optional(nameText),
  aliases: optional(texts),
  x_mitre_aliases: optional(texts),
  x_mitre_platforms: optional(texts),
  malware_types: optional(texts),
  tool_types: optional(texts),
  first_seen: optional(z.string()),
});
export type StixSoftware = z.output<typeof softwareSchema>;

export const techniqueSchema = z.object({
  ...namedFields,
  aliases: optional(texts),
  kill_chain_phases: optional(z.array(killChainPhaseSchema)),
  x_mitre_platforms: optional(texts),
});
export type StixTechnique = z.output<typeof techniqueSchema>;

export const campaignSchema = z.object({
  ...namedFields,
  aliases: optional(texts),
  first_seen: optional(z.string()),
  last_seen: optional(z.string()),
  x_mitre_first_seen_citation: optional(z.string()),
  x_mitre_last_seen_citation: optional(z.string()),
  objective: optional(z.string()),
});
export type StixCampaign = z.output<typeof campaignSchema>;

export const vulnerabilitySchema = z.object(namedFields);
export type StixVulnerability = z.output<typeof vulnerabilitySchema>;

export const reportSchema = z.object({
  ...namedFields,
  published: optional(z.string()),
  object_refs: optional(texts),
});
export type StixReport = z.output<typeof reportSchema>;

export const indicatorSchema = z.object({
  ...commonFields,
  name: optional(nameText),
  description: optional(z.string()),
  pattern: z.string().min(1),
  pattern_type: optional(z.string()),
  indicator_types: optional(texts),
  valid_from: optional(z.string()),
});
export type StixIndicator = z.output<typeof indicatorSchema>;

export const relationshipSchema = z.object({
  ...commonFields,
  relationship_type: z.string().trim().min(1),
  source_ref: z.string().min(1),
  target_ref: z.string().min(1),
  description: optional(z.string()),
});
export type StixRelationship = z.output<typeof relationshipSchema>;

export const sightingSchema = z.object({
  ...commonFields,
  sighting_of_ref: z.string().min(1),
  where_sighted_refs: optional(texts),
  first_seen: optional(z.string()),
  last_seen: optional(z.string()),
  count: optional(z.number()),
});
export type StixSighting = z.output<typeof sightingSchema>;

export const identitySchema = z.object({
  ...commonFields,
  name: optional(nameText),
  /** Unit 42 writes a list. */
  identity_class: optional(texts),
  sectors: optional(texts),
  /** Cyber Threat Alliance: the victims' countries, ISO 3166-1 alpha-2. */
  x_cta_country: optional(texts),
});

export const locationSchema = z.object({
  ...commonFields,
  name: optional(nameText),
  region: optional(z.string()),
  country: optional(z.string()),
});

export const markingDefinitionSchema = z.object({
  type: z.string(),
  id: z.string(),
  name: optional(nameText),
  definition_type: optional(z.string()),
  definition: optional(z.record(z.string(), z.unknown())),
  extensions: optional(z.record(z.string(), z.unknown())),
});
export type StixMarkingDefinition = z.output<typeof markingDefinitionSchema>;

/** ATT&CK's own object that names the release. */
export const collectionSchema = z.object({
  ...commonFields,
  name: optional(nameText),
  x_mitre_version: optional(z.string()),
  x_mitre_contents: optional(z.array(z.object({ object_ref: z.string() }))),
});

/** `aliases: expected array, got number; name: …`, at most three faults. */
export function describeFault(error: z.ZodError): string {
  const faults = error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'object'}: ${issue.message}`);
  const more = error.issues.length - faults.length;
  return more > 0 ? `${faults.join('; ')} (and ${more} more)` : faults.join('; ');
}
