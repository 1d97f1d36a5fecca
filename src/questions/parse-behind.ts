import type { EntityType } from '../domain/entity-type.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import type { Form } from './form.ts';

const maxLength = 160;
const minScore = 0.9;
/** A name of which only some words were typed, all of them words of the name. */
const minPartScore = 0.7;
const happened = '(?<what>.{2,80}?)';
const deed =
  '(?:hack|hacks|hacking|breach|breaches|attack|attacks|cyber ?attacks?|incident|compromise|leak|outage|outbreak|intrusion|heist|theft|campaign|operation|worm|ransomware|malware|wiper|backdoor|supply chain (?:attack|compromise|hack))';
const by =
  '(?:who|which (?:actors?|groups?|apts?|hackers?|gangs?)|what (?:actor|group|apt|gang)|whom|whodunnit)';

const patterns: readonly RegExp[] = [
  `${by}(?:'s| is| was| are| were| stands?| stood)? (?:behind|responsible for|to blame for|guilty of) (?:the )?${happened}`,
  `${by} (?:did|conducted|carried out|launched|performed|ran|perpetrated|committed|caused|executed|pulled off|orchestrated|masterminded) (?:the )?${happened}`,
  `${by} (?:hacked|attacked|breached|compromised|hit) (?:the )?${happened}`,
  `${by} (?:created|made|wrote|developed|built|authored|coded|released|spread|unleashed|operates?|operated|owns?|runs?) (?:the )?${happened}`,
  `attribution (?:of|for) (?:the )?${happened} ${deed}`,
  `(?:the )?${happened} ${deed} (?:attribution|was by whom|by whom|who did it)`,
]
  .map((body) => `^(?:${body})$`)
  .map((body) => new RegExp(body, 'i'));

const deedAtEnd = new RegExp(` ${deed}(?: (?:of|in) (?:19|20)\\d\\d)?$`, 'i');
const kinds: readonly EntityType[] = ['campaign', 'malware', 'tool', 'report'];

/**
 * "who did NotPetya", "who is behind the SolarWinds hack": the campaign, malware or report that has the name of what
 * happened. Actors are left to other forms, and so is what has no name here.
 */
export const parseBehind: Form = ({ cleaned }, index) => {
  const what = happenedIn(cleaned);
  if (what === undefined) return undefined;
  const [first, ...others] = namedAfter(what, index);
  if (first === undefined) return undefined;
  return { kind: 'behind', match: first, ...(others.length === 0 ? {} : { others }) };
};

/** What is said to have happened, in the words of the question; undefined where it asks for no deed. */
export function happenedIn(cleaned: string): string | undefined {
  if (cleaned.length > maxLength) return undefined;
  for (const pattern of patterns) {
    const what = pattern.exec(cleaned)?.groups?.['what']?.trim();
    if (what !== undefined && !/^(?:this|that|it|these|those|them|us|our|my)\b/i.test(what)) return what;
  }
  return undefined;
}

/** The words of what happened that tell it from others. */
export function incidentName(what: string): string {
  return what
    .replace(/^(?:the|a|an) /i, '')
    .replace(deedAtEnd, '')
    .replace(/['’]s?$/i, '')
    .trim();
}

/** Campaigns, malware and reports of the name: exact ones first, else those with all of its words in theirs. */
export function namedAfter(what: string, index: SearchIndex): readonly Match[] {
  const bare = incidentName(what);
  const undated = bare.replace(/^(?:19|20)\d\d /, '');
  const texts = [...new Set([what.replace(/^the /i, ''), bare, undated])].filter((text) => text.length > 1);
  for (const text of texts) {
    const lookup = index.lookup(text, kinds);
    const matches =
      lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
    const sure = matches.filter((match) => isMeant(match, text));
    if (sure.some(({ entity, score }) => entity.type === 'intrusion-set' && score >= minScore)) return [];
    const found = sure.filter(({ entity }) => kinds.includes(entity.type));
    if (found.length > 0) return byKind(found);
  }
  for (const text of texts) {
    const lookup = index.lookup(text, kinds);
    const near = lookup.kind === 'suggest' ? lookup.suggestions.filter((match) => hasWords(match, text)) : [];
    if (near.length > 0) return byKind(near);
  }
  return [];
}

function isMeant(match: Match, text: string): boolean {
  if (match.score >= minScore) return match.matched.text.length >= text.length - 2;
  return match.score >= minPartScore && hasWords(match, text);
}

function byKind(matches: readonly Match[]): readonly Match[] {
  return matches
    .filter(({ entity }) => kinds.includes(entity.type))
    .toSorted((a, b) => kinds.indexOf(a.entity.type) - kinds.indexOf(b.entity.type));
}

/**
 * "SolarWinds" stands as a word in "SolarWinds Compromise", and not in "SOLAR ION". Of three words and more most are
 * enough, with all numbers: "2015 Ukraine power grid" is the "2015 Ukraine Electric Power Attack".
 */
function hasWords({ entity }: Match, text: string): boolean {
  return [entity.name, ...entity.aliases].some((name) => isCalledAfter(name, text));
}

/** True for a name that has the words by which something is asked for. */
export function isCalledAfter(name: string, text: string): boolean {
  const wanted = wordsOf(text);
  const words = new Set(wordsOf(name));
  const shared = wanted.filter((word) => words.has(word)).length;
  const hasNumbers = wanted.every((word) => !/\d/.test(word) || words.has(word));
  return (
    wanted.length > 0 && hasNumbers && shared >= (wanted.length < 3 ? wanted.length : wanted.length * 0.7)
  );
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
