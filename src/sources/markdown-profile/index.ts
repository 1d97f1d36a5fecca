import { documentText, folderSource } from '../markdown/document.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { type ProfilePart, parseProfiles, readLabel } from './parse.ts';
import { profileToRecord } from './to-domain.ts';

/** Actor profiles in markdown: "Suspected attribution:", "Overview:" and the like, with or without a heading. */
export const markdownProfileImporter: Importer = {
  kind: 'markdown-profile',
  title: 'Actor profile in markdown',
  detect,
  read,
};

function detect(head: string): number {
  const start = head.slice(0, 400);
  if (/^\s*[{<]/.test(start) || (/^\s*\[/.test(start) && !/^\s*\[[^\]\n]{0,200}\]\(/.test(start))) return 0;
  const parts = new Set<ProfilePart>();
  for (const line of head.split(/\r?\n/)) {
    const label = readLabel(line);
    if (label !== undefined) parts.add(label.part);
  }
  parts.delete('description');
  if (parts.size >= 3) return 0.9;
  if (parts.size === 2) return parts.has('attribution') || parts.has('vectors') ? 0.85 : 0.7;
  // One label alone is this layout's only when it is its most telling one.
  return /^[\s*_-]{0,5}Suspected attribution[*_]{0,2}:/im.test(head) ? 0.6 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const profiles = parseProfiles(documentText(document));
  if (profiles.length === 0) {
    const reason = 'no actor profile; expected labels such as "Suspected attribution:" and "Overview:"';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  yield folderSource('markdown-profile', place, options);
  for (const profile of profiles) {
    const record = profileToRecord(profile, place);
    if (record === undefined) {
      const reason =
        'no heading, no sentence and no link tells which actor this is; add a heading with its name';
      yield { kind: 'rejection', rejection: { place, path: `line ${profile.line}`, reason } };
    } else {
      yield { kind: 'record', record };
      if (record.marking?.unknown === true) {
        const notice = { place, path: `line ${profile.line}`, text: unknownMarkingNotice(record.marking) };
        yield { kind: 'notice', notice };
      }
    }
  }
}
