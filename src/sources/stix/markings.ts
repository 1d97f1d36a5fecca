import type { RecordMarking } from '../../domain/record.ts';
import { parseTlp, type Tlp, tlpLevels, unknownMarkingLevel } from '../../domain/tlp.ts';
import type { StixMarkingDefinition } from './schema.ts';

/**
 * The TLP markings whose ids the standards fix: STIX 2.1 section 7.2.1.4 (TLP 1, shared with 2.0) and OASIS's
 * "TLP 2.0 extension definition" of 2022.
 */
const fixedMarkings: ReadonlyMap<string, Tlp> = new Map([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
  ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'clear'],
  ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'green'],
  ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'amber'],
  ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003', 'amber+strict'],
  ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'red'],
]);

const tlp2Extension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

/** A marking as it bears on a record. `none` is a statement (a copyright line) that names no TLP level. */
export type MarkingMeaning =
  | { readonly kind: 'tlp'; readonly marking: RecordMarking }
  | { readonly kind: 'none' };

/**
 * What a marking definition of the bundle means. A type that is neither TLP nor a statement (IEP, PAP, a vendor's
 * own) is unknown, and so amber+strict.
 */
export function markingMeaning(definition: StixMarkingDefinition): MarkingMeaning {
  const extension = definition.extensions?.[tlp2Extension];
  const written = textOf(extension, 'tlp_2_0') ?? textOf(definition.definition, 'tlp');
  if (written !== undefined) return { kind: 'tlp', marking: tlpMarking(written) };
  const fixed = fixedMarkings.get(definition.id);
  if (fixed !== undefined) return { kind: 'tlp', marking: { tlp: fixed } };
  const named = definition.name === undefined ? undefined : parseTlp(definition.name);
  if (named !== undefined) return { kind: 'tlp', marking: tlpMarking(definition.name ?? '') };
  // PAP says what may be done with data, not who may see it.
  if (/^pap:/i.test(definition.name ?? '')) return { kind: 'none' };
  const statement = textOf(definition.definition, 'statement');
  if (definition.definition_type === 'statement' || statement !== undefined) {
    const said = strictestMarking(tlpInStatement(statement ?? ''));
    return said === undefined ? { kind: 'none' } : { kind: 'tlp', marking: said };
  }
  return unknown(definition.name ?? definition.definition_type ?? definition.id);
}

/**
 * TLP levels that a statement names ("TLP:RED, named recipients only"): producers without a TLP marking of their own
 * write it so, and converters turn tags such as `tlp:ex:chr` into statements.
 */
function tlpInStatement(statement: string): readonly RecordMarking[] {
  return [...statement.slice(0, 2000).matchAll(/\btlp:\s?"?(?:amber[+ -]strict|[a-z]+(?::[a-z]+)*)"?/gi)].map(
    ([text]) => tlpMarking(text),
  );
}

/** What a reference to a marking means: by the bundle's definition, else by its fixed id, else unknown. */
export function markingOfRef(ref: string, definitions: ReadonlyMap<string, MarkingMeaning>): MarkingMeaning {
  const id = ref.trim().toLowerCase();
  const fixed = fixedMarkings.get(id);
  // A bundle that redefines a fixed id does not widen it.
  if (fixed !== undefined) return { kind: 'tlp', marking: { tlp: fixed } };
  return definitions.get(id) ?? (isAttackStatement(id) ? { kind: 'none' } : unknown(id));
}

/** The strictest of several markings; undefined for none. Of equal levels the first with a text stays. */
export function strictestMarking(markings: Iterable<RecordMarking>): RecordMarking | undefined {
  let result: RecordMarking | undefined;
  for (const marking of markings) {
    if (result === undefined || rank(marking) > rank(result)) result = marking;
  }
  return result;
}

function rank(marking: RecordMarking): number {
  return tlpLevels.indexOf(marking.tlp);
}

/** ATT&CK's copyright statement, referred to by one-object bundles that do not carry it. */
function isAttackStatement(id: string): boolean {
  return (
    id === 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168' ||
    id === 'marking-definition--17d82bb2-eeeb-4898-bda5-3ddbcd2b799d'
  );
}

function tlpMarking(written: string): RecordMarking {
  const parsed = parseTlp(written) ?? { tlp: unknownMarkingLevel, unknown: true };
  return parsed.unknown ? { tlp: parsed.tlp, text: written, unknown: true } : { tlp: parsed.tlp };
}

function unknown(text: string): MarkingMeaning {
  return { kind: 'tlp', marking: { tlp: unknownMarkingLevel, text, unknown: true } };
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = (value as Readonly<Record<string, unknown>>)[key];
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}
