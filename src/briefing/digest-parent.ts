import type { Item } from '../cards/card.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { CiteBook } from './cites.ts';
import { clip, entryMarking, entryName } from './digest-lines.ts';
import type { DigestEntry } from './digest-select.ts';
import { bold, plain } from './text.ts';

const namedEntries = 4;
const nameChars = 60;

/** A line for each section: how many, and the first by name. */
export function parentLines(
  sections: readonly { readonly heading: string; readonly entries: readonly DigestEntry[] }[],
  knowledge: Knowledge,
  cites: CiteBook,
): readonly Item[] {
  return sections.map(({ heading, entries }): Item => {
    const named = entries.slice(0, namedEntries);
    for (const entry of named) cites.noteMarking(entryMarking(entry, knowledge));
    const names = named.map((entry) => clip(entryName(entry), nameChars));
    const more = entries.length > named.length ? [`+${entries.length - named.length} more`] : [];
    return {
      text: [bold(`${heading}: ${entries.length}`), plain(` — ${[...names, ...more].join(', ')}`)],
    };
  });
}
