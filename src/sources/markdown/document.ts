import type { RecordMarking } from '../../domain/record.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { uuidV5 } from '../../domain/stix-id.ts';
import { slug } from '../stix/text.ts';
import { markingOfTags } from '../tags.ts';
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
    .replace(/[?#].*$/, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !part.endsWith(':'));
}

/** A marking that stands on a line of its own: "TLP:AMBER", "**Marking:** TLP:GREEN". */
export function markingOfLines(lines: readonly string[]): RecordMarking | undefined {
  const tags = lines.flatMap((line) => {
    if (line.length > 200) return [];
    const level =
      /^[\s*_>#-]*(?:marking|classification|tlp)?[\s*_:]*TLP:\s?([A-Za-z+]{3,12}(?:[ -]STRICT)?)[\s*_.]*$/i.exec(
        line,
      )?.[1];
    return level === undefined ? [] : [`tlp:${level}`];
  });
  return markingOfTags(tags);
}
