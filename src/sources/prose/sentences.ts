/** Longer texts are analysed up to here; they are kept whole elsewhere. */
export const maxAnalysedChars = 50_000;

/**
 * The sentences of a prose text, trimmed, in order. A full stop inside quotation marks ends one too (`"Chafer."`);
 * one after a single letter ("U.S.") or inside a name does not. Only the first 50,000 characters are read.
 */
export function sentencesOf(text: string): readonly string[] {
  const clipped = text.slice(0, maxAnalysedChars);
  const sentences: string[] = [];
  let start = 0;
  for (const match of clipped.matchAll(/[.!?]["”’']?(?=\s)|\n\s*\n/g)) {
    const end = match.index + match[0].length;
    const before = clipped.slice(Math.max(start, match.index - 3), match.index);
    const next = /^\s*(\S)/.exec(clipped.slice(end, end + 20))?.[1] ?? '';
    if (
      match[0].startsWith('.') &&
      /(?:^|[\s.])\p{Lu}$/u.test(before) &&
      !/\n/.test(clipped.slice(end, end + 2))
    )
      continue;
    if (/\p{Ll}/u.test(next) && !match[0].startsWith('\n')) continue;
    add(sentences, clipped.slice(start, end));
    start = end;
  }
  add(sentences, clipped.slice(start));
  return sentences;
}

function add(sentences: string[], text: string): void {
  const sentence = text.replace(/\s+/g, ' ').trim();
  if (sentence !== '') sentences.push(sentence);
}
