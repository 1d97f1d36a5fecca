import { countryName, parseCountry } from '../../domain/country.ts';
import { nameKey, parseAttackId, parseCveId } from '../../domain/name-key.ts';
import type { RecordClaim } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { parseSector } from '../../domain/sector.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { looseDate } from '../misp-galaxy/loose-date.ts';
import { roughDate } from '../rough-date.ts';
import { splitList } from '../split-list.ts';
import { type CardEvent, type CardName, namesInTitle } from './schema.ts';
import { plainCardText, splitAddresses } from './text.ts';

/** Claims, and what names nothing that there is a predicate for: kept as tags. */
export interface ReadPart {
  readonly claims: readonly RecordClaim[];
  readonly tags: readonly string[];
}

/** What a card writes where it does not know, or does not say who. */
const noAnswer = /^(?:\?+|-+|n\/?a|none|unknown|(?:and )?(?:many |several |various )?others?)$/i;

const bracketed = /^\[([^\]]*)\]$/;

/** A value without square brackets around it; empty for one that says nothing. */
function bare(text: string): string {
  const inside = (bracketed.exec(text.trim())?.[1] ?? text).trim().replace(/(?<![.,;])[.,;]+$/, '');
  return noAnswer.test(inside)
    ? ''
    : inside.replace(/,?\s(?:and\s)?(?:many |several |various )?others$/i, '');
}

/** All names with who gave them: those of the card's title first, since the first of them is its main name. */
export function readNames(
  title: string,
  names: readonly CardName[],
): readonly [string, readonly RecordClaim[]] {
  const inTitle = namesInTitle(title).map((text): CardName => ({ text, giver: '' }));
  const givers = new Map<string, Set<string>>();
  const texts = new Map<string, string>();
  for (const { text: written, giver } of [...inTitle, ...names]) {
    const text = bracketed.exec(written)?.[1]?.trim() ?? written;
    const key = nameKey(text);
    if (key === '') continue;
    if (!texts.has(key)) texts.set(key, text);
    const known = givers.get(key) ?? new Set<string>();
    // "self given" and "real name" tell where a name comes from, but are no organisation that coined it.
    if (bare(giver) !== '' && !/^(?:self[ -]given|real name)$/i.test(giver)) {
      for (const one of splitList(giver, '/')) known.add(one);
    }
    givers.set(key, known);
  }
  const [main = title] = texts.values();
  const claims: RecordClaim[] = [{ predicate: 'name', text: main }];
  for (const [key, text] of texts) {
    const coiners = [...(givers.get(key) ?? [])];
    if (coiners.length === 0 && key !== nameKey(main)) {
      claims.push({ predicate: 'alias', text, relation: 'same-as' });
    }
    for (const coinedBy of coiners) claims.push({ predicate: 'alias', text, relation: 'same-as', coinedBy });
  }
  return [main, claims];
}

/** Countries of origin, regions as text, and the sponsor behind "State-sponsored, …". */
export function originClaims(
  countries: readonly string[],
  sponsors: readonly string[],
): readonly RecordClaim[] {
  const claims = countries.flatMap((written): RecordClaim[] => {
    const text = bare(written);
    if (text === '') return [];
    const country = parseCountry(text);
    return country === undefined
      ? [{ predicate: 'attributed-to', text: parseRegion(text)?.name ?? text.slice(0, 200) }]
      : [{ predicate: 'attributed-to', country: country.code, text: countryName(country.code) }];
  });
  const codes = new Set(claims.flatMap((claim) => ('country' in claim ? [claim.country] : [])));
  const [country] = codes.size === 1 ? codes : [];
  const whole = sponsors.map((text) => text.trim()).join(', ');
  const isState = /^state[ -]sponsored\b/i.test(whole);
  // A sentence about sponsorship names no sponsor.
  const isSentence = !isState && whole.length > 80;
  if (isSentence) claims.push({ predicate: 'detail', label: 'Sponsor', text: whole.slice(0, 1000) });
  const sponsor = isSentence ? '' : bare(whole.replace(/^state[ -]sponsored\s?[,:;]?\s?/i, '')).slice(0, 200);
  // "State-sponsored, China" of a card of China names no sponsor beside the country.
  if (sponsor !== '' && country !== undefined && parseCountry(sponsor)?.code === country) {
    claims.push({ predicate: 'detail', label: 'Sponsor', text: whole.slice(0, 300) });
  } else if (sponsor !== '') {
    // A claim of its own without the country: these words do not name it, so nobody may quote them for it.
    claims.push({ predicate: 'attributed-to', sponsor, text: whole.slice(0, 300) });
  } else if (isState) claims.push({ predicate: 'detail', label: 'Sponsor', text: 'State-sponsored' });
  return claims;
}

/** The words of the cards for motives, in those that other sources use. */
const motives: ReadonlyMap<string, string> = new Map([
  ['informationtheftandespionage', 'Espionage'],
  ['sabotageanddestruction', 'Sabotage'],
]);

export function motivationClaims(texts: readonly string[]): readonly RecordClaim[] {
  return texts.flatMap((written): RecordClaim[] => {
    const text = bare(written).slice(0, 200);
    if (text === '') return [];
    const known = motives.get(nameKey(text));
    return [
      { predicate: 'motivation', text: known ?? text, ...(known === undefined ? {} : { quote: text }) },
    ];
  });
}

/** Since when, at the precision that can be told; the card's words are kept where they say less, or more. */
export function firstSeenClaims(written: string): readonly RecordClaim[] {
  const text = bare(written);
  if (text === '' || isPlaceholderTime(written)) return [];
  const date = roughDate(text);
  if (date === undefined) return [{ predicate: 'detail', label: 'First seen', text: text.slice(0, 200) }];
  return [
    { predicate: 'active-since', text: date, ...(looseDate(text) === undefined ? { quote: text } : {}) },
  ];
}

/** True for a time that stands for none: its years lie outside 1970 to 2099 ("0001-01-01", "9999"). */
export function isPlaceholderTime(written: string): boolean {
  const years =
    bare(written)
      .slice(0, 200)
      .match(/\d{4,}/g) ?? [];
  return years.length > 0 && !years.some((year) => /^(?:19[789]|20\d)\d(?:\d{4})?$/.test(year));
}

const maxSectorChars = 60;

export function sectorPart(sectors: readonly string[]): ReadPart {
  const claims: RecordClaim[] = [];
  const tags: string[] = [];
  for (const written of sectors) {
    const text = bare(written);
    if (text === '') continue;
    const parts =
      parseSector(text) === undefined
        ? text
            .split(/,\s|\sand\s/)
            .map(bare)
            .filter(Boolean)
        : [text];
    const known = parts.filter((part) => parseSector(part) !== undefined);
    const isName = known.length === 0 && text.length <= maxSectorChars;
    for (const part of isName ? [text] : known) claims.push({ predicate: 'targets-sector', text: part });
    if (!isName && known.length < parts.length) tags.push(`observed-sectors="${text.slice(0, 300)}"`);
  }
  return { claims, tags };
}

export function countryPart(countries: readonly string[]): ReadPart {
  const claims: RecordClaim[] = [];
  const tags: string[] = [];
  for (const written of countries) {
    const text = bare(written);
    if (text === '') continue;
    const whole = placeClaim(text);
    const parts = whole === undefined ? text.split(/,\s|\sand\s(?:the\s)?|\/|;/).map(bare) : [];
    const found = [whole, ...parts.map(placeClaim)].filter((claim) => claim !== undefined);
    claims.push(...found);
    if (whole === undefined && found.length < parts.filter((part) => part !== '').length) {
      tags.push(`observed-countries="${text.slice(0, 300)}"`);
    }
  }
  return { claims, tags };
}

function placeClaim(text: string): RecordClaim | undefined {
  const country = parseCountry(text);
  if (country !== undefined) {
    return { predicate: 'targets-region', text: countryName(country.code), country: country.code };
  }
  const region = parseRegion(text);
  return region === undefined ? undefined : { predicate: 'targets-region', text: region.name };
}

/** Tools by name; a CVE is exploited, and what speaks of exploits in words stays a tag. */
export function toolPart(tools: readonly string[]): ReadPart {
  const claims: RecordClaim[] = [];
  const tags: string[] = [];
  for (const written of tools) {
    const name = bare(plainCardText(written));
    if (nameKey(name) === '') continue;
    const cve = parseCveId(name);
    if (cve !== undefined) {
      const target = { types: ['vulnerability'], externalId: cve, name: cve, create: true } as const;
      claims.push({ predicate: 'exploits', target, text: cve });
    } else if (
      /\b0-?days?\b|\bzero[ -]days?\b|^(?:several|various|many)\b/i.test(name) ||
      name.length > 100
    ) {
      tags.push(`tools="${name.slice(0, 300)}"`);
    } else {
      claims.push({ predicate: 'uses', target: { types: ['malware', 'tool'], name, create: true } });
    }
  }
  return { claims, tags };
}

/** What happened, each with its time and the first address given for it; the other addresses are references. */
export function eventClaims(label: string, events: readonly CardEvent[]): readonly RecordClaim[] {
  return events.flatMap(({ date, activity }): RecordClaim[] => {
    const { text, urls } = splitAddresses(plainCardText(activity));
    const [reference, ...more] = urls;
    const on = looseDate(date) ?? (date.trim() === '' ? 'undated' : date.trim().slice(0, 40));
    const event: RecordClaim = {
      predicate: 'detail',
      label,
      text: (text === '' ? (reference ?? '') : text).slice(0, 4000),
      on,
      ...(reference === undefined ? {} : { reference }),
    };
    const others = more.map((url): RecordClaim => ({ predicate: 'reference', url }));
    return event.text === '' ? others : [event, ...others];
  });
}

export function linkClaims(texts: readonly string[], title?: string): readonly RecordClaim[] {
  return texts.flatMap((text): RecordClaim[] => {
    const url = parseWebAddress(text);
    return url === undefined
      ? []
      : [{ predicate: 'reference', url, ...(title === undefined ? {} : { title }) }];
  });
}

/** The ATT&CK ids in addresses such as `https://attack.mitre.org/groups/G0087/`. */
export function attackIdsIn(texts: readonly string[]): readonly string[] {
  const ids = texts.flatMap((text) => {
    const id = /attack\.mitre\.org\/(?:wiki\/)?(?:groups?|software)\/([GS]\d{4})\b/i.exec(text)?.[1] ?? text;
    return parseAttackId(id) ?? [];
  });
  return [...new Set(ids)];
}
