import type { EntityType } from '../domain/entity-type.ts';
import { parseAttackId } from '../domain/name-key.ts';
import type { EntityRef, RecordMarking } from '../domain/record.ts';
import { parseTlp, stricter } from '../domain/tlp.ts';
import { galaxyKind, typesToResolve } from './galaxy-kinds.ts';
import { taxonomyConfidence, taxonomyPredicate, valueLabel } from './taxonomy-table.ts';

/** A MISP machine tag, `namespace:predicate="value"`; `predicate` alone for a plain word. */
export interface MachineTag {
  readonly namespace: string;
  readonly predicate: string;
  readonly value?: string;
}

/** What a tag says. `text` is all that has no further meaning for us. */
export type TagMeaning =
  /** An actor, campaign, malware, tool or technique is named. */
  | { readonly kind: 'entity'; readonly type: EntityType; readonly ref: EntityRef }
  | { readonly kind: 'sector'; readonly text: string }
  /** A country, or a region of the world. */
  | { readonly kind: 'place'; readonly text: string }
  | { readonly kind: 'marking'; readonly marking: RecordMarking }
  /** Permissible Actions Protocol: kept as text beside the marking. */
  | { readonly kind: 'pap'; readonly text: string }
  /** 0–100. */
  | { readonly kind: 'confidence'; readonly value: number }
  | { readonly kind: 'text' };

const maxTagChars = 1024;

/**
 * Reads `namespace:predicate="value"` (quotes optional, the value may hold commas, quotes and equals signs) and
 * `namespace:predicate`. Undefined for a text without a namespace, and for one longer than 1,024 characters.
 */
export function parseMachineTag(text: string): MachineTag | undefined {
  const tag = text.trim();
  const colon = tag.indexOf(':');
  if (colon <= 0 || tag.length > maxTagChars) return undefined;
  const namespace = tag.slice(0, colon).toLowerCase();
  const rest = tag.slice(colon + 1);
  if (!/^[a-z0-9_.-]+$/.test(namespace) || rest === '' || rest.startsWith('//')) return undefined;
  const equals = rest.indexOf('=');
  if (equals <= 0) return { namespace, predicate: rest };
  const written = rest.slice(equals + 1).trim();
  const isQuoted = written.length >= 2 && written.startsWith('"') && written.endsWith('"');
  return {
    namespace,
    predicate: rest.slice(0, equals).trim(),
    value: (isQuoted ? written.slice(1, -1) : written.replace(/^"/, '')).trim(),
  };
}

/** The letter of ATT&CK ids by type: `T9000` is a malware's name, not a technique, where malware is meant. */
const idLetters: Readonly<Partial<Record<EntityType, string>>> = {
  'intrusion-set': 'G',
  campaign: 'C',
  malware: 'S',
  tool: 'S',
  'attack-pattern': 'T',
};

/**
 * Splits a galaxy entry's value of the form "APT39 - G0087" or "T1193" into name and ATT&CK id. "Name - APT-C-00"
 * and other names with a dash stay whole, as does an id of another type than `type`.
 */
export function parseGalaxyValue(
  value: string,
  type: EntityType,
): { readonly name?: string; readonly externalId?: string } {
  const idOf = (text: string): string | undefined => {
    const id = parseAttackId(text);
    return id?.startsWith(idLetters[type] ?? '-') === true ? id : undefined;
  };
  const whole = idOf(value);
  if (whole !== undefined) return { externalId: whole };
  const dash = value.lastIndexOf(' - ');
  const externalId = dash > 0 ? idOf(value.slice(dash + 3)) : undefined;
  const name = externalId === undefined ? value.trim() : value.slice(0, dash).trim();
  return {
    ...(name === '' ? {} : { name }),
    ...(externalId === undefined ? {} : { externalId }),
  };
}

/** Points to a galaxy entry by what a tag or a cluster tells of it. The name alone never makes an entity. */
export function galaxyRef(type: EntityType, galaxy: string, value: string, uuid?: string): EntityRef {
  const parsed = parseGalaxyValue(value, type);
  // 360.net's entries are named "海莲花 - APT-C-00": the code is the name that others use too.
  const code = galaxy === '360net-threat-actor' ? / - (APT-C-\d+)$/.exec(value)?.[1] : undefined;
  const name = code ?? parsed.name;
  return {
    types: typesToResolve(type),
    ...(uuid === undefined ? {} : { uuid }),
    ...(parsed.externalId === undefined ? {} : { externalId: parsed.externalId }),
    ...(name === undefined ? {} : { name }),
    create: false,
  };
}

/** The likelihood, 0–100, of an `estimative-language:likelihood-probability` tag; undefined for any other. */
export function likelihoodOf(tag: MachineTag): number | undefined {
  if (tag.namespace !== 'estimative-language' || tag.predicate.toLowerCase() !== 'likelihood-probability')
    return undefined;
  return taxonomyConfidence(tag.namespace, tag.predicate, tag.value ?? '');
}

/** What one tag says; `text` for a tag of which nothing is known here. */
export function readTag(text: string): TagMeaning {
  const tlp = parseTlp(text);
  if (tlp !== undefined && /^\s*tlp:/i.test(text)) {
    const marking = tlp.unknown
      ? { tlp: tlp.tlp, text: text.trim().slice(0, 100), unknown: true }
      : { tlp: tlp.tlp };
    return { kind: 'marking', marking };
  }
  const tag = parseMachineTag(text);
  if (tag === undefined) return { kind: 'text' };
  switch (tag.namespace) {
    case 'misp-galaxy':
      return readGalaxyTag(tag);
    case 'pap':
      return { kind: 'pap', text: text.trim() };
    case 'threatmatch':
      return readThreatMatch(tag);
    default:
      return readConfidence(tag);
  }
}

function readGalaxyTag(tag: MachineTag): TagMeaning {
  const value = tag.value ?? '';
  if (value === '') return { kind: 'text' };
  const kind = galaxyKind(tag.predicate);
  if (kind.kind === 'entity') {
    return { kind: 'entity', type: kind.type, ref: galaxyRef(kind.type, tag.predicate, value) };
  }
  if (kind.kind === 'other' || kind.of === 'producer') return { kind: 'text' };
  return kind.of === 'sector' ? { kind: 'sector', text: value } : { kind: 'place', text: value };
}

function readThreatMatch(tag: MachineTag): TagMeaning {
  const text = tag.value?.slice(0, 120) ?? '';
  return tag.predicate.toLowerCase() === 'sector' && text !== ''
    ? { kind: 'sector', text }
    : { kind: 'text' };
}

function readConfidence({ namespace, predicate, value = '' }: MachineTag): TagMeaning {
  if (namespace === 'osint' && predicate.toLowerCase() === 'certainty') {
    const number = /^(\d{1,3})\s?%?$/.exec(value)?.[1];
    return number !== undefined && Number(number) <= 100
      ? { kind: 'confidence', value: Number(number) }
      : { kind: 'text' };
  }
  const confidence = taxonomyConfidence(namespace, predicate, value);
  return confidence === undefined ? { kind: 'text' } : { kind: 'confidence', value: confidence };
}

/** Namespaces whose tags are told elsewhere on a card, or are for machines. */
const silentNamespaces = new Set(['misp-galaxy', 'tlp', 'pap', 'http', 'https']);

/**
 * A tag with a value as label and text: in words where its taxonomy is in the table, else as it is written, by which
 * the words of a taxonomy that an operator imported are found. Undefined for a tag without a value.
 */
export function tagDetail(text: string): { readonly label: string; readonly text: string } | undefined {
  const tag = parseMachineTag(text);
  if (tag?.value === undefined || tag.value === '' || silentNamespaces.has(tag.namespace)) return undefined;
  if (readTag(text).kind === 'sector') return undefined;
  const known = taxonomyPredicate(tag.namespace, tag.predicate);
  return known === undefined
    ? { label: `${tag.namespace}:${tag.predicate}`.slice(0, 200), text: tag.value.slice(0, 200) }
    : { label: known.label, text: valueLabel(known, tag.value) };
}

/** True where a tag says that what carries it is no threat after all. */
export function isConfirmedFalsePositive(tags: readonly string[]): boolean {
  return tags.some((text) => {
    const tag = parseMachineTag(text);
    const isAbout = tag?.namespace === 'false-positive' && tag.predicate.toLowerCase() === 'confirmed';
    return isAbout && tag.value?.toLowerCase() === 'true';
  });
}

/**
 * The marking of something that carries these tags: the strictest TLP level, an unknown `tlp:` as AMBER+STRICT
 * with its words, PAP as text beside it. Undefined when no tag is a TLP marking.
 */
export function markingOfTags(tags: readonly string[]): RecordMarking | undefined {
  let result: RecordMarking | undefined;
  const texts: string[] = [];
  for (const tag of tags) {
    const meaning = readTag(tag);
    if (meaning.kind === 'pap') texts.push(meaning.text);
    if (meaning.kind !== 'marking') continue;
    if (meaning.marking.text !== undefined) texts.push(meaning.marking.text);
    const unknown = result?.unknown === true || meaning.marking.unknown === true;
    const tlp = result === undefined ? meaning.marking.tlp : stricter(result.tlp, meaning.marking.tlp);
    result = { tlp, ...(unknown ? { unknown } : {}) };
  }
  if (result === undefined) return undefined;
  return texts.length === 0 ? result : { ...result, text: [...new Set(texts)].join(', ') };
}

/** What to tell the operator of a marking that TLP does not define, or a distribution that MISP does not. */
export function unknownMarkingNotice(marking: RecordMarking): string {
  const text = marking.text ?? '';
  if (text.startsWith('distribution ')) {
    return `the ${text} is none that MISP defines: kept as TLP:AMBER+STRICT`;
  }
  return `the marking ${text} is none of TLP 2.0: kept as TLP:AMBER+STRICT`;
}
