import { findCountries } from '../../domain/country.ts';
import { nameKey, parseAttackId } from '../../domain/name-key.ts';
import type { MarkdownLink } from '../markdown/links.ts';
import { isProducer } from '../misp-galaxy/facts.ts';
import { maxAnalysedChars } from '../prose/sentences.ts';
import type { ParsedProfile } from './parse.ts';
import { isGenericTitle, isTitle } from './titles.ts';

/** Whom a profile is about, and how that was found. */
export interface ProfileActor {
  readonly name: string;
  /** Other names in the heading: "APT28 (Example Bear)", "APT28 / Example Bear". */
  readonly aliases?: readonly string[];
  /** The id of ATT&CK's own page, where the profile is drawn from it. */
  readonly attackId?: string;
}

/**
 * A name with a number, as vendors number actors: "APT39", "UNC2452", "TA505", "APT-C-36", "Storm-0558"; Mandiant's
 * "TEMP.Veles". The letters are all capitals but for the schemes that are words.
 */
const codePattern =
  /\b(?:(?:[A-Z]{2,8}|Storm|Group|Hive|Sector[A-Z]|Earth)[-. ]?(?:[A-Z][-. ])?\d{1,5}|TEMP\.[A-Z][a-z]+)\b/g;
const noActor =
  /^(?:CVE|CWE|SHA|MD|MS|KB|RFC|ISO|COVID|RC|AES|RSA|IPV|HTTP|TCP|UDP|PE|IE|OS|OWA|PDF|DOC|XLS|RTF|EXE|DLL|USB|US|UK|EU|PLA|Q)[-. ]?\d*$/i;
/** Letters of a name, "admin@338" and "LAPSUS$" included. */
const word = "[\\p{L}\\p{N}][\\p{L}\\p{N}.'’@$_-]*";
const subjectPattern = new RegExp(
  `^(The )?(${word}(?: \\p{Lu}${word.slice(word.indexOf(']') + 1)}){0,3})( (?:group|gang|team|actor|collective))? (?:is|are|was|were|has|have|describe[sd]|refers)\\b`,
  'u',
);
const observedPattern = /\bobserved (\p{Lu}[\p{L}\p{N}.-]*(?: \p{Lu}[\p{L}\p{N}.-]*){0,3}) \p{Ll}/gu;
const noName =
  /^(?:the|this|that|these|those|its?|they|he|she|group|groups|government|we|in|since|while|active|researchers?|our|there|industry|actors?|analysts?|targets?|targeting|malware|activity|operations?)\b(?! \p{Lu})/iu;

/**
 * The actor of a profile: its heading; else, in this order of weight, the subject of the overview's first sentence
 * ("APT39 is one of …"), names with a number, counted over the prose and the links' addresses, and whom the text
 * observed; else the id of ATT&CK's page. Undefined where nothing of that is there: no name is guessed.
 */
export function findActor(profile: ParsedProfile, links: readonly MarkdownLink[]): ProfileActor | undefined {
  const attackId = links.map((link) => groupId(link.url)).find((id) => id !== undefined);
  const own = attackId !== undefined && groupId(links[0]?.url ?? '') === attackId ? { attackId } : {};
  const heading = cleanHeading(profile.heading?.slice(0, 150) ?? '');
  if (heading !== undefined) return { ...namesIn(heading), ...own };
  const name = subjectOf(profile) ?? mostFrequent(profile, links) ?? observed(profile) ?? own.attackId;
  return name === undefined ? undefined : { name, ...own };
}

/**
 * The name in a heading: "1. APT28 (G0007)", "Profile: APT28", "“APT28”: A Russian group". Undefined for a heading that
 * names a kind of text, and for one without a letter or digit.
 */
function cleanHeading(written: string): string | undefined {
  const bare = unquoted(written.replace(/^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[IVX]{1,5}[.)])\s+/, ''));
  const [, left, right] = /^(.{2,80}?)(?:\s*[:：]\s+|\s+[-–—]\s+)(.{1,120})$/.exec(bare) ?? [];
  const name =
    left === undefined || right === undefined ? bare : isGenericTitle(left) ? right : nameBefore(left, bare);
  const heading = unquoted(name.replace(/(?<!\s)\s*[([-]\s*G\d{4}\s*(?:[)\]]\s*)?$/, '')) || unquoted(name);
  return nameKey(heading) === '' || isGenericTitle(heading) ? undefined : heading;
}

/** "APT28: A Russian group" is about APT28; "Ugg Boots 4 Sale - X" keeps its dash. */
function nameBefore(left: string, whole: string): string {
  const isId = /\s-\s*G\d{4}\s*$/.test(whole);
  return !isId && isTitle(left) && left.split(/\s+/).length <= 4 ? left : whole;
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^[*_`"'“”‘’«»]+(?:[*_`"'“”‘’«»:]+$)?|(?<![*_`"'“”‘’«»:])[*_`"'“”‘’«»:]+$/g, '')
    .trim();
}

/** Names in brackets or behind a slash are others of the same actor; a vendor in brackets is none. */
function namesIn(heading: string): { readonly name: string; readonly aliases?: readonly string[] } {
  const match =
    /^([^()]{2,80}?)\s*\(([^()]{2,200})\)$/.exec(heading) ??
    /^([^/]{2,80}?)\s+\/\s+(.{2,200})$/.exec(heading) ??
    /^(.{2,80}?),?\s+(?:aka|a\.k\.a\.?|also known as|alias)[:\s]+(.{2,200})$/i.exec(heading);
  if (match?.[1] === undefined || match[2] === undefined) return { name: heading };
  const aliases = match[2]
    .replace(/^(?:aka|a\.k\.a\.?|also known as)[:\s]+/i, '')
    .split(/,\s*|(?<!\s)\s+\/\s+|;\s*|(?<!\s)\s+and\s+/)
    .filter((text) => nameKey(text) !== '' && !isProducer(text));
  return aliases.length === 0 ? { name: match[1] } : { name: match[1], aliases };
}

/** The group's id in the address of a page of ATT&CK. */
function groupId(url: string): string | undefined {
  const id = /^https?:\/\/attack\.mitre\.org\/(?:versions\/[^/]+\/)?groups\/(G\d{4})\b/i.exec(url)?.[1];
  return id === undefined ? undefined : parseAttackId(id);
}

function subjectOf(profile: ParsedProfile): string | undefined {
  for (const part of ['overview', 'description'] as const) {
    const match = subjectPattern.exec(profile.parts.get(part)?.trimStart().slice(0, 300) ?? '');
    const name = match?.[2] ?? '';
    if (name === '' || isNobody(name) || !isName(name)) continue;
    // "The Windigo group has …" is about Windigo, "The White Company is …" about The White Company.
    return match?.[1] !== undefined && match[3] === undefined ? `The ${name}` : name;
  }
  return undefined;
}

/** "Mandiant has …", "Iran is …": who writes and where, not who is written about. */
function isNobody(name: string): boolean {
  return noName.test(name) || isProducer(name) || findCountries(name)[0]?.start === 0;
}

/** A name begins with a capital, or has one, a digit or a sign inside: "menuPass", "admin@338". */
function isName(text: string): boolean {
  return /^\p{Lu}/u.test(text) || /[\p{Lu}\p{N}@$]/u.test(text);
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
    if (name !== undefined && !isNobody(name)) return name;
  }
  return undefined;
}
