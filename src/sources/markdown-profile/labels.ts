import { parseCountry } from '../../domain/country.ts';

/** The parts of a profile that its labels begin. */
export type ProfilePart =
  | 'aka'
  | 'attribution'
  | 'sectors'
  | 'overview'
  | 'malware'
  | 'vectors'
  | 'description';

/** A line that begins a part, with what stands behind the label on it. */
export interface Label {
  readonly part: ProfilePart;
  readonly rest: string;
}

function table(text: string): ReadonlyMap<string, ProfilePart> {
  const parts: Readonly<Record<string, ProfilePart>> = {
    aka: 'aka',
    attribution: 'attribution',
    sectors: 'sectors',
    overview: 'overview',
    malware: 'malware',
    vectors: 'vectors',
    description: 'description',
  };
  return new Map(
    text
      .trim()
      .split('\n')
      .flatMap((line): [string, ProfilePart][] => {
        const at = line.indexOf('|');
        const part = parts[line.slice(0, at).trim()];
        return part === undefined
          ? []
          : line
              .slice(at + 1)
              .split(',')
              .map((label) => [label.trim(), part]);
      }),
  );
}

/** Labels that hardly anything but a profile of an actor has. */
const tellingLabels = table(`
aka         | also known as, known aliases, other names, alternative names
attribution | suspected attribution, suspected origin, suspected sponsor, suspected country, attributed to, country of origin
sectors     | target sectors, target sector, targeted sectors, targeted sector, target industries, targeted industries
malware     | associated malware, associated tools, associated software, associated malware and tools
vectors     | attack vectors, attack vector
`);

/** Labels that other documents have too. */
const commonLabels = table(`
aka         | aka, a.k.a., a.k.a, alias, aliases
attribution | attribution
overview    | overview, summary
malware     | malware
description | description
`);

/** Labels that mean a part only in a document that is a profile anyway. */
const plainLabels = table(`
attribution | origin, country, sponsor, state sponsor, nationality
sectors     | targets, sectors, industries, targeting, victims, victimology
overview    | background, executive summary, actor overview
malware     | tools, malware families, malware and tools, tools and malware, tooling, software, arsenal
vectors     | ttps, techniques, attack techniques, initial access, tactics and techniques
`);

/** How many characters of a line can be a label. */
const maxLabelChars = 80;
const marks = /^[\s#>*_+•·-]*(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?[\s*_`]*/;
const separators = /(?<![\s*_`])[\s*_`]*(?:[:：]|\s[-–—](?=\s)|[–—])[\s*_`]*/;

/**
 * A line that begins a part: "Overview: …", "**Overview** – …", "### Overview", "- Overview : …", "| Overview | … |". In
 * a profile also the bare label on a line of its own, a dash for the colon, and labels of one common word.
 */
export function readLabel(line: string, inProfile = true): Label | undefined {
  const cells = cellsOf(line);
  if (cells !== undefined) return labelOf(cells[0], inProfile, cells[1]);
  const head = line.slice(0, maxLabelChars);
  const start = marks.exec(head)?.[0].length ?? 0;
  const found = separators.exec(head.slice(start));
  if (found !== null) {
    const isColon = /[:：]/.test(found[0]);
    const rest = line.slice(start + found.index + found[0].length).trim();
    const label = labelOf(head.slice(start, start + found.index), isColon ? inProfile : false, rest);
    return label !== undefined && (isColon || inProfile || isTelling(head.slice(start, start + found.index)))
      ? label
      : undefined;
  }
  if (line.length > 60) return undefined;
  const isMarked = /^\s*(?:#{1,6}\s|\*\*|__)/.test(head);
  const written = head.slice(start).replace(/(?<![\s*_#`])[\s*_#`]+$/, '');
  if (!isMarked && !inProfile && !isTelling(written)) return undefined;
  return labelOf(written, isMarked && inProfile, '');
}

function labelOf(written: string, withPlain: boolean, rest: string): Label | undefined {
  const key = keyOf(written);
  const part =
    tellingLabels.get(key) ?? commonLabels.get(key) ?? (withPlain ? plainLabels.get(key) : undefined);
  return part === undefined ? undefined : { part, rest };
}

function keyOf(written: string): string {
  return written
    .replace(/^[\s*_`]+|(?<![\s*_`])[\s*_`]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

function isTelling(written: string): boolean {
  return tellingLabels.has(keyOf(written));
}

/** True for a line with a label that hardly anything but a profile has. */
export function isTellingLine(line: string): boolean {
  const cells = cellsOf(line);
  if (cells !== undefined) return isTelling(cells[0]);
  const head = line.slice(0, maxLabelChars);
  const start = marks.exec(head)?.[0].length ?? 0;
  const found = separators.exec(head.slice(start));
  if (found !== null) return isTelling(head.slice(start, start + found.index));
  return line.length <= 60 && isTelling(head.slice(start).replace(/(?<![\s*_#`])[\s*_#`]+$/, ''));
}

/** True where a line's label is telling, or says "Attribution" with a country behind it or on the next line. */
export function isTellingAt(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (isTellingLine(line)) return true;
  if (!/attribution/i.test(line.slice(0, maxLabelChars))) return false;
  const label = readLabel(line);
  if (label?.part !== 'attribution') return false;
  const next = lines.slice(index + 1, index + 4).find((one) => one.trim() !== '') ?? '';
  return (
    parseCountry(
      (label.rest === '' ? next : label.rest).slice(0, 60).replace(/(?<![.*_`\s])[.*_`\s]+$/, ''),
    ) !== undefined
  );
}

/** The two cells of a table's row. */
function cellsOf(line: string): readonly [string, string] | undefined {
  if (!/^\s*\|/.test(line.slice(0, 20))) return undefined;
  const [, label, ...others] = line.trimEnd().replace(/\|$/, '').split('|');
  const [rest] = others;
  return label === undefined || rest === undefined || others.length > 1 ? undefined : [label, rest.trim()];
}

/** "Name: X", "Threat actor: X": a field of its own. */
export function readNameField(line: string): string | undefined {
  if (line.length > 150) return undefined;
  const cells = cellsOf(line);
  const text = cells === undefined ? line : `${cells[0].trim()}: ${cells[1]}`;
  const match =
    /^[\s#>*_+•-]*(?:name|(?:threat )?(?:actor|group|adversary)(?: name)?|intrusion set)[\s*_]*[:：](.+)$/i.exec(
      text,
    );
  const name = match?.[1]?.replace(/^[\s*_]+|(?<![\s*_])[\s*_]+$/g, '') ?? '';
  return name !== '' && name.length <= 80 ? name : undefined;
}
