import { decodeEntities } from './html-text.ts';

export interface Mention {
  /** As it stands in the text: `<at>Alice</at>`. */
  readonly text: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** More are looked for by their tags alone. */
const maxMentions = 100;

/**
 * The text as typed: without the bot's own mention, with other mentions as plain names, tags taken out, entities
 * decoded. `bot`: whom the message is for. `people`: how others that are mentioned stand in it.
 */
export function typedText(
  text: string,
  mentions: readonly Mention[],
  bot: { readonly id: string | undefined; readonly name: string | undefined },
  people: 'names' | 'ids' = 'names',
): string {
  const ownNames = new Set(bot.name === undefined ? [] : [nameKey(bot.name)]);
  let result = text;
  for (const mention of mentions.slice(0, maxMentions)) {
    if (mention.text === '') continue;
    const isOwn = mention.id !== undefined && mention.id === bot.id;
    if (isOwn && mention.name !== undefined) ownNames.add(nameKey(mention.name));
    const other = people === 'ids' ? mention.id : undefined;
    result = result.replaceAll(mention.text, () => (isOwn ? ' ' : (other ?? withoutTags(mention.text, ''))));
  }
  return decodeEntities(withoutTags(withoutOwn(result, ownNames), ' '))
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

function withoutTags(text: string, by: string): string {
  return text.replace(/<[^<>]{0,2000}>/g, by);
}

function nameKey(name: string): string {
  return decodeEntities(name).trim().toLowerCase();
}

/** Mentions that no entity describes, also one inside another: taken out where they name the bot. */
function withoutOwn(text: string, ownNames: ReadonlySet<string>): string {
  const tags = /<(\/?)at(?:\s[^<>]{0,300})?>/gi;
  const parts: string[] = [];
  let inside = '';
  let depth = 0;
  let at = 0;
  for (const match of text.matchAll(tags)) {
    const words = text.slice(at, match.index);
    at = match.index + match[0].length;
    if (depth === 0) parts.push(words);
    else inside += words;
    if (match[1] === '') depth += 1;
    else if (depth > 0) depth -= 1;
    if (depth > 0 || inside === '') continue;
    parts.push(ownNames.has(nameKey(inside)) ? ' ' : inside);
    inside = '';
  }
  // One that is never closed is text.
  return [...parts, inside, text.slice(at)].join('');
}
