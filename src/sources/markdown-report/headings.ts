import { looseDay } from '../markdown/dates.ts';

const maxLineChars = 5_000;
const marked = /^\s{0,3}(?:#{1,6}\s+|\*\*|__)/;

/** The text of a heading or of a bold line without its marks and its number: "## 2. **Key Intelligence**". */
export function withoutMarks(line: string): string {
  const text = line.replace(/^\s*(?:#{1,6}\s+)?[*_`\s]*/, '').trimEnd();
  // Character by character: an expression that looks for an end begins anew at each mark.
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end -= 1;
  while (end > 0 && /[*_`\s]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end).trim();
}

function withoutNumber(text: string): string {
  return text.replace(/^\d{1,2}(?:\.\d{1,2})*[.)]?\s+[*_]*/, '');
}

/**
 * "# Threat Report: DATE: TITLE" with any level, in bold, with dashes for the colons; without any mark only with a date.
 * The date may be missing or written in words.
 */
export function readReportHeading(
  line: string,
): { readonly title: string; readonly date?: string } | undefined {
  if (line.length >= maxLineChars || !/threat report/i.test(line.slice(0, 40))) return undefined;
  const text = withoutNumber(withoutMarks(line));
  const match = /^Threat Report\s*(?:[:：]|\s[-–—](?=\s)|[–—])\s*(\S.*|)$/i.exec(text);
  if (match === null) return undefined;
  const rest = (match[1] ?? '').trim();
  const dated =
    /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[\p{L}\d. ]{6,18},? \d{4})(?:T[\d:.Z+-]{4,20})?\s*(?:[:：|]|\s[-–—](?=\s)|[–—]|$)\s*(\S.*|)$/u.exec(
      rest,
    );
  const date = looseDay(dated?.[1]);
  const title = date === undefined ? rest : (dated?.[2] ?? '').trim();
  const isHeading = marked.test(line.slice(0, 20));
  if (!isHeading && date === undefined) return undefined;
  return date === undefined ? { title } : { title, date };
}

/** The section that a heading begins: of level two, or of any level and bold where its words say so. */
export function readSection(line: string): 'key' | 'indicators' | 'other' | undefined {
  if (line.length > 300) return undefined;
  const text = withoutNumber(withoutMarks(line))
    .replace(/[:：]$/, '')
    .trim();
  const isKey = /^key (?:intelligence|facts|information|data)$/i.test(text);
  const isIndicators = /^(?:indicators(?: of compromise)?(?: \(iocs?\))?|iocs?)$/i.test(text);
  const level = /^(#{1,6})\s+\S/.exec(line)?.[1]?.length;
  if (isKey || isIndicators) {
    const isPlain =
      level === undefined && !/^\s*(?:\*\*|__)/.test(line.slice(0, 10)) && !/[:：]\s*$/.test(line);
    return isPlain ? undefined : isKey ? 'key' : 'indicators';
  }
  if (level !== 2) return undefined;
  return /^key intelligence/i.test(text) ? 'key' : /^indicators/i.test(text) ? 'indicators' : 'other';
}

const maxCategoryChars = 80;

/** The category of indicators that a heading or a bold line names; inside a text only a heading does. */
export function readSubheading(line: string, isInText: boolean): string | undefined {
  if (line.length > 300) return undefined;
  const trimmed = line.trimEnd();
  const heading = /^#{3,4}\s+(\S.{0,199})$/.exec(trimmed)?.[1];
  const bold = isInText ? undefined : /^\s*(?:\*\*|__)([^*_]{2,80})(?:\*\*|__)\s*[:：]?$/.exec(trimmed)?.[1];
  const text = heading ?? bold;
  if (text === undefined) return undefined;
  const category = withoutNumber(withoutMarks(text))
    .replace(/[:：]$/, '')
    .trim();
  return category.length <= maxCategoryChars ? category : undefined;
}
