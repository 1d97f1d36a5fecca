import type { RecordMarking, SourceRecord } from '../../domain/record.ts';
import { strictestMarking } from './markings.ts';
import type { ExternalReference, StixObject } from './schema.ts';
import { markingOf, type Survey } from './survey.ts';
import { citationsIn, timestamp, webAddress } from './text.ts';

/** What the conversion of one object needs of the bundle around it. */
export interface Context {
  readonly survey: Survey;
  /** Reads another object of the bundle by id, as parsed JSON; undefined when the bundle has none. */
  readonly load: (id: string) => unknown;
}

/** An object becomes a record, is carried by the record of another, or is of a kind that holds no facts we show. */
export type Conversion =
  | { readonly kind: 'record'; readonly record: SourceRecord }
  | { readonly kind: 'carried' }
  | { readonly kind: 'dropped'; readonly what: string };

export const descriptionMaxChars = 8000;
export const quoteMaxChars = 600;

type CommonPart = Pick<
  SourceRecord,
  | 'externalId'
  | 'url'
  | 'publisher'
  | 'created'
  | 'modified'
  | 'marking'
  | 'confidence'
  | 'revoked'
  | 'deprecated'
>;

/** The part of a record that every STIX object gives: key, address, dates, marking, state. */
export function commonPart(object: StixObject, context: Context): CommonPart {
  const url = ownPage(object.external_references ?? []);
  const publisher = publisherOf(object, context.survey);
  const created = timestamp(object.created);
  const modified = timestamp(object.modified);
  const marking = markingOfObject(object, context.survey);
  return {
    externalId: object.id.trim().toLowerCase(),
    ...(url === undefined ? {} : { url }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(marking === undefined ? {} : { marking }),
    ...(object.confidence === undefined ? {} : { confidence: object.confidence }),
    ...(object.revoked === true ? { revoked: true } : {}),
    ...(object.x_mitre_deprecated === true ? { deprecated: true } : {}),
  };
}

/** The object's marking, as strict as its strictest granular marking. */
export function markingOfObject(object: StixObject, survey: Survey): RecordMarking | undefined {
  const granular = (object.granular_markings ?? []).flatMap((marking) => marking.marking_ref ?? []);
  return markingOf([...(object.object_marking_refs ?? []), ...granular], survey.markings);
}

/**
 * The marking of a record that names other objects of the bundle: as strict as the strictest of them, so that a
 * title or a pointer never tells what its object's marking withholds.
 */
export function markingWithEnds(
  own: RecordMarking | undefined,
  ids: readonly string[],
  survey: Survey,
): RecordMarking | undefined {
  const ends = ids.map((id) => markingOf(survey.objects.markingRefsOf(id.toLowerCase()), survey.markings));
  const strictestEnd = strictestMarking(ends.filter((marking) => marking !== undefined));
  if (strictestEnd === undefined) return own;
  return strictestMarking(own === undefined ? [strictestEnd] : [own, strictestEnd]);
}

/** Who created the object, where the bundle says so and the bundle is not ATT&CK's own. */
function publisherOf(object: StixObject, survey: Survey): string | undefined {
  if (survey.attack.domain !== undefined || object.created_by_ref === undefined) return undefined;
  const name = survey.identities.get(object.created_by_ref.trim().toLowerCase())?.name?.trim();
  return name === '' ? undefined : name;
}

/** The object's own page: the address beside its ATT&CK, CAPEC or CVE id. */
function ownPage(references: readonly ExternalReference[]): string | undefined {
  return webAddress(references.find((reference) => isOwnPage(reference))?.url);
}

export function isOwnPage(reference: ExternalReference): boolean {
  const source = reference.source_name?.toLowerCase() ?? '';
  return (
    reference.external_id !== undefined &&
    (source.startsWith('mitre-') || source === 'capec' || source === 'cve')
  );
}

/** The first citation of a text that the object's references resolve: its name and, where given, its address. */
export function citationOf(
  text: string | undefined,
  references: readonly ExternalReference[],
): { citation?: string; reference?: string } {
  const names = citationsIn(text ?? '');
  if (names.length === 0) return {};
  const addresses = names.flatMap(
    (name) => webAddress(references.find((reference) => reference.source_name?.trim() === name)?.url) ?? [],
  );
  const [reference] = addresses;
  return { citation: names.slice(0, 5).join('; '), ...(reference === undefined ? {} : { reference }) };
}
