import { parseCountry } from '../../domain/country.ts';
import { firstSentences } from './text.ts';

/** What a description's first sentence says about where a group comes from. */
export interface ProseAttribution {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The attribution as written: "suspected Iranian", "attributed to Russia's Federal Security Service (FSB)". */
  readonly text: string;
  /** The sentence that says so. */
  readonly quote: string;
}

/** Words that weaken or describe, between "is a" and the country. */
const qualifiers =
  '(?:(?:suspected|likely|probable|possible|alleged|reported|sophisticated|prolific|long-standing|well-resourced|highly|destructive|financially[- ]motivated)\\s+)*';

/** Phrases after which the group's country stands, when nothing about victims came before. */
const originPhrases = [
  'attributed to(?: the| actors operating out of| actors in)?',
  'assessed (?:as|to be)(?: an?| the)?',
  'operat(?:es|e|ing) (?:primarily |mainly )?(?:out of|from)',
  'originating (?:primarily |mainly )?(?:in|from)',
  'based (?:out of|in)',
  'element within(?: the)?',
  'conducted by(?: the)?',
  'carried out by an?',
  'on behalf of(?: the)?',
  'nexus to(?: the)?',
  'associated with the',
  'linked to(?: the)?',
  'with an?',
  'with',
  'to have',
  'suspected to be',
].map((phrase) => new RegExp(`\\b${phrase}\\s+${qualifiers}(?:(?:the )?[A-Z][a-z]+ Province of )?`, 'g'));

/** After "with" and "to have" only these nouns make an origin of a country's adjective. */
const originNouns = /^\s+(?:origins?|nexus|government nexus)\b/;
/** What follows a country that only names a language or a place of targets. */
const noOrigin = /^(?:[-\u2010-\u2015]?speaking\b|\s+(?:speakers?|speaking|language|targets?|victims?)\b)/i;
/** From here on a sentence speaks of whom the group hits. */
const victims =
  /\b(?:target|against|victim|attacks? on|compromis|intrusions? in|interest in|active in|focus)/i;
const maxCountryWords = 5;

/**
 * The country that a group's description attributes it to, or undefined. Right or nothing: only the first sentence
 * counts, only when it is about the group itself, only a country that stands where an origin stands, only when no
 * second country competes with it. "Russian-speaking" is a language, "targets Iran" a victim.
 */
export function attributionInProse(
  description: string,
  names: readonly string[],
): ProseAttribution | undefined {
  const sentence = firstSentences(description.trim(), 1)[0];
  if (sentence === undefined || sentence.length > 1000) return undefined;
  const rest = afterSubject(sentence, names);
  if (rest === undefined) return undefined;
  const clause = beforeVictims(rest);
  const found = [...plainOrigin(clause), ...phrasedOrigins(clause)];
  const first = found[0];
  if (first === undefined || found.some(({ country }) => country !== first.country)) return undefined;
  if (/\b(?:not|never|no)\b/i.test(clause.slice(0, first.at))) return undefined;
  return { country: first.country, text: first.text, quote: sentence };
}

interface Origin {
  readonly country: string;
  readonly text: string;
  readonly at: number;
}

/** The sentence behind its subject, where the subject is the group by one of its names. */
function afterSubject(sentence: string, names: readonly string[]): string | undefined {
  const text = sentence.replace(/^The\s+/, '');
  const name = [...names].sort((a, b) => b.length - a.length).find((candidate) => text.startsWith(candidate));
  if (name === undefined) return undefined;
  return text.slice(name.length).replace(/^\s+group\b/i, '');
}

function beforeVictims(text: string): string {
  const at = victims.exec(text)?.index;
  return at === undefined ? text : text.slice(0, at);
}

/** "is a suspected Iranian threat group", "is a China-based …": the country right behind the verb. */
function plainOrigin(clause: string): readonly Origin[] {
  const lead = new RegExp(`^\\s+(?:is|are|was|were)\\s+(?:an?\\s+|the\\s+)?(${qualifiers})`).exec(clause);
  if (lead === null) return [];
  const at = lead[0].length;
  const country = countryAt(clause, at);
  if (country === undefined || noOrigin.test(clause.slice(country.end))) return [];
  const suffix = /^[-\u2010-\u2015][a-z]+|^ (?:state|government)[- ](?:sponsored|backed|affiliated)/i.exec(
    clause.slice(country.end),
  );
  if (suffix === null && !/^\s+\(?[a-z]/i.test(clause.slice(country.end))) return [];
  const text = `${lead[1] ?? ''}${clause.slice(at, country.end)}${suffix?.[0] ?? ''}`;
  return [{ country: country.code, text: text.trim(), at }];
}

function phrasedOrigins(clause: string): readonly Origin[] {
  return originPhrases.flatMap((phrase) =>
    [...clause.matchAll(phrase)].flatMap((match) => {
      const at = match.index + match[0].length;
      const country = countryAt(clause, at);
      if (country === undefined) return [];
      const tail = clause.slice(country.end);
      if (noOrigin.test(tail) || /^\s+(?:and|or)\s+[A-Z]/.test(tail)) return [];
      const needsNoun = /^(?:with|to have)/.test(match[0]);
      const noun = originNouns.exec(tail);
      if (needsNoun && noun === null) return [];
      const end = needsNoun ? country.end + (noun?.[0].length ?? 0) : endOfPhrase(clause, country.end);
      return [{ country: country.code, text: tidy(clause.slice(match.index, end)), at: match.index }];
    }),
  );
}

/** Without a full stop, and without a bracket that is not closed. */
function tidy(text: string): string {
  const open = text.indexOf('(', text.lastIndexOf(')') + 1);
  return (open < 0 ? text : text.slice(0, open)).trim().replace(/(?<![.,;])[.,;]+$/, '');
}

/** To the end of the name of an office: capitals, brackets, numbers and "of"; at most 120 characters. */
function endOfPhrase(clause: string, from: number): number {
  const tail =
    /^(?:['\u2019]s)?(?:\s+(?:of|for|the|and)(?=\s+[A-Z])|[-\u2010-\u2015][a-z]+|\s+\(?[A-Z0-9][\w.&\u2019'-]*\)?|\s+(?:government|actors|interests|unit|military unit))*/.exec(
      clause.slice(from, from + 120),
    );
  return from + (tail?.[0].length ?? 0);
}

/** The longest country name or adjective that begins exactly at `at`. */
function countryAt(text: string, at: number): { code: string; end: number } | undefined {
  const words = [...text.slice(at, at + 80).matchAll(/[\p{L}.\u2019']+/gu)].slice(0, maxCountryWords);
  if (words[0]?.index !== 0) return undefined;
  for (let count = words.length; count > 0; count -= 1) {
    const last = words[count - 1];
    if (last === undefined) continue;
    const end = last.index + last[0].length;
    const candidate = text.slice(at, at + end);
    if (!/^\p{Lu}/u.test(candidate) || /[,;(-]/.test(candidate)) continue;
    for (const spelling of [candidate, candidate.replace(/['\u2019]s$/, '')]) {
      const country = parseCountry(spelling.replaceAll('\u2019', "'"));
      if (country !== undefined) return { code: country.code, end: at + spelling.length };
    }
  }
  return undefined;
}
