import { nameKey, parseAttackId } from '../../domain/name-key.ts';
import type { MarkdownLink } from '../markdown/links.ts';
import { maxAnalysedChars } from '../prose/sentences.ts';
import type { ParsedProfile } from './parse.ts';

/** Whom a profile is about, and how that was found. */
export interface ProfileActor {
  readonly name: string;
  /** The id of ATT&CK's own page, where the profile is drawn from it. */
  readonly attackId?: string;
}

/** A name with a number: "APT39", "UNC2452", "TA505", "APT-C-36", "Storm-0558", "TEMP.Veles" has none. */
const codePattern = /\b(?:[A-Z][A-Za-z]{1,9}[-. ]?(?:[A-Z][-. ])?\d{1,5}|TEMP\.[A-Z][a-z]+)\b/g;
const noActor =
  /^(?:CVE|T\d|S\d|G\d|M\d|MS\d|SHA|MD|COVID|RC|AES|RSA|Windows|Office|Win|Figure|Table|Unit|Bureau|Section|Version|June|July|May|March|April|August|January|February|September|October|November|December|Since|In|Group|Top|Web|Exchange|Server|IPv|HTTP|Base|PE|x)\b[-. ]?\d*$/i;
const subjectPattern =
  /^((?:The )?\p{Lu}[\p{L}\p{N}.'’-]*(?: \p{Lu}[\p{L}\p{N}.'’-]*){0,3}) (?:is|are|was|were|has|have)\b/u;
const observedPattern = /\bobserved (\p{Lu}[\p{L}\p{N}.-]*(?: \p{Lu}[\p{L}\p{N}.-]*){0,3}) \p{Ll}/gu;
const pronouns =
  /^(?:the |this |that |these |its? |they |group|government|we|in|since|while|active|researchers|our|there|industry|actors?)/i;

/**
 * The actor of a profile: its heading; else, in this order of weight, the subject of the overview's first sentence
 * ("APT39 is one of …"), names with a number, counted over the prose and the links' addresses, and whom the text
 * observed. Undefined where nothing of that is there: no name is guessed.
 */
export function findActor(profile: ParsedProfile, links: readonly MarkdownLink[]): ProfileActor | undefined {
  const attackId = links.map((link) => groupId(link.url)).find((id) => id !== undefined);
  const own = attackId !== undefined && groupId(links[0]?.url ?? '') === attackId ? { attackId } : {};
  const heading = profile.heading?.slice(0, 120);
  if (heading !== undefined && nameKey(heading) !== '') return { name: withoutId(heading), ...own };
  const name = subjectOf(profile) ?? mostFrequent(profile, links) ?? observed(profile);
  return name === undefined ? undefined : { name, ...own };
}

/** "APT28 (G0007)", "Profile: APT28", "APT28 - G0007": the name alone. */
function withoutId(heading: string): string {
  return (
    heading
      .replace(/^(?:threat )?(?:actor|group)(?: profile)?\s*:\s*|^profile\s*:\s*/i, '')
      .replace(/\s*[([-]\s*G\d{4}\s*[)\]]?\s*$/, '')
      .trim() || heading
  );
}

/** The group's id in the address of a page of ATT&CK. */
export function groupId(url: string): string | undefined {
  const id = /^https?:\/\/attack\.mitre\.org\/(?:versions\/[^/]+\/)?groups\/(G\d{4})\b/i.exec(url)?.[1];
  return id === undefined ? undefined : parseAttackId(id);
}

function subjectOf(profile: ParsedProfile): string | undefined {
  for (const part of ['overview', 'description'] as const) {
    const name = subjectPattern.exec(profile.parts.get(part)?.slice(0, 300) ?? '')?.[1];
    if (name !== undefined && !pronouns.test(name)) return name;
  }
  return undefined;
}

function mostFrequent(profile: ParsedProfile, links: readonly MarkdownLink[]): string | undefined {
  const prose = [...profile.parts].filter(([part]) => part !== 'aka').map(([, text]) => text);
  const slugs = links.map(({ url }) => (URL.canParse(url) ? new URL(url).pathname : ''));
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const match of prose.join('\n').slice(0, maxAnalysedChars).matchAll(codePattern)) {
    const name = match[0];
    if (noActor.test(name) || parseAttackId(name) !== undefined) continue;
    const entry = counts.get(nameKey(name)) ?? { name, count: 0 };
    entry.count += 1;
    counts.set(nameKey(name), entry);
  }
  for (const [key, entry] of counts) {
    if (
      slugs.some((path) =>
        path
          .toLowerCase()
          .split(/[^a-z0-9]+/)
          .includes(key),
      )
    )
      entry.count += 2;
  }
  let best: { readonly name: string; readonly count: number } | undefined;
  for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry;
  return best?.name;
}

function observed(profile: ParsedProfile): string | undefined {
  const text = [...profile.parts.values()].join('\n').slice(0, maxAnalysedChars);
  for (const match of text.matchAll(observedPattern)) {
    const name = match[1];
    if (name !== undefined && !pronouns.test(name)) return name;
  }
  return undefined;
}
