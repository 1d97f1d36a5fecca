/**
 * What the survey reads of every object, whatever its type. Whatever has another type than expected is absent: nothing
 * here refuses an object, that is done when it becomes a record. Read by hand: a schema takes ten times as long
 * (measured), for every object of every bundle.
 */
export interface SurveyedObject {
  readonly type: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly created_by_ref: string | undefined;
  readonly modified: string | undefined;
  readonly description: string | undefined;
  readonly relationship_type: string | undefined;
  readonly source_ref: string | undefined;
  readonly target_ref: string | undefined;
  readonly revoked: boolean | undefined;
  readonly x_mitre_domains: readonly string[];
  readonly object_refs: readonly string[];
  readonly tactic_refs: readonly string[] | undefined;
  /** Those of the object and of its granular markings. */
  readonly markingRefs: readonly string[];
  /** `source_name` of the first external reference that has an id. */
  readonly idSource: string | undefined;
}

/** The object, or undefined where it is none or has no id. */
export function surveyedObject(value: unknown): SurveyedObject | undefined {
  if (!isObject(value)) return undefined;
  const id = textIn(value, 'id');
  if (id === undefined || id === '') return undefined;
  return {
    type: textIn(value, 'type') ?? '',
    id,
    name: textIn(value, 'name')?.trim().slice(0, maxNameChars).trimEnd(),
    created_by_ref: textIn(value, 'created_by_ref'),
    modified: textIn(value, 'modified'),
    description: textIn(value, 'description'),
    relationship_type: textIn(value, 'relationship_type'),
    source_ref: textIn(value, 'source_ref'),
    target_ref: textIn(value, 'target_ref'),
    revoked: value['revoked'] === true,
    x_mitre_domains: textsIn(value, 'x_mitre_domains') ?? [],
    object_refs: textsIn(value, 'object_refs') ?? [],
    tactic_refs: textsIn(value, 'tactic_refs'),
    markingRefs: [...(textsIn(value, 'object_marking_refs') ?? []), ...granularRefs(value)],
    idSource: idSourceOf(value['external_references']),
  };
}

/** As the name in records is clipped. */
const maxNameChars = 500;

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function textIn(object: Members, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

/** A list of texts; a text alone is a list of one. A list that holds anything else is none. */
function textsIn(object: Members, key: string): readonly string[] | undefined {
  const value = object[key];
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.every((item) => typeof item === 'string') ? items : undefined;
}

function granularRefs(object: Members): readonly string[] {
  const markings = object['granular_markings'];
  if (!Array.isArray(markings)) return [];
  const items: readonly unknown[] = markings;
  return items.flatMap((item) => (isObject(item) ? (textIn(item, 'marking_ref') ?? []) : []));
}

function idSourceOf(references: unknown): string | undefined {
  if (!Array.isArray(references)) return undefined;
  const items: readonly unknown[] = references;
  const first = items.find((item) => isObject(item) && textIn(item, 'external_id') !== undefined);
  return isObject(first) ? textIn(first, 'source_name') : undefined;
}
