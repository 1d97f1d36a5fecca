import { parseCveId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim } from '../../domain/record.ts';
import { looseDate } from '../misp-galaxy/loose-date.ts';
import { sentencesOf } from './sentences.ts';

/** Words of doubt: who writes so does not state an identity. */
const hedges =
  /\b(?:align|aligns|aligned|overlap|overlaps|overlapped|overlapping|similar|consistent|linked|tied|associated)\b/i;
const naming = /\b(?:referred to|known|reported|tracked|called|named|dubbed)(?: publicly| as| by \w+)*\s/i;
const quoted = /["“]([^"“”\n]{2,60})["”]/g;

/**
 * Names that a text sets beside its actor without saying that they are the same: `its activities largely align
 * with a group publicly referred to as "Chafer."` gives the alias Chafer with the relation `overlaps`.
 */
export function overlapClaims(text: string, subject?: EntityRef): readonly RecordClaim[] {
  const claims: RecordClaim[] = [];
  for (const sentence of sentencesOf(text)) {
    if (!hedges.test(sentence) || !naming.test(sentence)) continue;
    for (const match of sentence.matchAll(quoted)) {
      const name = (match[1] ?? '').replace(/(?<![.,;:])[.,;:]+$/, '').trim();
      if (!/^\p{Lu}/u.test(name) || name.split(' ').length > 4) continue;
      claims.push({
        predicate: 'alias',
        text: name,
        relation: 'overlaps',
        quote: sentence,
        ...(subject === undefined ? {} : { subject }),
      });
    }
  }
  return claims;
}

const maxStatementChars = 500;
const weakness = /\bvulnerab|\bCVE[-\s]|\bzero[- ]days?\b|\b0-?days?\b|\bflaws?\b|\bunpatched\b/i;
const exploiting = /\bexploit(?:s|ed|ing|ation)?\b/i;
const negation = /\b(?:not|never|no)\b(?:\s+\S+){0,6}\s+(?:exploit|use of exploits|vulnerab|zero[- ]day)/i;
const cvePattern = /\bCVE[-\s\u2010-\u2015]?\d{4}[-\s\u2010-\u2015]?\d{4,7}\b/gi;

/**
 * Statements on exploiting vulnerabilities, each with its words: one claim for each CVE that is named, else one
 * for the statement. "We have not observed … exploit vulnerabilities" is `negated`; two statements that
 * contradict one another are two claims.
 */
export function exploitClaims(text: string, subject?: EntityRef): readonly RecordClaim[] {
  const common = subject === undefined ? {} : { subject };
  return sentencesOf(text)
    .flatMap(clausesOf)
    .flatMap((sentence): RecordClaim[] => {
      const negated = negation.test(sentence) ? { negated: true } : {};
      const quote = sentence.slice(0, maxStatementChars);
      const cves = cveIdsIn(sentence);
      if (cves.length > 0) {
        return cves.map((id) => ({
          predicate: 'exploits',
          target: { types: ['vulnerability'], externalId: id, name: id, create: true },
          text: id,
          quote,
          ...negated,
          ...common,
        }));
      }
      if (!exploiting.test(sentence) || !weakness.test(sentence)) return [];
      return [{ predicate: 'exploits', text: quote, quote, ...negated, ...common }];
    });
}

/** A semicolon parts statements that may contradict one another. */
function clausesOf(sentence: string): readonly string[] {
  return sentence.split(/;\s+/);
}

/** The CVE ids in a text, each once, in their written form. */
function cveIdsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(cvePattern)].flatMap((match) => parseCveId(match[0]) ?? []))];
}

/** The ATT&CK technique ids in a text, each once. */
export function techniqueIdsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\bT\d{4}(?:\.\d{3})?\b/g)].map((match) => match[0]))];
}

const since = /\bsince (?:at least )?(?:(?:early|mid|late)[- ])?((?:[A-Z][a-z]{2,8} )?(?:19[89]|20\d)\d)\b/;
const aboutGroup = /\b(?:group|actor|active|activity|operat\w+|team|they|it|has|have)\b/i;

/** The first "since (at least) 2014" or "since November 2014" that a text says of a group or of its activity. */
export function sinceClaims(text: string, subject?: EntityRef): readonly RecordClaim[] {
  for (const sentence of sentencesOf(text)) {
    const date = looseDate(since.exec(sentence)?.[1] ?? '');
    if (date === undefined || !aboutGroup.test(sentence)) continue;
    const quote = sentence.slice(0, maxStatementChars);
    return [{ predicate: 'active-since', text: date, quote, ...(subject === undefined ? {} : { subject }) }];
  }
  return [];
}
