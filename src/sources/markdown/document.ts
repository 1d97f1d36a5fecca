import type { SourceInfo } from '../../domain/source.ts';
import { uuidV5 } from '../../domain/stix-id.ts';
import { slug } from '../stix/text.ts';
import type { ImportItem, ImportOptions, SourceDocument } from '../types.ts';

/** The text of a markdown document with plain line ends, and without characters that no text has. */
export function documentText(document: SourceDocument): string {
  return new TextDecoder('utf-8').decode(document.bytes).replace(/\r\n?/g, '\n').replaceAll('\u0000', '');
}

/** The source of a markdown document: its folder, so that a folder of profiles is one source. */
export function folderSource(kind: string, place: string, options: ImportOptions): ImportItem {
  const folder = partsOf(place).at(-2) ?? '';
  const words = slug(folder) || 'markdown';
  const source: SourceInfo = {
    name: options.sourceName ?? words,
    kind,
    title: options.sourceName ?? (folder === '' ? 'Markdown documents' : `${folder} (markdown)`),
    licence: 'none stated in the documents: ask the publisher before passing them on',
    defaultMarking: options.defaultMarking ?? 'green',
    reliability: 'F',
  };
  return { kind: 'source', source, complete: false };
}

/**
 * The external id of a markdown document: of what it is about and of its file's name, not of the folder it lies
 * in, so that a folder that moved brings nothing new.
 */
export function documentId(place: string, identity: readonly string[]): string {
  const base = (partsOf(place).at(-1) ?? '').replace(/\.gz$/i, '');
  return uuidV5(['markdown', base, ...identity].join('\n'));
}

function partsOf(place: string): readonly string[] {
  return place
    .replace(/[?#][^]*/, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !part.endsWith(':'));
}

/** The beginning of a line that is there to mark: "TLP:AMBER", "**Marking:** TLP: GREEN", "Tags: osint, tlp:ex:chr". */
const markingLine = /^[\s*_>#|`[-]*(?:marking|classification|distribution|tags?|tlp)[\s*_]*:/i;
const markingWord =
  /\btlp[\s*_]{0,4}:[\s*_]{0,4}((?!tlp\b)[a-z]+(?:[ +-]strict\b)?(?::[a-z0-9:+-]{1,40})?)/gi;
const limitingLevel = /^(?:amber|red)/i;
const maxMarkedChars = 2000;

/**
 * The markings that a document states, as tags: whatever its marking lines say, and AMBER or RED wherever they are
 * mentioned. So other words around a level ("this note is TLP:AMBER") make a document stricter, never wider.
 */
export function markingTagsIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const text = line.slice(0, maxMarkedChars);
    const isMarking = markingLine.test(text);
    return [...text.matchAll(markingWord)].flatMap(([, level = '']) =>
      isMarking || limitingLevel.test(level) ? [`tlp:${level.toLowerCase()}`] : [],
    );
  });
}
