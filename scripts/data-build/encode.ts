import type { EntityRef, RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import {
  defaultStixId,
  mainMembers,
  plainMembers,
  relationshipTitle,
} from '../../src/ingest/bundled-format.ts';

type Members = Record<string, unknown>;

/** The lines of one file, sorted: citations, entities by id, relationships by subject, predicate and target. */
export function encodeRecords(records: readonly SourceRecord[]): string {
  const citations = citationTable(records);
  const names = new Map(
    records.flatMap(({ entity }) => (entity?.id === undefined ? [] : [[entity.id as string, entity.name]])),
  );
  const cited = [...citations].map(([citation, url]) => JSON.stringify(['cited', citation, url]));
  const entities: string[] = [];
  const relationships: { readonly key: string; readonly line: string }[] = [];
  for (const record of records) {
    if (record.entity !== undefined) entities.push(JSON.stringify(encodeEntity(record, citations)));
    else relationships.push(encodeRelationship(record, citations, names));
  }
  const sorted = relationships.sort((a, b) => compare(a.key, b.key)).map(({ line }) => line);
  return `${[...cited.sort(), ...entities.sort(), ...sorted].join('\n')}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Citations that go with one address wherever they stand. */
function citationTable(records: readonly SourceRecord[]): ReadonlyMap<string, string> {
  const table = new Map<string, string | undefined>();
  const uses = new Map<string, number>();
  for (const { citation, reference } of records.flatMap((record) => record.claims)) {
    if (citation === undefined) continue;
    uses.set(citation, (uses.get(citation) ?? 0) + 1);
    const isSame = !table.has(citation) || table.get(citation) === reference;
    table.set(citation, isSame ? reference : undefined);
  }
  const found = [...table].flatMap(([citation, url]): [string, string][] =>
    url === undefined || (uses.get(citation) ?? 0) < 2 ? [] : [[citation, url]],
  );
  return new Map(found);
}

function encodeEntity(record: SourceRecord, citations: ReadonlyMap<string, string>): Members {
  const { entity, externalId, title, claims, revokedBy } = record;
  if (entity === undefined) throw new Error(`${externalId} has no entity`);
  const line: Members = { id: externalId, type: entity.type, name: entity.name };
  if (title !== entity.name) line['title'] = title;
  if (entity.id !== defaultStixId(entity.type, externalId)) line['stix'] = entity.id ?? '';
  const { externalIds } = entity;
  if (externalIds.length !== 1 || externalIds[0] !== `misp:${externalId}`) line['ids'] = externalIds;
  if (entity.claimedIds !== undefined) line['claimed'] = entity.claimedIds;
  for (const member of plainMembers) if (record[member] !== undefined) line[member] = record[member];
  if (revokedBy !== undefined) line['revokedBy'] = encodeRef(revokedBy);
  const [first] = claims;
  const isNamed =
    first?.predicate === 'name' && first.text === entity.name && Object.keys(first).length === 2;
  if (!isNamed) line['unnamed'] = true;
  const encoded = (isNamed ? claims.slice(1) : claims).map((claim) => encodeClaim(claim, citations));
  if (encoded.length > 0) line['claims'] = encoded;
  return line;
}

function encodeClaim(claim: RecordClaim, citations: ReadonlyMap<string, string>): readonly unknown[] {
  const { predicate, ...members }: Members = { ...claim };
  const member = mainMembers[claim.predicate];
  const { [member]: main, ...rest } = members;
  if (predicate === 'alias' && rest['relation'] === 'same-as') delete rest['relation'];
  for (const pointer of ['subject', 'target']) {
    if (rest[pointer] !== undefined) rest[pointer] = encodeRef(rest[pointer] as EntityRef);
  }
  shortenReference(rest, citations);
  const value = member === 'target' && main !== undefined ? encodeRef(main as EntityRef) : main;
  return Object.keys(rest).length === 0 ? [predicate, value] : [predicate, value, rest];
}

/** Leaves out the address that the citation table has; says null where there is none but the table has one. */
function shortenReference(rest: Members, citations: ReadonlyMap<string, string>): void {
  const known = citations.get(String(rest['citation']));
  if (known === undefined) return;
  if (rest['reference'] === undefined) rest['reference'] = null;
  else if (rest['reference'] === known) delete rest['reference'];
}

function encodeRelationship(
  record: SourceRecord,
  citations: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): { readonly key: string; readonly line: string } {
  const { externalId, title, created, modified, claims, ...others } = record;
  const [claim, ...more] = claims;
  const target = claim !== undefined && 'target' in claim ? claim.target : undefined;
  if (claim?.subject === undefined || target === undefined) {
    throw new Error(`${externalId} (${title}) is no relationship`);
  }
  const { predicate, subject: _subject, target: _target, ...rest }: Members = { ...claim };
  shortenReference(rest, citations);
  const [from, to] = [encodeRef(claim.subject), encodeRef(target)];
  if (title !== relationshipTitle(from, predicate, to, names)) rest['title'] = title;
  if (Object.keys(others).length > 0) rest['record'] = others;
  if (more.length > 0) rest['also'] = more.map((one) => encodeClaim(alike(one, claim), citations));
  const id = externalId.replace(/^relationship--/, '');
  const line = [
    id,
    created,
    modified,
    from,
    predicate,
    to,
    ...(Object.keys(rest).length === 0 ? [] : [rest]),
  ];
  return { key: JSON.stringify([from, predicate, to, id]), line: JSON.stringify(line) };
}

/** A further claim of a relationship, without the subject that all of them have. */
function alike(one: RecordClaim, { subject }: RecordClaim): RecordClaim {
  const { subject: own, ...others } = one;
  if (JSON.stringify(own) !== JSON.stringify(subject))
    throw new Error(`a claim about another than the first`);
  return others;
}

function encodeRef(ref: EntityRef): unknown {
  const { types, id, uuid, create } = ref;
  const members = Object.keys(ref).length;
  if (create || members !== 3) return ref;
  if (id !== undefined && types.length === 1 && id.startsWith(`${types[0]}--`)) return id;
  return uuid === undefined ? ref : `${types.join('+')}:${uuid}`;
}
