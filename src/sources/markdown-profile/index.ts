import { folderSource } from '../markdown/document.ts';
import { type PreparedMarkdown, prepareMarkdown } from '../markdown/prepare.ts';
import { unknownMarkingNotice } from '../tags.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { isTellingAt, type ProfilePart, readLabel, readNameField } from './labels.ts';
import { parseProfiles } from './parse.ts';
import { isAboutActor } from './titles.ts';
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
  if (/^\s*[{<](?!!--)/.test(start) || (/^\s*\[/.test(start) && !/^\s*\[[^\]\n]{0,200}\]\(/.test(start)))
    return 0;
  const lines = head.split(/\r?\n/);
  const telling = new Set(
    lines.flatMap((line, index) => (isTellingAt(lines, index) ? [readLabel(line)?.part] : [])),
  );
  const isNamed = lines.some((line) => readNameField(line) !== undefined);
  const parts = new Set<ProfilePart>();
  for (const line of lines) {
    const label = readLabel(line, telling.size > 0 || isNamed);
    if (label !== undefined) parts.add(label.part);
  }
  parts.delete('description');
  if (telling.size > 0 && parts.size >= 3) return 0.9;
  if (telling.size > 1 || (isNamed && parts.size > 1)) return 0.85;
  const isOnlyAka = telling.size === 1 && telling.has('aka');
  if (telling.size === 1 && !isOnlyAka) return parts.size > 1 ? 0.85 : 0.6;
  // "Overview", "Attribution" and "Also known as" stand in any project's page: the prose has to be about an actor.
  if (parts.size === 0 || !isAboutActor(head)) return 0;
  return parts.size > 1 ? 0.85 : parts.has('overview') ? 0.6 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const prepared = prepareMarkdown(document);
  const items = [...profileItems(prepared, document.place)];
  if (items.some(({ kind }) => kind === 'record')) {
    yield folderSource('markdown-profile', document.place, options);
  }
  yield* items;
}

/** The profiles in a text, without their source: for documents that hold other things too. */
export function* profileItems(prepared: PreparedMarkdown, place: string): Iterable<ImportItem> {
  const profiles = parseProfiles(prepared.text);
  if (!profiles.some(({ isProfile }) => isProfile)) {
    const reason =
      'no actor profile; expected labels such as "Suspected attribution:" and "Target sectors:", or an overview of a threat group';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  for (const profile of profiles) {
    const path = `line ${profile.line}`;
    if (!profile.isProfile) {
      const text = `the section${profile.heading === undefined ? '' : ` "${profile.heading.slice(0, 60)}"`} is about no actor: left out`;
      yield { kind: 'notice', notice: { place, path, text } };
      continue;
    }
    const record = profileToRecord(profile, place, profiles.length === 1 ? prepared : withoutTitle(prepared));
    if (record === undefined) {
      const reason =
        'no heading, no sentence and no link tells which actor this is; add a heading with its name';
      yield { kind: 'rejection', rejection: { place, path, reason } };
    } else {
      yield { kind: 'record', record };
      if (record.marking?.unknown === true) {
        yield { kind: 'notice', notice: { place, path, text: unknownMarkingNotice(record.marking) } };
      }
    }
  }
}

/** What front matter says of a title, names and an address can be meant for one actor only. */
function withoutTitle(prepared: PreparedMarkdown): PreparedMarkdown {
  return { ...prepared, meta: { tags: prepared.meta.tags, aliases: [], markings: [] } };
}
