import { hash } from 'node:crypto';
import type { RecordIndicator, SourceRecord } from '../domain/record.ts';
import { canonicalJson } from './canonical-json.ts';

/** A record in the form in which it is stored. */
export interface EncodedRecord {
  readonly externalId: string;
  /** Canonical JSON without indicators. */
  readonly content: string;
  /** SHA-256 over the whole record, indicators included; see `isSummaryHash`. */
  readonly contentHash: string;
  readonly indicators: string | null;
  readonly indicatorsHash: string | null;
  readonly indicatorCount: number;
  /** Epoch milliseconds of `modified`, where it is a date. */
  readonly modifiedAt: number | null;
}

export function encodeRecord(record: SourceRecord): EncodedRecord {
  const { indicators, ...rest } = record;
  const content = canonicalJson(rest);
  const hasIndicators = indicators !== undefined && indicators.length > 0;
  const indicatorsJson = hasIndicators ? canonicalJson(indicators) : null;
  const indicatorsHash = indicatorsJson === null ? null : hash('sha256', indicatorsJson, 'base64url');
  return {
    externalId: record.externalId,
    content,
    contentHash:
      (record.summary === true ? summaryMark : '') +
      hash('sha256', indicatorsHash === null ? content : content + indicatorsHash, 'base64url'),
    indicators: indicatorsJson,
    indicatorsHash,
    indicatorCount: hasIndicators ? indicators.length : 0,
    modifiedAt: parseTime(record.modified),
  };
}

const summaryMark = 'summary:';

/** True for the hash of a record that is a summary only: told by the hash, so that imports need not read contents. */
export function isSummaryHash(contentHash: string): boolean {
  return contentHash.startsWith(summaryMark);
}

/** Reads what `encodeRecord` wrote; throws on anything else, which only a damaged database holds. */
export function decodeRecord(content: string): SourceRecord {
  const value: unknown = JSON.parse(content);
  if (!isRecord(value)) throw new Error(`a stored record cannot be read: ${content.slice(0, 80)}`);
  return value;
}

export function decodeIndicators(content: string): readonly RecordIndicator[] {
  const value: unknown = JSON.parse(content);
  return Array.isArray(value) ? (value as RecordIndicator[]) : [];
}

// The shape was checked when the record was made, and its text has a hash: a look at the frame is enough here.
function isRecord(value: unknown): value is SourceRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'externalId' in value &&
    'title' in value &&
    'claims' in value &&
    Array.isArray(value.claims)
  );
}

function parseTime(text: string | undefined): number | null {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** A record's key must fit an index of both databases, and be text that both can hold. */
const maxExternalIdChars = 500;

export function isStorableId(externalId: string): boolean {
  return externalId !== '' && externalId.length <= maxExternalIdChars && !externalId.includes('\0');
}

/** Longer values are found by their hash: PostgreSQL's indexes take no row above some 2,700 bytes. */
const maxLookupChars = 500;

/** The form in which an indicator's look-up value stands in the database, and is asked for. */
export function lookupKey(value: string): string {
  const lower = storableText(value.toLowerCase());
  return lower.length <= maxLookupChars ? lower : `sha256:${hash('sha256', lower, 'hex')}`;
}

/** PostgreSQL's text holds no NUL. */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u{fffd}') : text;
}
