import type { RecordMarking } from '../../domain/record.ts';
import { splitPieces } from '../json/split-array.ts';
import { type AttackSurvey, createAttackSurvey } from './attack.ts';
import { KnownObjects } from './known-objects.ts';
import { type MarkingMeaning, markingMeaning, markingOfRef, strictestMarking } from './markings.ts';
import { Misnamed, misnamedAs } from './reclassify.ts';
import { ReportSurvey } from './report-survey.ts';
import { identitySchema, locationSchema, markingDefinitionSchema, reportSchema } from './schema.ts';
import { type SurveyedObject, surveyedObject } from './surveyed-object.ts';

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
  readonly objects: KnownObjects;
  readonly identities: ReadonlyMap<string, KnownIdentity>;
  readonly locations: ReadonlyMap<string, KnownLocation>;
  readonly markings: ReadonlyMap<string, MarkingMeaning>;
  /** The successor of a revoked object, both in lower case. */
  readonly revokedBy: ReadonlyMap<string, string>;
  /** Intrusion sets of a report that refers to a report: the inner one is about them too. */
  readonly actorsOfReport: ReadonlyMap<string, readonly string[]>;
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
export function surveyBundle(pieces: Iterable<Uint8Array>): Survey {
  const builder = createBuilder();
  for (const item of splitPieces(pieces, 'objects')) {
    if (item.kind === 'broken') builder.broken = item.reason;
    else if (item.kind === 'array') builder.hasObjects = true;
    else if (item.kind === 'member' && item.key === 'objects') builder.wrongObjects = true;
    else if (item.kind === 'element') {
      const value = parseQuietly(item.bytes.toString('utf8'));
      const object = surveyedObject(value);
      if (object !== undefined) note(builder, object, value, item);
    }
  }
  builder.reports.settle();
  const attack = builder.attack.finish(builder.objects);
  if (attack.domain === undefined) builder.misnamed.settle();
  else builder.objects.forgetReclassified();
  return { ...builder, attack, actorsOfReport: builder.reports.actorsOfReport };
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
  const objects = new KnownObjects();
  return {
    objects,
    identities: new Map<string, KnownIdentity>(),
    locations: new Map<string, KnownLocation>(),
    markings: new Map<string, MarkingMeaning>(),
    revokedBy: new Map<string, string>(),
    reports: new ReportSurvey(objects),
    misnamed: new Misnamed(objects),
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
  place: { readonly index: number; readonly start: number; readonly end: number },
): void {
  const id = object.id.trim().toLowerCase();
  builder.attack.note(object, value, builder.objects);
  noteMeaning(builder, object, value, id);
  const modified = object.modified ?? '';
  if (builder.objects.hasNewer(id, modified)) return;
  const number = builder.objects.note(id, {
    index: place.index,
    start: place.start,
    end: place.end,
    type: object.type,
    name: object.name,
    modified,
    markingRefs: object.markingRefs,
    createdBy: object.created_by_ref?.trim().toLowerCase(),
    isReally: misnamedAs(object),
  });
  builder.misnamed.note(number, object);
  if (object.type === 'report' || object.type === 'grouping') {
    const isReadable = id.startsWith(`${object.type}--`) && reportSchema.safeParse(value).success;
    builder.reports.note(number, isReadable ? object.object_refs : undefined);
  }
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

function unreadableMarking(id: string): MarkingMeaning {
  return { kind: 'tlp', marking: { tlp: 'amber+strict', text: id, unknown: true } };
}
