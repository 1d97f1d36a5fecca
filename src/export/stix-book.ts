import { uuidV5 } from '../domain/stix-id.ts';
import { type Tlp, tlpLabel, tlpLevels } from '../domain/tlp.ts';
import type { Claim, Knowledge } from '../knowledge/types.ts';

/** One object of a bundle: keys as STIX 2.1 spells them. */
export interface StixOut {
  readonly type: string;
  readonly id: string;
  readonly [key: string]: unknown;
}

export interface ReferenceOut {
  readonly source_name: string;
  readonly description?: string;
  readonly url?: string;
  readonly external_id?: string;
}

const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';
/** OASIS, "TLP 2.0 extension definition" of October 2022. */
export const markingIds: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const markingsCreated = '2022-10-01T00:00:00.000Z';

/** The objects of one bundle by their ids: what is put twice stands once. */
export interface StixBook {
  readonly knowledge: Knowledge;
  put(object: StixOut): string;
  has(id: string): boolean;
  /** The ref of a marking, which is put into the bundle. */
  marking(tlp: Tlp): readonly string[];
  /** The id of the identity that stands for a source, which is put into the bundle. */
  sourceIdentity(source: string): string;
  /** Objects in the order of a stable id within their type; markings and identities first. */
  objects(): readonly StixOut[];
}

/** An empty bundle over what an audience may know. */
export function createStixBook(knowledge: Knowledge): StixBook {
  const objects = new Map<string, StixOut>();
  const book: StixBook = {
    knowledge,
    put: (object) => {
      if (!objects.has(object.id)) objects.set(object.id, object);
      return object.id;
    },
    has: (id) => objects.has(id),
    marking: (tlp) => [book.put(markingDefinition(tlp))],
    sourceIdentity: (source) => {
      const known = knowledge.sources.get(source);
      const created = timestamp(known?.importedAt) ?? epoch;
      return book.put({
        type: 'identity',
        spec_version: '2.1',
        id: ownId('identity', `source\n${source}`),
        created,
        modified: created,
        name: known?.title ?? source,
        identity_class: 'organization',
        ...(known === undefined ? {} : { description: `Licence: ${known.licence}` }),
        object_marking_refs: book.marking('clear'),
      });
    },
    objects: () =>
      [...objects.values()].sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : Number(a.id > b.id))),
  };
  return book;
}

function order({ type }: StixOut): number {
  const at = ['marking-definition', 'identity', 'location'].indexOf(type);
  if (at >= 0) return at;
  return type === 'relationship' ? 5 : 4;
}

function markingDefinition(tlp: Tlp): StixOut {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: markingIds[tlp],
    created: markingsCreated,
    name: tlpLabel(tlp),
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: tlp } },
  };
}

/** An id that is the same in every export of the same thing. */
export function ownId(type: string, name: string): string {
  return `${type}--${uuidV5(`export\n${type}\n${name}`)}`;
}

export const epoch = '1970-01-01T00:00:00.000Z';

/** An ISO date of any precision as STIX's timestamp at its beginning; undefined for what is no time of 1970–2099. */
export function timestamp(iso: string | undefined): string | undefined {
  if (iso === undefined || !/^(?:19[7-9]|20\d)\d(?:-|$)/.test(iso)) return undefined;
  const time = Date.parse(iso.length === 7 ? `${iso}-01` : iso);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** When the earliest and the latest of the claims was stated; what has no date counts from the import. */
export function timesOf(
  claims: readonly Claim[],
  knowledge: Knowledge,
): { readonly created: string; readonly modified: string } {
  const times = claims
    .map(({ provenance }) => {
      const imported = knowledge.sources.get(provenance.source)?.importedAt;
      return timestamp(provenance.date) ?? timestamp(imported) ?? epoch;
    })
    .sort();
  const created = times[0] ?? epoch;
  return { created, modified: times.at(-1) ?? created };
}

/** Claims by their marking, the widest first: each object carries the marking of exactly what it says. */
export function byMarking(claims: readonly Claim[]): readonly (readonly [Tlp, readonly Claim[]])[] {
  return tlpLevels.flatMap((tlp) => {
    const same = claims.filter(({ provenance }) => provenance.marking === tlp);
    return same.length === 0 ? [] : [[tlp, same] as const];
  });
}

/** One reference for each source and document that state the claims. */
export function referencesOf(claims: readonly Claim[], knowledge: Knowledge): readonly ReferenceOut[] {
  const references = new Map<string, ReferenceOut>();
  for (const { provenance } of claims) {
    const { source, publisher, citation, reference, date, record } = provenance;
    const title = knowledge.sources.get(source)?.title ?? source;
    const words = [publisher, citation, date === undefined ? undefined : `as of ${date.slice(0, 10)}`]
      .filter((word) => word !== undefined)
      .join(', ');
    const out: ReferenceOut = {
      source_name: title,
      ...(words === '' ? {} : { description: words.toWellFormed() }),
      ...(reference === undefined
        ? { external_id: record.toWellFormed() }
        : { url: reference.toWellFormed() }),
    };
    references.set(JSON.stringify(out), out);
  }
  return [...references.values()];
}

/** The confidence that all claims which give one agree on as their least; absent where none does. */
export function confidenceOf(claims: readonly Claim[]): { readonly confidence?: number } {
  const given = claims.flatMap(({ provenance }) =>
    provenance.confidence === null ? [] : [provenance.confidence],
  );
  if (given.length === 0) return {};
  return { confidence: Math.round(Math.min(100, Math.max(0, Math.min(...given)))) };
}
