import type {
  EntityRef,
  RecordClaim,
  RecordIndicator,
  RecordMarking,
  SourceRecord,
} from '../../domain/record.ts';
import { stixIdFromUuid } from '../../domain/stix-id.ts';
import { isAllowed, type Tlp } from '../../domain/tlp.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { md5OfValueIndicator } from '../misp-hashes/indicator.ts';
import { reportTitle, threatLevelTag, titleRef } from '../report-title.ts';
import { confidenceOfTags, tagClaims, tagDetailClaims } from '../tag-claims.ts';
import { markingOfTags } from '../tags.ts';
import { readAttribute } from './attributes.ts';
import { atLeast, floorOfDistribution } from './distribution.ts';
import { readGalaxies, tagKey } from './galaxies.ts';
import { reportText } from './report-text.ts';
import {
  attributeSchema,
  eventReportSchema,
  type MispEvent,
  type MispObject,
  objectSchema,
  tagName,
  tagNames,
} from './schema.ts';
import { isoDay, isoTime } from './times.ts';

export interface EventResult {
  readonly record: SourceRecord;
  /** Attributes and objects that could not be taken, with their path inside the event. */
  readonly rejections: readonly { readonly path: string; readonly reason: string }[];
  /** Markings that TLP does not define, of the event and of its attributes, each once. */
  readonly unknownMarkings: readonly RecordMarking[];
}

const analysisStates: Readonly<Record<string, string>> = { '0': 'Initial', '1': 'Ongoing', '2': 'Completed' };
/** Pages of scanners are references, but nothing that an event is about. */
const scannerHosts =
  /^https?:\/\/(?:www\.)?(?:virustotal\.com|urlscan\.io|hybrid-analysis\.com|otx\.alienvault\.com)\//i;
const maxReportChars = 20_000;
/** Below the 100 KB that a record may give, whatever the script. */
const maxMentionChars = 33_000;

/** How events are read: those of an instance keep to their distribution, those of files were passed on already. */
export interface EventReading {
  readonly respectsDistribution: boolean;
  /** What applies to an event without a marking. */
  readonly defaultMarking: Tlp;
  /** The creator, where the source is called otherwise. */
  readonly publisher?: string | undefined;
}

/** Turns a MISP event into a record: a report, what it names, and its indicators. */
export function eventToRecord(event: MispEvent, reading: EventReading): EventResult {
  const uuid = event.uuid.toLowerCase();
  const galaxies = readGalaxies(event.Galaxy);
  const written = [...tagNames(event.Tag), ...tagNames(event.EventTag)];
  const known = new Set(written.map(tagKey));
  const tags = [...new Set([...written, ...galaxies.tags.filter((tag) => !known.has(tagKey(tag)))])];
  const refOf = (tag: string): EntityRef | undefined => galaxies.refs.get(tagKey(tag));
  const title = reportTitle(event.info ?? '') || `MISP event ${uuid}`;
  const floorOf = (distribution: string | undefined): RecordMarking | undefined =>
    reading.respectsDistribution ? floorOfDistribution(distribution) : undefined;
  const marking = atLeast(markingOfTags(tags), floorOf(event.distribution), reading.defaultMarking);
  const limits = { floorOf, inherited: marking?.tlp ?? reading.defaultMarking };
  const content = readContent(event, limits);
  const reports = readReports(event, limits);
  const claims = distinctClaims([
    { predicate: 'name', text: title },
    ...tagClaims(tags, refOf),
    ...tagDetailClaims(tags),
    ...titleClaims(title),
    ...content.claims,
    ...reports,
  ]);
  const confidence = confidenceOfTags(tags);
  const url = claims.find((claim) => isAddressOf(claim, marking?.tlp ?? 'clear'));
  const created = isoDay(event.date);
  const modified = isoTime(event.timestamp);
  const id = stixIdFromUuid('report', uuid);
  const indicators = [...content.indicators, ...hashIndicators(event)];
  const record: SourceRecord = {
    externalId: uuid,
    title,
    entity: {
      type: 'report',
      ...(id === undefined ? {} : { id }),
      name: title,
      externalIds: [`misp:${uuid}`],
    },
    ...(url?.predicate === 'reference' ? { url: url.url } : {}),
    ...(reading.publisher === undefined ? {} : { publisher: reading.publisher }),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(marking === undefined ? {} : { marking }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(isIndexRow(event) ? { summary: true as const } : {}),
    claims,
    ...(indicators.length === 0 ? {} : { indicators }),
    tags: [...new Set([...tags, ...stateTags(event)])],
    mentionsIn: wordsOf(title, claims),
  };
  return {
    record,
    rejections: [...badTags(event), ...content.rejections],
    unknownMarkings: unknownMarkings([marking, ...content.markings]),
  };
}

/** The title and what was written about the event, but nothing that is marked on its own. */
function wordsOf(title: string, claims: readonly RecordClaim[]): string {
  const texts = claims.flatMap((claim) =>
    claim.predicate === 'description' && claim.marking === undefined ? [claim.text] : [],
  );
  return [title, ...texts].join('\n\n').slice(0, maxMentionChars);
}

/** A row of the event index has neither attributes nor objects, not even empty lists of them. */
function isIndexRow(event: MispEvent): boolean {
  return event.Attribute === undefined && event.Object === undefined;
}

/** A tag may be a marking: one that cannot be read is told. */
function badTags(event: MispEvent): EventResult['rejections'] {
  return (['Tag', 'EventTag'] as const).flatMap((key) =>
    event[key].flatMap((tag, index) =>
      tagName(tag) === undefined
        ? [{ path: `${key}[${index}]`, reason: 'a tag needs a text `name` of at most 1,024 characters' }]
        : [],
    ),
  );
}

/** A page that the event can be opened at: no scanner's, and none that is marked stricter than the event itself. */
function isAddressOf(claim: RecordClaim, marking: Tlp): boolean {
  return (
    claim.predicate === 'reference' &&
    !scannerHosts.test(claim.url) &&
    (claim.marking === undefined || isAllowed(claim.marking.tlp, marking))
  );
}

function unknownMarkings(markings: readonly (RecordMarking | undefined)[]): readonly RecordMarking[] {
  const byText = new Map<string, RecordMarking>();
  for (const marking of markings) {
    if (marking?.unknown === true) byText.set(marking.text ?? '', marking);
  }
  return [...byText.values()];
}

interface Content {
  readonly markings: readonly RecordMarking[];
  readonly claims: readonly RecordClaim[];
  readonly indicators: readonly RecordIndicator[];
  readonly rejections: EventResult['rejections'];
}

/** What holds for the parts of an event. */
interface PartLimits {
  readonly floorOf: (distribution: string | undefined) => RecordMarking | undefined;
  readonly inherited: Tlp;
}

/** All attributes, those of objects included; deleted ones are left out. */
function readContent(event: MispEvent, { floorOf, inherited }: PartLimits): Content {
  const claims: RecordClaim[] = [];
  const indicators: RecordIndicator[] = [];
  const rejections: { path: string; reason: string }[] = [];
  const markings: RecordMarking[] = [];
  const take = (item: unknown, path: string, object?: MispObject): void => {
    const attribute = attributeSchema.safeParse(item);
    if (!attribute.success) {
      rejections.push({ path, reason: 'an attribute needs a text `type` and a `value`' });
      return;
    }
    if (attribute.data.deleted === true || attribute.data.value.trim() === '') return;
    const own = floorOf(attribute.data.distribution);
    const floor = atLeast(own, floorOf(object?.distribution));
    const place = { ...(object === undefined ? {} : { object: object.name ?? '' }), floor, inherited };
    const read = readAttribute(attribute.data, place);
    for (const claim of read.claims) claims.push(claim);
    if (read.marking !== undefined) markings.push(read.marking);
    if (read.indicator !== undefined) indicators.push(read.indicator);
  };
  for (const [index, item] of (event.Attribute ?? []).entries()) take(item, `Attribute[${index}]`);
  for (const [index, item] of (event.Object ?? []).entries()) {
    const object = objectSchema.safeParse(item);
    if (!object.success) {
      rejections.push({ path: `Object[${index}]`, reason: 'expected an object with a list `Attribute`' });
      continue;
    }
    if (object.data.deleted === true) continue;
    for (const [at, attribute] of (object.data.Attribute ?? []).entries()) {
      take(attribute, `Object[${index}].Attribute[${at}]`, object.data);
    }
  }
  return { claims, indicators, rejections, markings };
}

/** Values of which a feed tells no more than the MD5: found by who asks for the value, no hash of a file. */
function hashIndicators(event: MispEvent): readonly RecordIndicator[] {
  return (event.md5OfValues ?? []).flatMap((hash) => {
    const indicator = typeof hash === 'string' ? md5OfValueIndicator(hash) : undefined;
    return indicator === undefined ? [] : [indicator];
  });
}

/** A title that begins with a name is about its bearer. */
function titleClaims(title: string): readonly RecordClaim[] {
  const subject = titleRef(title);
  return subject === undefined ? [] : [{ predicate: 'reported-in', subject, quote: title }];
}

/** An event's reports, texts in markdown that people wrote in MISP. */
function readReports(event: MispEvent, { floorOf, inherited }: PartLimits): readonly RecordClaim[] {
  return (event.EventReport ?? []).flatMap((item): RecordClaim[] => {
    const report = eventReportSchema.safeParse(item);
    if (!report.success || report.data.deleted === true) return [];
    const text = reportText(report.data.content).slice(0, maxReportChars);
    const marking = atLeast(undefined, floorOf(report.data.distribution), inherited);
    const own = marking === undefined ? {} : { marking };
    return text === '' ? [] : [{ predicate: 'description', text, section: 'report', ...own }];
  });
}

function stateTags(event: MispEvent): readonly string[] {
  const level = threatLevelTag(event.threat_level_id ?? '');
  const state = Object.hasOwn(analysisStates, event.analysis ?? '')
    ? analysisStates[event.analysis ?? '']
    : undefined;
  return [...(level === undefined ? [] : [level]), ...(state === undefined ? [] : [`Analysis: ${state}`])];
}
