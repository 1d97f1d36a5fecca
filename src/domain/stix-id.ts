import { createHash } from 'node:crypto';
import type { EntityType } from './entity-type.ts';

/** A STIX identifier, `TYPE--UUID` in lower case (STIX 2.1, section 2.9). Made only by the functions here. */
export type StixId = string & { readonly __brand: 'StixId' };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const stixIdPattern =
  /^[a-z0-9]+(?:-[a-z0-9]+)*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The namespace of threatbrief's own UUIDv5 identifiers. Never changes: ids once given out keep resolving. */
const ownNamespace = 'b3b7c6a0-52d4-5d0c-9f61-3a1a6f0f7a11';

/** Reads a STIX identifier in any case; undefined when the text is none. */
export function parseStixId(text: string): StixId | undefined {
  const lower = text.trim().toLowerCase();
  return stixIdPattern.test(lower) ? (lower as StixId) : undefined;
}

/** True for a bare UUID of any version, in any case. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text.toLowerCase());
}

/** `TYPE--UUID` from a bare UUID; undefined when the UUID is malformed. */
export function stixIdFromUuid(type: EntityType, uuid: string): StixId | undefined {
  return isUuid(uuid) ? (`${type}--${uuid.toLowerCase()}` as StixId) : undefined;
}

/** The UUID part of a STIX identifier. */
export function uuidOf(id: StixId): string {
  return id.slice(id.indexOf('--') + 2);
}

/** The identifier of an object that no publisher gave one: UUIDv5 of source and external id (the design's rule). */
export function derivedStixId(type: EntityType, source: string, externalId: string): StixId {
  return `${type}--${uuidV5(`${source}\n${externalId}`)}` as StixId;
}

/** RFC 9562 UUIDv5 of a name in threatbrief's own namespace, lower case. */
export function uuidV5(name: string): string {
  const namespace = Buffer.from(ownNamespace.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
