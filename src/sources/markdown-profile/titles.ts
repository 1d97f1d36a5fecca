/** A heading of any level or a line that is bold as a whole: an actor's name, unless it is a label. */
export function readHeading(line: string): string | undefined {
  if (line.length > 150) return undefined;
  const match = /^\s*#{1,6}\s+(.*?)\s*#*\s*$/.exec(line) ?? /^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*$/.exec(line);
  const text = match?.[1]?.replace(/^[*_]+|[*_:]+$/g, '').trim() ?? '';
  return text === '' ? undefined : text;
}

/** A heading that is underlined with equals signs. */
export function underlined(lines: readonly string[], index: number): string | undefined {
  const isUnderlined = /^={3,}\s*$/.test((lines[index + 1] ?? '').slice(0, 100));
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
