import { nameKey } from '../../domain/name-key.ts';
import type { RecordClaim } from '../../domain/record.ts';
import { citationOf, descriptionMaxChars, isOwnPage } from './context.ts';
import { cleanName } from './refs.ts';
import type { ExternalReference } from './schema.ts';
import { dayOf, plainText, webAddress } from './text.ts';

/** The aliases other than the name itself, each with the citation that ATT&CK keeps under the alias' own name. */
export function aliasClaims(
  name: string,
  aliases: readonly string[],
  references: readonly ExternalReference[],
): readonly RecordClaim[] {
  const claims = new Map<string, RecordClaim>();
  const own = nameKey(name);
  for (const raw of aliases) {
    const text = raw.replace(/\s+/g, ' ').trim();
    const key = nameKey(text);
    if (text === '' || key === own || claims.has(text.toLowerCase())) continue;
    const about = references.find((item) => item.source_name?.trim() === raw.trim())?.description;
    claims.set(text.toLowerCase(), {
      predicate: 'alias',
      text,
      relation: 'same-as',
      ...citationOf(about, references),
      ...quoteOf(about),
    });
  }
  return [...claims.values()];
}

/** What a source says about an alias beyond its citation ("was combined into …"). */
function quoteOf(about: string | undefined): { quote?: string } {
  const text = plainText(about ?? '');
  return text.length > 20 ? { quote: text.slice(0, 600) } : {};
}

export function descriptionClaims(
  text: string | undefined,
  section: 'overview' | 'report',
): readonly RecordClaim[] {
  const plain = plainText(text ?? '');
  return plain === ''
    ? []
    : [{ predicate: 'description', text: plain.slice(0, descriptionMaxChars), section }];
}

/** Every reference with a web address but the object's own page, each address once. */
export function referenceClaims(references: readonly ExternalReference[]): readonly RecordClaim[] {
  const claims = new Map<string, RecordClaim>();
  for (const reference of references) {
    const url = webAddress(reference.url);
    if (url === undefined || isOwnPage(reference) || claims.has(url)) continue;
    const title = titleOf(reference);
    claims.set(url, { predicate: 'reference', url, ...(title === undefined ? {} : { title }) });
  }
  return [...claims.values()];
}

/** "Insikt Group. (2025, January 9). … Retrieved January 14, 2025." without the last sentence. */
function titleOf(reference: ExternalReference): string | undefined {
  const described = plainText(reference.description ?? '').replace(/(?<!\s)\s*Retrieved\s[^.]{3,40}\.?$/, '');
  const title = (described === '' ? (reference.source_name ?? '') : described).replace(/\s+/g, ' ').trim();
  return title === '' ? undefined : title.slice(0, 300);
}

export function motivationClaims(...texts: readonly (string | undefined)[]): readonly RecordClaim[] {
  const clean = texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text.trim()]));
  return [...new Set(clean)].map((text) => ({ predicate: 'motivation', text }));
}

/** First and last seen as days, each with the citation that ATT&CK gives for it. */
export function seenClaims(
  first: string | undefined,
  last: string | undefined,
  references: readonly ExternalReference[],
  citations: { first?: string | undefined; last?: string | undefined } = {},
): readonly RecordClaim[] {
  const firstDay = dayOf(first);
  const lastDay = dayOf(last);
  return [
    ...(firstDay === undefined
      ? []
      : [{ predicate: 'active-since', text: firstDay, ...citationOf(citations.first, references) } as const]),
    ...(lastDay === undefined
      ? []
      : [{ predicate: 'last-seen', text: lastDay, ...citationOf(citations.last, references) } as const]),
  ];
}

/** The name as a claim, so that it carries source, date and marking like every other fact. */
export function nameClaim(name: string): RecordClaim {
  return { predicate: 'name', text: cleanName(name) };
}

export function textClaims(
  predicate: 'platform' | 'tactic' | 'targets-sector',
  texts: readonly string[],
): readonly RecordClaim[] {
  const clean = texts.map((text) => text.trim().slice(0, 200)).filter((text) => text !== '');
  return [...new Set(clean)].map((text) => ({ predicate, text }));
}
