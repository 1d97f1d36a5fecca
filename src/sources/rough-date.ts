import { looseDate } from './misp-galaxy/loose-date.ts';

/**
 * The ISO date, or year, that a roughly written time begins with: "2013?" and "c. 2013", "2018 Autumn", "early 2014",
 * "2008/2014", "2014-2016", "since at least 2012", and all that `looseDate` reads. Undefined where no single year from
 * 1980 on can be told. What is rough of it, the reader has to keep from the text.
 */
export function roughDate(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 60) return undefined;
  const exact = looseDate(trimmed);
  if (exact !== undefined) return exact;
  const years = trimmed.match(/(?<!\d)(?:19[89]|20\d)\d(?!\d)/g) ?? [];
  const [first] = years;
  if (first === undefined) return undefined;
  const isSpan = years.length === 2 && /^\d{4}\s?(?:[/–-]|to)\s?\d{4}$/.test(trimmed);
  return years.length === 1 || isSpan ? first : undefined;
}
