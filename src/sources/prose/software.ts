import { nameKey, parseAttackId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim } from '../../domain/record.ts';
import { withoutBullet } from '../markdown/bullets.ts';
import { maxAnalysedChars, sentencesOf } from './sentences.ts';
import { trimEndOf } from './trim-end.ts';

const verbs =
  /\b(?:is|are|was|were|has|have|uses?|used|using|leverag\w+|observed|employ\w*|deploy\w*|utiliz\w+|includ(?:es|ed|ing)|rel(?:y|ies)|known|different)\b/i;
const maxNameChars = 60;
const maxNameWords = 5;

/**
 * The software that a profile's "Associated malware" names. A list gives each of its items; a sentence gives only
 * names that stand where software stands ("the SEAWEED and CACHEMONEY backdoors"); a sentence that counts families
 * without naming them gives none.
 */
export function softwareNames(text: string): readonly string[] {
  return softwareList(text) ?? softwareInProse(text);
}

/** The items of a list of names; undefined when the text is prose. */
function softwareList(text: string): readonly string[] | undefined {
  const clipped = trimEndOf(text.slice(0, maxAnalysedChars).trimStart(), '.;,');
  if (clipped === '' || /^(?:n\/?a|none|unknown|various|-)$/i.test(clipped)) return [];
  const items = clipped
    .split(/[,;\n•]|(?:^|\n)\s*[*-]\s/)
    .map((item) => trimEndOf(withoutBullet(item), '*`').replace(/^(?:and|or|the)\s+/i, ''))
    .filter((item) => item !== '' && !/^etc\.?$/i.test(item));
  const split = items.length > 1 || wordCount(clipped) <= maxNameWords ? items.flatMap(splitPair) : items;
  const isList = split.every((item) => {
    return item.length <= maxNameChars && wordCount(item) <= maxNameWords && !verbs.test(item);
  });
  return isList ? unique(split) : undefined;
}

/** "A, B and C": the last item holds two names. */
function splitPair(item: string): readonly string[] {
  const parts = item.split(/(?<!\s)\s+(?:and|&)\s+/);
  return parts.length === 2 && parts.every((part) => wordCount(part) <= 2) ? parts : [item];
}

const nouns =
  '(?:backdoors?|malware|trojans?|implants?|loaders?|droppers?|downloaders?|ransomware|web ?shells?|rats?|tools?|famil(?:y|ies)|infections?|keyloggers?|stealers?|wipers?|rootkits?|frameworks?|payloads?)';
const name = '[A-Z][A-Za-z0-9_.+-]{1,30}';
const listOfNames = `${name}(?:(?:, (?:and )?| and | or )${name}){0,30}`;
const beforeNoun = new RegExp(`\\b(${listOfNames}) ${nouns}\\b`, 'g');
const afterNoun = new RegExp(
  `\\b${nouns},? (?:such as|including|like|called|named|known as|dubbed) (${listOfNames})`,
  'gi',
);
const inBrackets = new RegExp(`\\b${nouns} \\((${listOfNames})\\)`, 'gi');

/** Names in capitals or with a capital inside; an ordinary capitalised word is none. */
function looksLikeSoftware(word: string): boolean {
  const isCode =
    /^[A-Z][A-Z0-9_-]{3,}$/.test(word) ||
    /^[A-Z]?[a-z]+[A-Z]\w*$/.test(word) ||
    /^[A-Z][A-Za-z]+\d\w*$/.test(word);
  return isCode && !/^(?:APT|UNC|FIN|TA|TEMP|CVE|HTTPS?|DNS|OWA|IT|RDP|VPN|SMTP)[-.]?\d*$/i.test(word);
}

/** The software named in sentences, in order, each once. What a sentence denies is left out. */
export function softwareInProse(text: string): readonly string[] {
  const found: string[] = [];
  for (const sentence of sentencesOf(text)) {
    if (/\b(?:not|never|no longer)\b/i.test(sentence)) continue;
    const lists = [
      ...[...sentence.matchAll(inBrackets)].map((match) => ({ at: match.index, list: match[1] ?? '' })),
      ...[...sentence.matchAll(beforeNoun)].map((match) => ({ at: match.index, list: match[1] ?? '' })),
      ...[...sentence.matchAll(afterNoun)].map((match) => ({ at: match.index, list: match[1] ?? '' })),
    ].sort((a, b) => a.at - b.at);
    for (const { list } of lists) {
      found.push(
        ...list
          .split(/, (?:and )?| and | or /)
          .map((word) => word.replace(/(?<![.,])[.,]+$/, ''))
          .filter(looksLikeSoftware),
      );
    }
  }
  return unique(found);
}

/** `uses` claims for software by name; an ATT&CK id in brackets ("Remexi (S0375)") goes along. */
export function usesSoftware(
  names: readonly string[],
  common: { subject?: EntityRef; quote?: string } = {},
): readonly RecordClaim[] {
  return names.map((written) => {
    const bracket = /^(.*\S)\s*\((S\d{4})\)$/.exec(written);
    const externalId = parseAttackId(bracket?.[2] ?? '');
    const target: EntityRef = {
      types: ['malware', 'tool'],
      ...(externalId === undefined ? {} : { externalId }),
      name: bracket?.[1] ?? written,
      create: true,
    };
    return { predicate: 'uses', target, ...common };
  });
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function unique(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const item of names) {
    const key = nameKey(item);
    if (key !== '' && !byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
}
