import type { EntityType } from '../../domain/entity-type.ts';
import type { RecordMarking } from '../../domain/record.ts';
import { splitArray } from '../json/split-array.ts';
import { type AttackSurvey, createAttackSurvey } from './attack.ts';
import { type MarkingMeaning, markingMeaning, markingOfRef, strictestMarking } from './markings.ts';
import { reclassify } from './reclassify.ts';
import {
  identitySchema,
  locationSchema,
  markingDefinitionSchema,
  reportSchema,
  type SurveyedObject,
  surveySchema,
} from './schema.ts';

/** An object as far as others need it: where it stands and what it is called. */
export interface KnownObject {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly name: string | undefined;
  readonly modified: string;
  readonly markingRefs: readonly string[];
  readonly createdBy: string | undefined;
  /** The beginning of an intrusion set's or report's description: tells what kind of thing it is. */
  readonly opening: string | undefined;
}

export interface KnownIdentity {
  readonly name: string | undefined;
  readonly classes: readonly string[];
  readonly sectors: readonly string[];
  readonly countries: readonly string[];
}

export interface KnownLocation {
  readonly name: string | undefined;
  readonly region: string | undefined;
  readonly country: string | undefined;
}

/** What one pass over a bundle tells before its objects are read one by one. */
export interface Survey {
  /** The newest version of each object, by id in lower case. */
  readonly objects: ReadonlyMap<string, KnownObject>;
  readonly identities: ReadonlyMap<string, KnownIdentity>;
  readonly locations: ReadonlyMap<string, KnownLocation>;
  readonly markings: ReadonlyMap<string, MarkingMeaning>;
  /** The successor of a revoked object, both in lower case. */
  readonly revokedBy: ReadonlyMap<string, string>;
  /** The first report that refers to an indicator. */
  readonly reportOfIndicator: ReadonlyMap<string, string>;
  /** Intrusion sets of a report that refers to a report: the inner one is about them too. */
  readonly actorsOfReport: ReadonlyMap<string, readonly string[]>;
  /** Intrusion sets that are something else (see `reclassify`). */
  readonly reclassified: ReadonlyMap<string, EntityType>;
  readonly attack: AttackSurvey;
  /** Set when the text is no whole bundle; nothing else counts then. */
  readonly broken: string | undefined;
  readonly hasObjects: boolean;
  /** A member `objects` that is no list. */
  readonly wrongObjects: boolean;
}

/** The strictest marking among those an object carries, granular ones included; undefined when it carries none. */
export function markingOf(refs: readonly string[], markings: Survey['markings']): RecordMarking | undefined {
  return strictestMarking(
    refs.flatMap((ref) => {
      const meaning = markingOfRef(ref, markings);
      return meaning.kind === 'tlp' ? [meaning.marking] : [];
    }),
  );
}

/** Reads the whole bundle once, keeping only what other objects need. */
export function surveyBundle(bytes: Uint8Array): Survey {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const builder = createBuilder();
  for (const item of splitArray(bytes, 'objects')) {
    if (item.kind === 'broken') builder.broken = item.reason;
    else if (item.kind === 'array') builder.hasObjects = true;
    else if (item.kind === 'member' && item.key === 'objects') builder.wrongObjects = true;
    else if (item.kind === 'element') {
      const value = parseQuietly(text.toString('utf8', item.start, item.end));
      const parsed = surveySchema.safeParse(value);
      if (parsed.success && parsed.data.id !== '') {
        note(builder, parsed.data, value, item.index, item.start, item.end);
      }
    }
  }
  settleReports(builder);
  const attack = builder.attack.finish(builder.objects);
  const reclassified = attack.domain === undefined ? reclassify(builder.objects) : new Map();
  return { ...builder, attack, reclassified };
}

function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Refused with its reason when the objects are read one by one.
    return undefined;
  }
}

function createBuilder() {
  return {
    objects: new Map<string, KnownObject>(),
    identities: new Map<string, KnownIdentity>(),
    locations: new Map<string, KnownLocation>(),
    markings: new Map<string, MarkingMeaning>(),
    revokedBy: new Map<string, string>(),
    /** The newest readable version of each report: what it refers to. */
    refsOfReport: new Map<string, readonly string[]>(),
    reportOfIndicator: new Map<string, string>(),
    actorsOfReport: new Map<string, readonly string[]>(),
    attack: createAttackSurvey(),
    broken: undefined as string | undefined,
    hasObjects: false,
    wrongObjects: false,
  };
}

type Builder = ReturnType<typeof createBuilder>;

function note(
  builder: Builder,
  object: SurveyedObject,
  value: unknown,
  index: number,
  start: number,
  end: number,
): void {
  const id = object.id.trim().toLowerCase();
  builder.attack.note(object, value);
  noteMeaning(builder, object, value, id);
  const before = builder.objects.get(id);
  const modified = object.modified ?? '';
  if (before !== undefined && Date.parse(before.modified) > Date.parse(modified)) return;
  noteReport(builder, object, value, id);
  builder.objects.set(id, {
    index,
    start,
    end,
    type: object.type,
    name: object.name,
    modified,
    markingRefs: [
      ...(object.object_marking_refs ?? []),
      ...(object.granular_markings ?? []).flatMap((marking) => marking.marking_ref ?? []),
    ],
    createdBy: object.created_by_ref?.trim().toLowerCase(),
    opening:
      object.type === 'intrusion-set' || object.type === 'report'
        ? object.description?.slice(0, 600)
        : undefined,
  });
}

function noteReport(builder: Builder, object: SurveyedObject, value: unknown, id: string): void {
  if (object.type !== 'report' && object.type !== 'grouping') return;
  const isReadable = id.startsWith(`${object.type}--`) && reportSchema.safeParse(value).success;
  const refs = (object.object_refs ?? []).map((ref) => ref.trim().toLowerCase());
  if (isReadable) builder.refsOfReport.set(id, refs);
  else builder.refsOfReport.delete(id);
}

function noteMeaning(builder: Builder, object: SurveyedObject, value: unknown, id: string): void {
  if (object.type === 'identity') {
    const identity = identitySchema.safeParse(value);
    if (!identity.success) return;
    builder.identities.set(id, {
      name: identity.data.name,
      classes: (identity.data.identity_class ?? []).map((text) => text.toLowerCase()),
      sectors: identity.data.sectors ?? [],
      countries: identity.data.x_cta_country ?? [],
    });
  } else if (object.type === 'location') {
    const location = locationSchema.safeParse(value);
    if (!location.success) return;
    const { name, region, country } = location.data;
    builder.locations.set(id, { name, region, country });
  } else if (object.type === 'marking-definition') {
    const definition = markingDefinitionSchema.safeParse(value);
    builder.markings.set(id, definition.success ? markingMeaning(definition.data) : unreadableMarking(id));
  } else if (object.type === 'relationship' && object.relationship_type === 'revoked-by') {
    if (object.source_ref === undefined || object.target_ref === undefined || object.revoked === true) return;
    builder.revokedBy.set(object.source_ref.toLowerCase(), object.target_ref.toLowerCase());
  }
}

/**
 * Which report carries which indicator, and which actors an inner report is about. Only of reports that become
 * records: an indicator of a refused report, or of an older version of one, is a record of its own.
 */
function settleReports(builder: Builder): void {
  for (const [id, refs] of builder.refsOfReport) {
    for (const ref of refs) {
      if (ref.startsWith('indicator--') && !builder.reportOfIndicator.has(ref))
        builder.reportOfIndicator.set(ref, id);
    }
    noteActors(builder, refs);
  }
}

function noteActors(builder: Builder, refs: readonly string[]): void {
  const actors = refs.filter((ref) => ref.startsWith('intrusion-set--') || ref.startsWith('threat-actor--'));
  if (actors.length === 0) return;
  for (const inner of refs.filter((ref) => ref.startsWith('report--'))) {
    builder.actorsOfReport.set(inner, [...(builder.actorsOfReport.get(inner) ?? []), ...actors]);
  }
}

function unreadableMarking(id: string): MarkingMeaning {
  return { kind: 'tlp', marking: { tlp: 'amber+strict', text: id, unknown: true } };
}
