import type { EntityType } from '../../domain/entity-type.ts';
import { nameKey, parseAttackId, parseCveId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim, RecordEntity, SourceRecord } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { uuidV5 } from '../../domain/stix-id.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { assertNever } from '../../support/assert-never.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { typesToResolve } from '../galaxy-kinds.ts';
import { recordIdOfName } from '../record-id.ts';
import { roughDate } from '../rough-date.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Column, Columns } from './columns.ts';
import type { FieldName } from './mapping.ts';
import { addressesIn, confidenceIn, dateIn, markingIn, placeIn, valueOf, valuesIn } from './values.ts';

/** A row as a record, with what of it could not be read. */
export interface RowResult {
  readonly record: SourceRecord;
  readonly notices: readonly string[];
}

const maxNameChars = 300;

interface Value {
  readonly value: string;
  readonly column: Column;
}

const none: readonly never[] = [];

/** The cells of a row by field. */
export class RowReader {
  private readonly cells: readonly string[];
  private readonly fields: Columns['fields'];

  constructor(cells: readonly string[], { fields }: Columns) {
    this.cells = cells;
    this.fields = fields;
  }

  /** The first of the field's columns that says something; empty where none does. */
  one(field: FieldName, maxChars = 2048): string {
    for (const { at } of this.fields[field] ?? none) {
      const value = valueOf(this.cells[at] ?? '', maxChars);
      if (value !== '') return value;
    }
    return '';
  }

  /** All values of all the field's columns. */
  all(field: FieldName): readonly Value[] {
    const columns = this.fields[field];
    if (columns === undefined) return none;
    const valuesOf = field === 'references' ? addressesIn : valuesIn;
    return columns.flatMap((column) =>
      valuesOf(this.cells[column.at] ?? '', column.split).map((value) => ({ value, column })),
    );
  }

  column(field: FieldName): Column | undefined {
    return this.fields[field]?.[0];
  }
}

/** What tells a row from all others: its key, else its name, and for reports their date and address too. */
export interface RowIdentity {
  readonly name: string;
  readonly key: string;
}

/** Undefined for a row without a name. */
export function identityOf(row: RowReader, type: EntityType): RowIdentity | undefined {
  const written = row.one('name', maxNameChars);
  const name = /[\n\r\t]| {2}/.test(written) ? written.replace(/\s+/g, ' ') : written;
  if (nameKey(name) === '') return undefined;
  const nameAsKey = recordIdOfName(name);
  const key = row.one('key', 200);
  if (key !== '') return { name, key };
  if (type === 'report') {
    return { name, key: uuidV5(['csv', name, row.one('date', 60), row.one('url')].join('\n')) };
  }
  return { name, key: type === 'vulnerability' ? (parseCveId(name) ?? nameAsKey) : nameAsKey };
}

/** Turns a row into a record. */
export function rowToRecord(row: RowReader, { name, key }: RowIdentity, type: EntityType): RowResult {
  const notices: string[] = [];
  const title = type === 'vulnerability' ? (parseCveId(name) ?? name) : name;
  const url = parseWebAddress(row.one('url'));
  const publisher = row.one('publisher', 200);
  const created = dateField(row, 'date', notices);
  const marking = markingIn(row.one('tlp', 60));
  if (marking?.unknown === true) notices.push(unknownMarkingNotice(marking));
  const confidence = confidenceField(row, notices);
  const tags = row.all('tags').map(({ value }) => value);
  const record: SourceRecord = {
    externalId: key,
    title,
    entity: entityOf(row, type, title),
    ...(url === undefined ? {} : { url }),
    ...(publisher === '' ? {} : { publisher }),
    ...(created === undefined ? {} : { created }),
    ...(marking === undefined ? {} : { marking }),
    ...(confidence === undefined ? {} : { confidence }),
    claims: withoutRepeats(claimsOf(row, type, title, notices)),
    ...(tags.length === 0 ? {} : { tags }),
    ...(type === 'report' && row.column('actors') === undefined ? { mentionsIn: title } : {}),
  };
  return { record, notices };
}

/** Most rows say each kind of thing once: only where one is said again is it worth to compare the claims. */
function withoutRepeats(claims: readonly RecordClaim[]): readonly RecordClaim[] {
  const kinds = new Set(claims.map(({ predicate }) => predicate));
  return kinds.size === claims.length ? claims : distinctClaims(claims);
}

/** One id is the row's own; a list of ids is what its author compares with. */
function entityOf(row: RowReader, type: EntityType, name: string): RecordEntity {
  const written = [...row.all('ids').map(({ value }) => value), ...(type === 'vulnerability' ? [name] : [])];
  const ids = [...new Set(written.flatMap((id) => parseAttackId(id) ?? parseCveId(id) ?? []))];
  const isOwn = ids.length === 1;
  return {
    type,
    name,
    externalIds: isOwn ? ids : [],
    ...(isOwn || ids.length === 0 ? {} : { claimedIds: ids }),
  };
}

function dateField(
  row: RowReader,
  field: 'date' | 'firstSeen' | 'lastSeen',
  notices: string[],
): string | undefined {
  const cell = row.one(field, 60);
  const format = row.column(field)?.format;
  const date = dateIn(cell, format);
  if (cell !== '' && date === undefined) {
    notices.push(
      `"${cell.slice(0, 40)}" is no date; expected ${format ?? 'YYYY-MM-DD, or a `format` in the mapping'}`,
    );
  }
  return date;
}

function confidenceField(row: RowReader, notices: string[]): number | undefined {
  const cell = row.one('confidence', 40);
  const confidence = confidenceIn(cell);
  if (cell !== '' && confidence === undefined) {
    notices.push(`"${cell}" is no confidence; expected 0 to 100, low, medium or high`);
  }
  return confidence;
}

function claimsOf(row: RowReader, type: EntityType, name: string, notices: string[]): readonly RecordClaim[] {
  const description = row.one('description', 20_000);
  const lastSeen = dateField(row, 'lastSeen', notices);
  return [
    { predicate: 'name', text: name },
    ...aliasClaims(row, name),
    ...row
      .all('countries')
      .map(({ value }): RecordClaim => ({ predicate: 'attributed-to', ...placeIn(value) })),
    ...sponsorClaims(row),
    ...row
      .all('motivation')
      .map(({ value }): RecordClaim => ({ predicate: 'motivation', text: value.slice(0, 200) })),
    ...firstSeenClaims(row, notices),
    ...(lastSeen === undefined ? [] : [{ predicate: 'last-seen', text: lastSeen } as const]),
    ...row
      .all('sectors')
      .map(({ value }): RecordClaim => ({ predicate: 'targets-sector', text: value.slice(0, 120) })),
    ...row.all('regions').map(({ value }) => regionClaim(value)),
    ...row
      .all('software')
      .map(({ value }): RecordClaim => ({ predicate: 'uses', target: softwareRef(value) })),
    ...row.all('techniques').flatMap(({ value }) => techniqueClaims(value, notices)),
    ...row.all('vulnerabilities').map(({ value }) => exploitClaim(value)),
    ...row.all('actors').map(({ value }) => actorClaim(value, type, name)),
    ...(description === '' ? [] : [descriptionClaim(description, type)]),
    ...row.all('references').flatMap(({ value }) => referenceClaims(value, notices)),
  ];
}

function aliasClaims(row: RowReader, name: string): readonly RecordClaim[] {
  return row
    .all('aliases')
    .flatMap(({ value, column: { coinedBy, relation = 'same-as' } }): RecordClaim[] => {
      const isMain = nameKey(value) === nameKey(name);
      if (nameKey(value) === '' || (isMain && coinedBy === undefined) || value.length > maxNameChars)
        return [];
      const text = isMain ? name : value;
      return [{ predicate: 'alias', text, relation, ...(coinedBy === undefined ? {} : { coinedBy }) }];
    });
}

function sponsorClaims(row: RowReader): readonly RecordClaim[] {
  const sponsor = row.one('sponsor', 200);
  return sponsor === '' ? [] : [{ predicate: 'attributed-to', sponsor, text: sponsor }];
}

/** As the format has it; without a format roughly too: "2013?" is 2013, with the cell's words. */
function firstSeenClaims(row: RowReader, notices: string[]): readonly RecordClaim[] {
  const cell = row.one('firstSeen', 60);
  if (cell === '') return [];
  if (row.column('firstSeen')?.format !== undefined) {
    const date = dateField(row, 'firstSeen', notices);
    return date === undefined ? [] : [{ predicate: 'active-since', text: date }];
  }
  const exact = dateIn(cell, undefined);
  const rough = exact ?? roughDate(cell);
  if (rough === undefined) {
    notices.push(`"${cell.slice(0, 40)}" tells no time since when it is active`);
    return [];
  }
  return [{ predicate: 'active-since', text: rough, ...(exact === undefined ? { quote: cell } : {}) }];
}

function regionClaim(value: string): RecordClaim {
  const { text, country } = placeIn(value);
  return country === undefined
    ? { predicate: 'targets-region', text: parseRegion(value)?.name ?? text }
    : { predicate: 'targets-region', text, country };
}

function softwareRef(name: string): EntityRef {
  return { types: ['malware', 'tool'], name: name.slice(0, 200), create: true };
}

/** "T1566", "Phishing (T1566.001)", or a name; what is in no list of techniques stays text. */
function techniqueClaims(value: string, notices: string[]): readonly RecordClaim[] {
  const id = /\bT\d{4}(?:\.\d{3})?\b/i.exec(value)?.[0].toUpperCase();
  if (id === undefined && value.length > 100) {
    notices.push(`"${value.slice(0, 40)}…" is no technique: left out`);
    return [];
  }
  const target: EntityRef = {
    types: ['attack-pattern'],
    ...(id === undefined ? { name: value } : { externalId: id }),
    create: false,
  };
  return [{ predicate: 'uses', target }];
}

function exploitClaim(value: string): RecordClaim {
  const cve = parseCveId(value);
  if (cve === undefined) return { predicate: 'exploits', text: value.slice(0, 300) };
  const target: EntityRef = { types: ['vulnerability'], externalId: cve, name: cve, create: true };
  return { predicate: 'exploits', target, text: cve };
}

/** The actors of a report are named in it; others use it, exploit it, or carry it out. */
function actorClaim(value: string, type: EntityType, name: string): RecordClaim {
  const id = parseAttackId(value);
  const ref: EntityRef = {
    types: typesToResolve('intrusion-set'),
    ...(id === undefined ? { name: value.slice(0, maxNameChars) } : { externalId: id }),
    create: false,
  };
  const self: EntityRef = { types: typesToResolve(type), name, create: false };
  switch (type) {
    case 'campaign':
      return { predicate: 'attributed-to', text: value.slice(0, 200), target: ref };
    case 'malware':
    case 'tool':
    case 'attack-pattern':
      return { predicate: 'uses', subject: ref, target: self };
    case 'vulnerability':
      return { predicate: 'exploits', subject: ref, target: self, text: self.name ?? '' };
    case 'intrusion-set':
      return { predicate: 'related-to', relation: 'related', target: ref };
    case 'report':
    case 'indicator':
      return { predicate: 'reported-in', subject: ref };
    default:
      return assertNever(type);
  }
}

function descriptionClaim(text: string, type: EntityType): RecordClaim {
  return { predicate: 'description', text, section: type === 'report' ? 'report' : 'overview' };
}

function referenceClaims(value: string, notices: string[]): readonly RecordClaim[] {
  const url = parseWebAddress(value);
  if (url !== undefined) return [{ predicate: 'reference', url }];
  notices.push(`"${value.slice(0, 60)}" is no http or https address: left out`);
  return [];
}
