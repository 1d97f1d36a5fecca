import { countryName, parseCountry } from '../../domain/country.ts';
import type { RecordClaim } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { parseSector } from '../../domain/sector.ts';
import { assertNever } from '../../support/assert-never.ts';
import { ownValue, textsOf } from '../json-document.ts';
import type { Target } from './facts.ts';
import type { Meta } from './schema.ts';
import { isChinese, translateTargets } from './translations.ts';

const victimKeys = ['cfr-suspected-victims', 'suspected-victims', 'victimology', 'targeted-country'];
const sectorKeys = ['cfr-target-category', 'targeted-sector', 'target-category'];

/** What is targeted, as claims, and what names neither place nor sector: single victims, kept as text. */
export interface ReadTargets {
  readonly claims: readonly RecordClaim[];
  readonly tags: readonly string[];
}

/** A place or a sector as a claim. */
export function targetClaim(target: Target): RecordClaim {
  switch (target.kind) {
    case 'sector':
      return { predicate: 'targets-sector', text: target.text };
    case 'region':
      return { predicate: 'targets-region', text: target.text };
    case 'country':
      return { predicate: 'targets-region', text: countryName(target.country), country: target.country };
    default:
      return assertNever(target);
  }
}

/** Reads victims and sectors out of `meta`, in whatever key and shape they stand. */
export function readTargets(meta: Meta, options: { readonly sectorIsTarget: boolean }): ReadTargets {
  const targets: Target[] = [];
  const tags: string[] = [];
  for (const key of victimKeys) {
    for (const text of textsOf(ownValue(meta, key))) {
      const found = readVictim(text);
      targets.push(...found);
      if (found.length === 0) tags.push(`${key}="${text.slice(0, 200)}"`);
    }
  }
  for (const key of options.sectorIsTarget ? [...sectorKeys, 'sector'] : sectorKeys) {
    for (const text of textsOf(ownValue(meta, key))) targets.push(...readSector(text));
  }
  return { claims: targets.map(targetClaim), tags };
}

function readSector(text: string): readonly Target[] {
  if (!isChinese(text)) return text.length > 120 ? [] : [{ kind: 'sector', text }];
  const translated = translateTargets(text).filter((target) => target.kind === 'sector');
  return translated.length > 0 ? translated : [{ kind: 'sector', text }];
}

/** "Saudi Arabia", "Middle East", "Petrochemical, Aerospace, Saudi Arabia", "Exchanges in South Korea", "印度等国家". */
function readVictim(text: string): readonly Target[] {
  if (text.length > 300) return [];
  if (isChinese(text)) return translateTargets(text);
  const whole = readPlace(text);
  if (whole !== undefined) return [whole];
  const sector = parseSector(text);
  if (sector !== undefined) return [{ kind: 'sector', text }];
  const parts = text.split(/,\s*|(?<!\s)\s+and\s+|;\s*/);
  if (parts.length > 1) return parts.flatMap(readVictim);
  const inPlace = /(?<!\s)\s+in\s+(?:the\s+)?(\S.{1,59})$/.exec(text)?.[1];
  const place = inPlace === undefined ? undefined : readPlace(inPlace);
  return place === undefined ? [] : [place];
}

function readPlace(text: string): Target | undefined {
  const country = parseCountry(text);
  if (country !== undefined) return { kind: 'country', country: country.code, text };
  const region = parseRegion(text);
  return region === undefined ? undefined : { kind: 'region', text: region.name };
}
