import { markingTagsIn } from '../markdown/document.ts';
import { isTellingAt, type Label, type ProfilePart, readLabel, readNameField } from './labels.ts';
import { isAboutActor, isGenericTitle, isTitle, onlyLine, readHeading, underlined } from './titles.ts';

/** A profile taken apart, before anything is made of it. */
export interface ParsedProfile {
  /** The actor's name from a heading or a bold line, where there is one. */
  readonly heading?: string;
  readonly parts: ReadonlyMap<ProfilePart, string>;
  /** All of the profile's text. */
  readonly text: string;
  /** The markings that it states, and those that stand outside of all profiles, as tags. */
  readonly markings: readonly string[];
  /** The 1-based line where it begins. */
  readonly line: number;
  /** False where nothing tells that it is about an actor: a section of another document. */
  readonly isProfile: boolean;
}

interface Segment {
  heading?: string;
  /** The heading's level: 1 to 6, 0 for a title behind a rule; absent for bold lines, fields and bare titles. */
  level?: number;
  readonly line: number;
  readonly parts: Map<ProfilePart, string[]>;
  readonly lines: string[];
}

/**
 * Takes the profiles of a text apart: one for each heading that labels follow, one more wherever a label comes again
 * without a heading, and wherever a rule stands in front of a title. Text in front of the first label belongs to the
 * first profile.
 */
export function parseProfiles(text: string): readonly ParsedProfile[] {
  const lines = text.split('\n');
  const inProfile = lines.some(
    (line, index) => isTellingAt(lines, index) || readNameField(line) !== undefined,
  );
  const segments: Segment[] = [];
  let current = newSegment(1);
  let part: ProfilePart | undefined;
  segments.push(current);
  const start = (line: number): void => {
    current = newSegment(line);
    segments.push(current);
    part = undefined;
  };
  const begin = (label: Label, line: number): void => {
    if (isRepeated(current, label.part)) {
      const title = takeTitle(current, part);
      start(line);
      if (title !== undefined) current.heading = title;
    } else if (current.parts.size === 0) {
      const title = current.heading ?? onlyLine(current.lines);
      if (title !== undefined) current.heading = title;
    }
    part = label.part;
    current.parts.set(part, [label.rest]);
  };
  for (const [index, line] of lines.entries()) {
    const label = readLabel(line, inProfile);
    const heading = label === undefined ? (readHeading(line) ?? underlined(lines, index)) : undefined;
    const named = label === undefined ? readName(line, current) : undefined;
    const ruled = label === undefined ? titleBehindRule(lines, index) : undefined;
    if (named !== undefined) {
      if (current.parts.size > 0) start(index + 1);
      current.heading = named;
    } else if (heading !== undefined || ruled !== undefined) {
      if (current.parts.size > 0 || current.heading !== undefined) start(index + 1);
      current.heading = heading ?? ruled ?? '';
      const level = heading === undefined ? 0 : /^\s*(#{1,6})\s/.exec(line)?.[1]?.length;
      if (level !== undefined) current.level = level;
    } else if (label !== undefined) {
      begin(label, index + 1);
    } else if (part !== undefined) {
      current.parts.get(part)?.push(line);
    }
    current.lines.push(line);
  }
  const outer = outerMarkings(segments);
  const profiles = joinSegments(segments);
  const isSure = profiles.map((segment) => tellsOfActor(segment, inProfile));
  return profiles.map((segment, at) =>
    finish(segment, outer, isSure[at] === true || isSibling(segment, isSure)),
  );
}

/** A part that tells of an actor, or prose that does: "Overview" alone is any document's. */
function tellsOfActor(segment: Segment, inProfile: boolean): boolean {
  const parts = [...segment.parts.keys()].filter((part) => part !== 'overview' && part !== 'description');
  return (inProfile && parts.length > 0) || isAboutActor(segment.lines.join('\n'));
}

/** Beside a profile, a name with an overview under it is one too. */
function isSibling(segment: Segment, isSure: readonly boolean[]): boolean {
  const { heading } = segment;
  return isSure.includes(true) && heading !== undefined && isTitle(heading) && !isGenericTitle(heading);
}

/** A line of its own behind a rule ("---"): the next profile's name. */
function titleBehindRule(lines: readonly string[], index: number): string | undefined {
  const line = lines[index]?.trim() ?? '';
  if (line === '' || line.length > 80 || !isTitle(line) || /\]\(|\btlp\s?:/i.test(line)) return undefined;
  if ((lines[index + 1] ?? '').trim() !== '') return undefined;
  let before = index - 1;
  while (before >= 0 && (lines[before] ?? '').trim() === '' && before > index - 4) before -= 1;
  return /^\s*(?:-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*(?:_\s*){3,}$/.test((lines[before] ?? '').slice(0, 100))
    ? line
    : undefined;
}

/** What stands in front of the first profile, or under a heading of its own, marks them all. */
function outerMarkings(segments: readonly Segment[]): readonly string[] {
  return segments.flatMap((segment, index) => {
    if (segment.parts.size === 0) return markingTagsIn(segment.lines);
    if (index > 0 || segment.heading !== undefined) return [];
    const first = segment.lines.findIndex((line) => readLabel(line) !== undefined);
    return markingTagsIn(segment.lines.slice(0, first));
  });
}

/** A name's field in front of a profile's parts, or in front of the next profile's. */
function readName(line: string, current: Segment): string | undefined {
  return current.parts.size === 1 ? undefined : readNameField(line);
}

/** A line of its own at the end of a profile whose labels begin again: the next one's name, not this one's text. */
function takeTitle(segment: Segment, part: ProfilePart | undefined): string | undefined {
  const lines = part === undefined ? undefined : segment.parts.get(part);
  if (lines === undefined) return undefined;
  const at = lines.findLastIndex((line) => line.trim() !== '');
  const title = lines[at]?.trim() ?? '';
  const isAlone = at > 0 && (lines[at - 1] ?? '').trim() === '';
  if (!isAlone || !isTitle(title) || /\]\(|\btlp\s?:/i.test(title)) return undefined;
  lines.splice(at);
  return title;
}

/** A label that comes again begins the next profile; a stray empty one does not. */
function isRepeated(segment: Segment, part: ProfilePart): boolean {
  return (segment.parts.get(part) ?? []).some((line) => line.trim() !== '');
}

const furtherReading =
  /^(?:(?:additional |further )?(?:resources|references|links|sources|reading|information|notes))$/i;

/** A heading inside a profile ("## Details") begins none: its labels go on where the last ones ended. */
function joinSegments(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const isStart =
      segment.parts.has('attribution') || segment.parts.has('aka') || segment.parts.has('overview');
    const isDisjoint = [...segment.parts.keys()].every((part) => last?.parts.has(part) !== true);
    const lastHasParts = (last?.parts.size ?? 0) > 0;
    const isInside = lastHasParts && isDisjoint && !isStart && !isApart(segment, last);
    if (last !== undefined && isInside && segment.parts.size > 0) {
      for (const [part, lines] of segment.parts) last.parts.set(part, lines);
      last.lines.push(...segment.lines);
    } else if (last !== undefined && lastHasParts && furtherReading.test(segment.heading ?? '')) {
      last.lines.push(...segment.lines);
    } else {
      joined.push(segment);
    }
  }
  return joined.filter((segment) => segment.parts.size > 0);
}

/** A name on the level of the profile before, or behind a rule, begins a profile of its own. */
function isApart(segment: Segment, last: Segment | undefined): boolean {
  if (segment.level === undefined || isGenericTitle(segment.heading ?? '')) return false;
  return segment.level === 0 || (last?.level !== undefined && segment.level <= last.level);
}

function newSegment(line: number): Segment {
  return { line, parts: new Map(), lines: [] };
}

function finish(segment: Segment, outer: readonly string[], isProfile: boolean): ParsedProfile {
  return {
    ...(segment.heading === undefined ? {} : { heading: segment.heading }),
    parts: new Map([...segment.parts].map(([part, lines]) => [part, lines.join('\n').trim()])),
    text: segment.lines.join('\n'),
    markings: [...outer, ...markingTagsIn(segment.lines)],
    line: segment.line,
    isProfile,
  };
}
