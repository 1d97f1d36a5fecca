import type { EntityRef, RecordClaim } from '../../domain/record.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { htmlToText } from '../html-text.ts';
import { splitList } from '../split-list.ts';

/** `{{Lazarus Group, Hidden Cobra}}`: another card by its title. */
const cardLink = /\{\{([^{}]{1,300})\}\}/g;

/** A card's title without the word in front of it that tells a part of another group. */
export function cardTitle(title: string): string {
  return title.replace(/^sub-?groups?\s?:\s?/i, '');
}

/** A card's text as plain text: stray HTML gone, links to other cards by their words, paragraphs and lines kept. */
export function plainCardText(written: string): string {
  const text = /[<&]/.test(written)
    ? htmlToText(written.replace(/\r?\n[ \t]*\r?\n\s*/g, '<p>').replace(/\r?\n/g, '<br>'))
    : written;
  return text
    .replace(cardLink, '$1')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A text without the lines that are nothing but an address, and those addresses. */
export function splitAddresses(text: string): { readonly text: string; readonly urls: readonly string[] } {
  const urls: string[] = [];
  const lines = text.split('\n').filter((line) => {
    const url = parseWebAddress(line);
    if (url !== undefined) urls.push(url);
    return url === undefined;
  });
  return { text: lines.join('\n').trim(), urls };
}

/** What a description says of other cards: a part of one where it says "subgroup of", else only that they are related. */
export function linkedCards(description: string): readonly RecordClaim[] {
  return [...description.matchAll(cardLink)].slice(0, 50).flatMap((match): RecordClaim[] => {
    const [name] = splitList(cardTitle((match[1] ?? '').trim()).replace(/^\[([^\]]*)\]$/, '$1'));
    if (name === undefined) return [];
    const before = description.slice(Math.max(0, match.index - 60), match.index);
    const isPart = /\b(?:sub-?groups?|part|division|branch) of (?:the )?$/i.test(before);
    const target: EntityRef = { types: ['intrusion-set', 'malware', 'tool'], name, create: false };
    return [{ predicate: 'related-to', relation: isPart ? 'part-of' : 'related', target }];
  });
}
