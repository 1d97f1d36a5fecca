import type { z } from 'zod';
import type { SourceRecord } from '../../domain/record.ts';
import type { Context, Conversion } from './context.ts';
import {
  actorRecord,
  campaignRecord,
  softwareRecord,
  techniqueRecord,
  vulnerabilityRecord,
} from './entities.ts';
import { relationshipRecord, sightingRecord } from './relationships.ts';
import { indicatorRecord, reportRecord } from './reports.ts';
import {
  actorSchema,
  campaignSchema,
  commonSchema,
  describeFault,
  indicatorSchema,
  relationshipSchema,
  reportSchema,
  type StixObject,
  sightingSchema,
  softwareSchema,
  techniqueSchema,
  vulnerabilitySchema,
} from './schema.ts';

/** What became of an object: a record, nothing (with its kind), nothing because others carry it, or a fault. */
export type Converted =
  | Conversion
  | { readonly kind: 'carried' }
  | { readonly kind: 'fault'; readonly reason: string };

type Converter = (value: unknown, context: Context) => Converted;

const converters: ReadonlyMap<string, Converter> = new Map([
  ['intrusion-set', record(actorSchema, actorRecord)],
  ['threat-actor', record(actorSchema, actorRecord)],
  ['malware', converter(softwareSchema, namedSoftware)],
  ['tool', converter(softwareSchema, namedSoftware)],
  ['attack-pattern', record(techniqueSchema, techniqueRecord)],
  ['campaign', record(campaignSchema, campaignRecord)],
  ['vulnerability', record(vulnerabilitySchema, vulnerabilityRecord)],
  ['report', record(reportSchema, reportRecord)],
  ['grouping', record(reportSchema, reportRecord)],
  ['indicator', converter(indicatorSchema, indicator)],
  ['relationship', converter(relationshipSchema, relationshipRecord)],
  ['sighting', converter(sightingSchema, sightingRecord)],
]);

/** Types whose facts the records of others carry: who made it, where, how it is marked, which release it is. */
const carriedTypes: ReadonlySet<string> = new Set([
  'identity',
  'location',
  'marking-definition',
  'extension-definition',
  'x-mitre-collection',
  'x-mitre-matrix',
  'x-mitre-tactic',
]);

/** Converts one object of a bundle. Total: whatever is wrong with the object is a `fault`. */
export function toDomain(value: unknown, context: Context): Converted {
  const convert = converters.get(typeOf(value));
  if (convert !== undefined) return convert(value, context);
  const common = commonSchema.safeParse(value);
  if (!common.success) return { kind: 'fault', reason: describeFault(common.error) };
  const { type } = common.data;
  return carriedTypes.has(type) ? { kind: 'carried' } : { kind: 'dropped', what: type.slice(0, 80) };
}

function typeOf(value: unknown): string {
  const type: unknown = typeof value === 'object' && value !== null && 'type' in value ? value.type : '';
  return typeof type === 'string' ? type : '';
}

function converter<S extends z.ZodType<StixObject>>(
  schema: S,
  convert: (object: z.output<S>, context: Context) => Converted,
): Converter {
  return (value, context) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) return { kind: 'fault', reason: describeFault(parsed.error) };
    const { type, id } = parsed.data;
    return id.trim().toLowerCase().startsWith(`${type}--`)
      ? convert(parsed.data, context)
      : { kind: 'fault', reason: `id: expected "${type}--" and a UUID` };
  };
}

function record<S extends z.ZodType<StixObject>>(
  schema: S,
  convert: (object: z.output<S>, context: Context) => SourceRecord,
): Converter {
  return converter(schema, (object, context) => ({ kind: 'record', record: convert(object, context) }));
}

function namedSoftware(object: z.output<typeof softwareSchema>, context: Context): Converted {
  const name = object.name?.trim();
  if (name === undefined || name === '') return { kind: 'dropped', what: `${object.type} without a name` };
  return { kind: 'record', record: softwareRecord(object, name, context) };
}

function indicator(object: z.output<typeof indicatorSchema>, context: Context): Converted {
  const isReported = context.survey.objects.isReported(object.id.trim().toLowerCase());
  return isReported ? { kind: 'carried' } : { kind: 'record', record: indicatorRecord(object, context) };
}
