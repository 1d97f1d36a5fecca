import { findCountries, parseCountry } from '../../domain/country.ts';
import { parseCveId } from '../../domain/name-key.ts';
import type {
  EntityRef,
  RecordClaim,
  RecordIndicator,
  RecordMarking,
  SourceRecord,
} from '../../domain/record.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { indicatorValue, lookupValuesOf } from '../indicator-values.ts';
import { looseDay } from '../markdown/dates.ts';
import { documentId } from '../markdown/document.ts';
import type { PreparedMarkdown } from '../markdown/prepare.ts';
import { publisherOf } from '../markdown/publisher.ts';
import { sentencesOf } from '../prose/sentences.ts';
import { softwareInProse, usesSoftware } from '../prose/software.ts';
import { exploitClaims, overlapClaims, sinceClaims } from '../prose/statements.ts';
import { spottedTargets } from '../prose/targets.ts';
import { reportTitle, threatLevelTag, titleRef } from '../report-title.ts';
import { confidenceOfTags, tagClaims } from '../tag-claims.ts';
import { markingOfTags, readTag } from '../tags.ts';
import { type ParsedReport, type ReportBullet, splitTags } from './parse.ts';

const maxCommentChars = 500;
const maxProseChars = 20_000;
const minProseChars = 40;
const scannerHosts = /^https?:\/\/(?:www\.)?(?:virustotal\.com|urlscan\.io|hybrid-analysis\.com)\//i;

/** Turns an event report into a record: a report, what it names and states, and every indicator line. */
export function reportToRecord(
  parsed: ParsedReport,
  place: string,
  { meta, markings }: Pick<PreparedMarkdown, 'meta' | 'markings'>,
): SourceRecord {
  const title = reportTitle(parsed.title);
  const tags = [...splitTags(parsed.key.get('tags') ?? ''), ...meta.tags];
  const lines = parsed.bullets.map(readBullet);
  // A bullet without a value says nothing.
  const indicators = lines.map(({ indicator }) => indicator).filter(({ value }) => value !== '');
  const links = lines.flatMap(({ link }) => link ?? []);
  const url = links.find((link) => !scannerHosts.test(link)) ?? links[0];
  const publisher = url === undefined ? undefined : publisherOf(url);
  const created =
    looseDay(parsed.key.get('date') ?? parsed.key.get('published')) ??
    parsed.headingDate ??
    looseDay(meta.date);
  const marking = markingOf([...tags, ...markings], parsed);
  const confidence = confidenceOfTags(tags);
  const level = threatLevelTag(/^\s*(\d)/.exec(parsed.key.get('threat level') ?? '')?.[1] ?? '');
  const subject = onlyActor(tags) ?? titleRef(title);
  const externalId = documentId(place, [title, url ?? '']);
  return {
    externalId,
    title,
    entity: { type: 'report', name: title, externalIds: [] },
    ...(url === undefined ? {} : { url }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(created === undefined ? {} : { created }),
    ...(marking === undefined ? {} : { marking }),
    ...(confidence === undefined ? {} : { confidence }),
    claims: distinctClaims([
      { predicate: 'name', text: title },
      ...tagClaims(tags, () => undefined),
      ...titleClaims(title, tags),
      ...links.map((link): RecordClaim => ({ predicate: 'reference', url: link })),
      ...lines.flatMap(({ claims }) => claims),
      ...lines.flatMap(({ prose }) => (prose === undefined ? [] : proseClaims(prose, subject))),
    ]),
    ...(indicators.length === 0 ? {} : { indicators }),
    tags: [...tags, ...(level === undefined ? [] : [level])],
  };
}

/** A title that begins with a name is about its bearer, unless a tag says whom the report is about. */
function titleClaims(title: string, tags: readonly string[]): readonly RecordClaim[] {
  const subject = titleRef(title);
  if (subject === undefined || onlyActor(tags) !== undefined) return [];
  return [{ predicate: 'reported-in', subject, quote: title }];
}

/** The actor that all actor tags mean; undefined where they name several or none. */
function onlyActor(tags: readonly string[]): EntityRef | undefined {
  const refs = tags.flatMap((tag): EntityRef[] => {
    const meaning = readTag(tag);
    return meaning.kind === 'entity' && meaning.type === 'intrusion-set' ? [meaning.ref] : [];
  });
  const names = new Set(refs.map((ref) => ref.name?.toLowerCase()));
  return names.size === 1 ? (refs.find((ref) => ref.externalId !== undefined) ?? refs[0]) : undefined;
}

interface ReadBullet {
  readonly indicator: RecordIndicator;
  readonly claims: readonly RecordClaim[];
  readonly link?: string;
  readonly prose?: string;
}

function readBullet(bullet: ReportBullet): ReadBullet {
  const type = bullet.type.toLowerCase();
  const isFreeText = type === 'text' || type === 'comment';
  const prose = isFreeText && isProse(bullet) ? bullet.value.slice(0, maxProseChars) : undefined;
  const { value, comment } =
    prose === undefined ? splitComment(bullet) : { value: bullet.value, comment: '' };
  const link = type === 'link' ? parseWebAddress(value) : undefined;
  const cve = type === 'vulnerability' ? parseCveId(value) : undefined;
  const indicator: RecordIndicator = {
    type,
    ...(bullet.category === '' ? {} : { category: bullet.category }),
    value: indicatorValue(type, value),
    lookupValues: lookupValuesOf(type, value),
    ...(comment === '' ? {} : { comment: comment.slice(0, maxCommentChars) }),
  };
  return {
    indicator,
    claims: cve === undefined ? [] : [cveClaim(cve)],
    ...(link === undefined ? {} : { link }),
    ...(prose === undefined ? {} : { prose }),
  };
}

function cveClaim(cve: string): RecordClaim {
  const target: EntityRef = { types: ['vulnerability'], externalId: cve, name: cve, create: true };
  return { predicate: 'exploits', target, text: cve };
}

function isProse(bullet: ReportBullet): boolean {
  const isAnalysis = /^external analysis$/i.test(bullet.category);
  return bullet.value.length >= (isAnalysis ? minProseChars : 300) && bullet.value.includes(' ');
}

/** "value — comment": the first dash with blanks around it parts them. */
function splitComment(bullet: ReportBullet): { readonly value: string; readonly comment: string } {
  const dash = bullet.value.indexOf(' — ');
  return dash < 0
    ? { value: bullet.value, comment: '' }
    : { value: bullet.value.slice(0, dash).trim(), comment: bullet.value.slice(dash + 3).trim() };
}

/** What a report's prose says: kept as description, and read for statements on its actor. */
function proseClaims(text: string, subject: EntityRef | undefined): readonly RecordClaim[] {
  const description: RecordClaim = { predicate: 'description', text, section: 'report' };
  if (subject === undefined) return [description, ...exploitClaims(text)];
  const name = subject.name ?? '';
  const about = sentencesOf(text).filter((sentence) => name !== '' && sentence.includes(name));
  return [
    description,
    ...overlapClaims(text, subject),
    ...about.flatMap((sentence) => statementsOn(sentence, subject)),
    ...sinceClaims(text, subject),
    ...exploitClaims(text, subject),
  ];
}

/** A sentence that names the actor: its origin, its software, its targets. */
function statementsOn(sentence: string, subject: EntityRef): readonly RecordClaim[] {
  const common = { subject, quote: sentence.slice(0, 500) };
  const origin = /\b(?:as|is) an? (?:suspected |likely |probable )?(.{3,60})/.exec(sentence)?.[1] ?? '';
  const [country] = findCountries(origin);
  const isOrigin = country !== undefined && country.start === 0 && parseCountry(country.name) !== undefined;
  // Countries in such a sentence are as often the actor's own: only sectors and regions are taken from it.
  const isTargeting = /\b(?:target(?:s|ed|ing)?|prioriti[sz]\w*|concentrated)\b/i.test(sentence);
  return [
    ...(isOrigin
      ? [{ predicate: 'attributed-to' as const, country: country.code, text: country.name, ...common }]
      : []),
    ...usesSoftware(softwareInProse(sentence), common),
    ...(isTargeting && !isOrigin
      ? spottedTargets(sentence, { countries: false }).map((claim) => ({ ...claim, ...common }))
      : []),
  ];
}

/** The strictest of the tags, of a key "TLP" or "Marking", and of whatever else marks the document. */
function markingOf(tags: readonly string[], parsed: ParsedReport): RecordMarking | undefined {
  const keys = ['tlp', 'marking'].flatMap((key) => parsed.key.get(key) ?? []);
  const written = keys.filter((text) => !/tlp\s?:/i.test(text)).map((text) => `tlp:${text}`);
  return markingOfTags([...tags, ...written, ...parsed.markings]);
}
