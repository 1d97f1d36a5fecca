/** A heading of any level or a line that is bold as a whole: an actor's name, unless it is a label. */
export function readHeading(line: string): string | undefined {
  if (line.length > 150) return undefined;
  const heading = /^\s*#{1,6}\s+(\S.*|)$/.exec(line)?.[1];
  const written =
    heading?.trimEnd().replace(/(?<!#)#+$/, '') ?? /^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*$/.exec(line)?.[1];
  const text =
    written
      ?.trim()
      .replace(/^[*_]+(?:[*_:]+$)?|(?<![*_:])[*_:]+$/g, '')
      .trim() ?? '';
  return text === '' ? undefined : text;
}

/** A heading that is underlined with equals signs, or with dashes under a line of its own. */
export function underlined(lines: readonly string[], index: number): string | undefined {
  const below = (lines[index + 1] ?? '').slice(0, 100);
  const isAlone = (lines[index - 1] ?? '').trim() === '';
  const isUnderlined = /^={3,}\s*$/.test(below) || (isAlone && /^-{3,}\s*$/.test(below));
  const text = (lines[index] ?? '').slice(0, 151).trim();
  return isUnderlined && isTitle(text) ? text : undefined;
}

/** The one line in front of the first label, where it can be a name: "APT1" without any mark-up. */
export function onlyLine(lines: readonly string[]): string | undefined {
  const texts = lines.filter((line) => !/^\s*$|^\s*[-=_*]{3,}\s*$|\]\(|\btlp\s?:/i.test(line.slice(0, 300)));
  const only = texts.length === 1 ? texts[0]?.trim() : undefined;
  return only !== undefined && isTitle(only) ? only : undefined;
}

/** A few words that begin like a name and end like no sentence. */
export function isTitle(text: string): boolean {
  return (
    text.length <= 80 &&
    text.split(/\s+/).length <= 6 &&
    /^[\p{Lu}\p{N}]/u.test(text) &&
    !/[.!?:;,]$/.test(text) &&
    !/https?:/i.test(text)
  );
}

const genericTitle =
  /^(?:(?:threat |cyber )?(?:intelligence )?(?:actors?|groups?|adversar(?:y|ies))(?: (?:profiles?|cards?|reports?|summary|overview|dossier))?|(?:actor|group|apt) groups?|profiles?|(?:executive |key )?(?:summary|findings|facts|takeaways)|(?:weekly|monthly|quarterly|annual) .{1,40}|introduction|background|reports?|threat (?:intelligence )?reports?|overview|table of contents|contents|appendix(?: \w+)?|references|resources|links|notes?|details?|conclusions?|recommendations?|mitigations?|detections?|indicators(?: of compromise)?(?: \(iocs\))?|iocs|timeline|key intelligence|faq|about|index|readme|changelog|licen[cs]e|document history|distribution|tlp.*)$/i;

/** True for a heading that names a kind of text and no actor: "Threat Actor Profile", "Executive summary". */
export function isGenericTitle(text: string): boolean {
  return genericTitle.test(text.slice(0, 120).replace(/^[\s\d.)]+(?:[\s:]+$)?|(?<![\s:])[\s:]+$/g, ''));
}

const actorProse =
  /\b(?:threat (?:group|actor)s?|(?:cyber[- ]?)?espionage (?:group|actor|team|operat\w+)|apt (?:group|actor)|hack(?:ing|er) group|intrusion set|(?:state|government)[- ]sponsored (?:group|actor|hackers?|threat)|advanced persistent threat|(?:ransomware|extortion) (?:group|gang|operators?)|(?:cyber ?criminal|criminal|mercenary|hacktivist) (?:group|gang|collective)|cybercrime (?:group|gang)|activity (?:cluster|group)|adversary group)\b/i;

/** True for prose that speaks of a group of attackers. */
export function isAboutActor(text: string): boolean {
  return actorProse.test(text.slice(0, 20_000));
}
