import { findCountries, parseCountry } from '../../domain/country.ts';
import { nameKey, parseAttackId } from '../../domain/name-key.ts';
import type { RecordClaim, RecordEntity, SourceRecord } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { withoutBullet } from '../markdown/bullets.ts';
import { looseDay } from '../markdown/dates.ts';
import { documentId } from '../markdown/document.ts';
import { linksIn, type MarkdownLink, withoutLinks } from '../markdown/links.ts';
import type { PreparedMarkdown } from '../markdown/prepare.ts';
import { publisherOf } from '../markdown/publisher.ts';
import { readSynonym } from '../misp-galaxy/names.ts';
import { maxAnalysedChars } from '../prose/sentences.ts';
import { softwareInProse, softwareNames, usesSoftware } from '../prose/software.ts';
import { exploitClaims, overlapClaims, sinceClaims, techniqueIdsIn } from '../prose/statements.ts';
import { targetClaims } from '../prose/targets.ts';
import { markingOfTags } from '../tags.ts';
import { findActor } from './actor.ts';
import type { ParsedProfile } from './parse.ts';

const maxTextChars = 20_000;

/** Turns a profile into a record; undefined where nothing in it tells whom it is about. */
export function profileToRecord(
  profile: ParsedProfile,
  place: string,
  { meta, markings }: Pick<PreparedMarkdown, 'meta' | 'markings'>,
): SourceRecord | undefined {
  const links = linksIn(profile.text);
  const title = profile.heading ?? meta.title;
  const actor = findActor(title === undefined ? profile : { ...profile, heading: title }, links);
  if (actor === undefined) return undefined;
  const url = links[0]?.url ?? parseWebAddress(meta.url ?? '');
  const publisher = url === undefined ? undefined : publisherOf(url);
  const written = [...(actor.aliases ?? []), ...meta.aliases, partOf(profile, 'aka')].join('\n');
  const aliases = readAliases(written, actor.name);
  const marking = markingOfTags([...markings, ...profile.markings]);
  const modified = looseDay(meta.date);
  const attribution = attributionClaims(partOf(profile, 'attribution'));
  const entity: RecordEntity = {
    type: 'intrusion-set',
    name: actor.name,
    externalIds: actor.attackId === undefined ? [] : [actor.attackId],
    ...(aliases.claimedIds.length === 0 ? {} : { claimedIds: aliases.claimedIds }),
  };
  return {
    externalId: documentId(place, [actor.name, url ?? '']),
    title: actor.name,
    entity,
    ...(url === undefined ? {} : { url }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(modified === undefined ? {} : { modified }),
    ...(marking === undefined ? {} : { marking }),
    claims: distinctClaims([
      // An id is no name, also where the profile has nothing else.
      ...(actor.name === actor.attackId ? [] : [{ predicate: 'name' as const, text: actor.name }]),
      ...aliases.claims,
      ...attribution,
      ...targetClaims(partOf(profile, 'sectors'), new Set(countriesOf(attribution))),
      ...overviewClaims(profile),
      ...malwareClaims(partOf(profile, 'malware')),
      ...vectorClaims(partOf(profile, 'vectors')),
      ...referenceClaims(links),
    ]),
  };
}

type PartName = Parameters<ParsedProfile['parts']['get']>[0];

/** A part's text without the lines that are only a link. */
function partOf(profile: ParsedProfile, part: PartName): string {
  return withoutLinks(profile.parts.get(part) ?? '').trim();
}

function readAliases(
  text: string,
  name: string,
): { readonly claims: readonly RecordClaim[]; readonly claimedIds: readonly string[] } {
  const claims: RecordClaim[] = [];
  const claimedIds = new Set<string>();
  const seen = new Set([nameKey(name)]);
  const written = text.slice(0, maxAnalysedChars).split(/[,;\n•|]/);
  for (const alias of written.flatMap((item) => readSynonym(withoutBullet(item), { isActor: true }))) {
    const id = /^[gc]/i.test(alias.text) ? parseAttackId(alias.text) : undefined;
    const key = nameKey(alias.text);
    if (id !== undefined) claimedIds.add(id);
    else if (!seen.has(key)) claims.push({ predicate: 'alias', ...alias });
    seen.add(key);
  }
  return { claims, claimedIds: [...claimedIds] };
}

const noAttribution = /^(?:unknown|unattributed|none|n\/?a|-|undisclosed|not (?:known|attributed).*)\.?$/i;

/** "Iran", or a sentence in which countries stand; the text is kept as written. */
function attributionClaims(text: string): readonly RecordClaim[] {
  const written = text.replace(/\s+/g, ' ').trim().slice(0, 500);
  if (written === '' || noAttribution.test(written)) return [];
  const whole = parseCountry(written.replace(/\.$/, ''));
  const countries = whole === undefined ? findCountries(written) : [whole];
  const codes = [...new Set(countries.map(({ code }) => code))];
  if (codes.length === 0) {
    return [{ predicate: 'attributed-to', text: parseRegion(written)?.name ?? written }];
  }
  const quote = whole === undefined ? { quote: written } : {};
  return codes.map((country) => ({ predicate: 'attributed-to', country, text: written, ...quote }));
}

function countriesOf(claims: readonly RecordClaim[]): readonly string[] {
  return claims.flatMap((claim) => {
    return claim.predicate === 'attributed-to' && claim.country !== undefined ? [claim.country] : [];
  });
}

function overviewClaims(profile: ParsedProfile): readonly RecordClaim[] {
  const text = [partOf(profile, 'overview'), partOf(profile, 'description')]
    .filter((part) => part !== '')
    .join('\n\n');
  if (text === '') return [];
  return [
    { predicate: 'description', text: text.slice(0, maxTextChars), section: 'overview' },
    ...overlapClaims(text),
    ...sinceClaims(text),
    ...exploitClaims(text),
  ];
}

function malwareClaims(text: string): readonly RecordClaim[] {
  if (text === '') return [];
  const names = softwareNames(text);
  const isList =
    names.length > 0 &&
    !/[.!?](?:\s|$)/.test(withoutBullets(text.slice(0, maxAnalysedChars)).replace(/\.\w/g, ''));
  const quote = isList ? {} : { quote: text.replace(/\s+/g, ' ').slice(0, 500) };
  const description: readonly RecordClaim[] = isList
    ? []
    : [{ predicate: 'description', text: text.slice(0, maxTextChars), section: 'associated-malware' }];
  return [...description, ...usesSoftware(names, quote)];
}

function withoutBullets(text: string): string {
  return text.split('\n').map(withoutBullet).join('\n');
}

/** "Spearphishing Attachment (T1566.001); PowerShell (T1059.001)": techniques by id. Prose is kept and read. */
function vectorClaims(text: string): readonly RecordClaim[] {
  if (text === '') return [];
  const items = text.slice(0, maxAnalysedChars).split(/[;\n]/).map(readTechnique);
  if (items.every((item) => item !== undefined)) return items.flatMap((item) => item ?? []);
  return [
    { predicate: 'description', text: text.slice(0, maxTextChars), section: 'attack-vectors' },
    ...techniqueIdsIn(text).map(
      (id): RecordClaim => ({
        predicate: 'uses',
        target: { types: ['attack-pattern'], externalId: id, create: false },
      }),
    ),
    ...usesSoftware(softwareInProse(text)),
    ...exploitClaims(text),
  ];
}

/** One item of a list of techniques; an empty list for a blank item, undefined for anything else. */
function readTechnique(item: string): readonly RecordClaim[] | undefined {
  const text = withoutBullet(item).trim().replace(/[.,]$/, '');
  if (text === '') return [];
  const match = text.length > 200 ? null : /^(.{0,150}?)\s*\(?(T\d{4}(?:\.\d{3})?)\)?$/.exec(text);
  const id = parseAttackId(match?.[2] ?? '');
  if (id === undefined) return undefined;
  const name = match?.[1]?.trim() ?? '';
  const target =
    name === ''
      ? { types: ['attack-pattern' as const], externalId: id, create: false }
      : { types: ['attack-pattern' as const], externalId: id, name, create: true };
  return [{ predicate: 'uses', target }];
}

function referenceClaims(links: readonly MarkdownLink[]): readonly RecordClaim[] {
  return links.map(({ url, title }) => ({
    predicate: 'reference',
    url,
    ...(title === undefined ? {} : { title }),
  }));
}
