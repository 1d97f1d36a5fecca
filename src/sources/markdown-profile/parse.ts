import { markingTagsIn } from '../markdown/document.ts';
import { isTitle, onlyLine, readHeading, underlined } from './titles.ts';

/** The parts of a profile that its labels begin. */
export type ProfilePart =
  | 'aka'
  | 'attribution'
  | 'sectors'
  | 'overview'
  | 'malware'
  | 'vectors'
  | 'description';

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
}

const labels: ReadonlyMap<string, ProfilePart> = new Map([
  ['also known as', 'aka'],
  ['aka', 'aka'],
  ['a.k.a.', 'aka'],
  ['a.k.a', 'aka'],
  ['alias', 'aka'],
  ['aliases', 'aka'],
  ['other names', 'aka'],
  ['suspected attribution', 'attribution'],
  ['attribution', 'attribution'],
  ['attributed to', 'attribution'],
  ['suspected origin', 'attribution'],
  ['target sectors', 'sectors'],
  ['target sector', 'sectors'],
  ['targeted sectors', 'sectors'],
  ['target industries', 'sectors'],
  ['overview', 'overview'],
  ['summary', 'overview'],
  ['associated malware', 'malware'],
  ['associated tools', 'malware'],
  ['malware', 'malware'],
  ['attack vectors', 'vectors'],
  ['attack vector', 'vectors'],
  ['description', 'description'],
]);

/** A line that begins a part: "Overview: …", "**Overview:** …", "### Overview", "- Overview : …". */
export function readLabel(line: string): { readonly part: ProfilePart; readonly rest: string } | undefined {
  const head = line.slice(0, 80);
  const marks = /^[\s#>*_-]*/.exec(head)?.[0].length ?? 0;
  const colon = head.indexOf(':', marks);
  const isHeading = /^\s*(?:#{1,6}\s|\*\*|__)/.test(head);
  if (colon < 0 && (!isHeading || line.length > 60)) return undefined;
  const label = (colon < 0 ? line : head.slice(0, colon))
    .slice(marks)
    .replace(/[\s*_]+$/, '')
    .toLowerCase();
  const part = labels.get(label);
  if (part === undefined) return undefined;
  return {
    part,
    rest:
      colon < 0
        ? ''
        : line
            .slice(colon + 1)
            .replace(/^[*_]+/, '')
            .trim(),
  };
}

interface Segment {
  heading?: string;
  readonly line: number;
  readonly parts: Map<ProfilePart, string[]>;
  readonly lines: string[];
}

/**
 * Takes the profiles of a text apart: one for each heading that labels follow, and one more wherever a label comes
 * again without a heading. Text in front of the first label belongs to the first profile.
 */
export function parseProfiles(text: string): readonly ParsedProfile[] {
  const segments: Segment[] = [];
  let current = newSegment(1);
  let part: ProfilePart | undefined;
  segments.push(current);
  const start = (line: number): void => {
    current = newSegment(line);
    segments.push(current);
    part = undefined;
  };
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const label = readLabel(line);
    const heading = label === undefined ? (readHeading(line) ?? underlined(lines, index)) : undefined;
    const named = label === undefined ? readName(line, current) : undefined;
    if (named !== undefined) {
      if (current.parts.size > 0) start(index + 1);
      current.heading = named;
    } else if (heading !== undefined) {
      if (current.parts.size > 0 || current.heading !== undefined) start(index + 1);
      current.heading = heading;
    } else if (label !== undefined) {
      if (isRepeated(current, label.part)) {
        const title = takeTitle(current, part);
        start(index + 1);
        if (title !== undefined) current.heading = title;
      } else if (current.parts.size === 0) {
        const title = current.heading ?? onlyLine(current.lines);
        if (title !== undefined) current.heading = title;
      }
      part = label.part;
      current.parts.set(part, [label.rest]);
    } else if (part !== undefined) {
      current.parts.get(part)?.push(line);
    }
    current.lines.push(line);
  }
  const outer = outerMarkings(segments);
  return joinSegments(segments).map((segment) => finish(segment, outer));
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

/** "Name: X", "Threat actor: X": a field of its own, in front of a profile's parts or in front of the next profile's. */
function readName(line: string, current: Segment): string | undefined {
  if (line.length > 150 || current.parts.size === 1) return undefined;
  const match = /^[\s#>*_-]*(?:name|(?:threat )?(?:actor|group)(?: name)?)[\s*_]*:(.+)$/i.exec(line);
  const name = match?.[1]?.replace(/^[\s*_]+|[\s*_]+$/g, '') ?? '';
  return name !== '' && name.length <= 80 ? name : undefined;
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
    if (last !== undefined && lastHasParts && segment.parts.size > 0 && isDisjoint && !isStart) {
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

function newSegment(line: number): Segment {
  return { line, parts: new Map(), lines: [] };
}

function finish(segment: Segment, outer: readonly string[]): ParsedProfile {
  return {
    ...(segment.heading === undefined ? {} : { heading: segment.heading }),
    parts: new Map([...segment.parts].map(([part, lines]) => [part, lines.join('\n').trim()])),
    text: segment.lines.join('\n'),
    markings: [...outer, ...markingTagsIn(segment.lines)],
    line: segment.line,
  };
}
