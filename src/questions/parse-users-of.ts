import { nameKey } from '../domain/name-key.ts';
import type { Lookup, Match, SearchIndex } from '../search/types.ts';
import { type Question, usableTypes } from './types.ts';
import { unusedWords } from './unused-words.ts';

/**
 * "who uses X", with `name` the words that should be X. Undefined where what is named is nothing that is used: "who is
 * behind APT39" asks something else.
 */
export function usersOf(
  lookup: Lookup,
  name: string,
  text: string,
  index: SearchIndex,
): Question | undefined {
  if (lookup.kind === 'suggest') return { kind: 'suggest', suggestions: lookup.suggestions, text: name };
  const matches = usableIn(lookup);
  const [only] = matches;
  // "who uses wiper malware" names no technique called Malware, but a kind of which no source keeps a list.
  if (only === undefined || isOtherKind(name, only)) return undefined;
  if (matches.length > 1) return { kind: 'choice', matches, aspect: 'overview' };
  const others = namesakes(only, name, index);
  const unused = leftOut(name, only, text);
  return {
    kind: 'users-of',
    match: only,
    ...(others.length === 0 ? {} : { others }),
    ...(unused.length === 0 ? {} : { unused }),
  };
}

function usableIn(lookup: Lookup): readonly Match[] {
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  return matches.filter((match) => usableTypes.includes(match.entity.type));
}

const kindWords =
  /(?<!\s)\s+(?:ransomware|malware|backdoor|trojan|rat|tool|loader|botnet|stealer|infostealer|implant|wiper|worm|family)$/i;

function isOtherKind(name: string, { matched: { text } }: Match): boolean {
  return /^(?:malware|software|tools?)$/i.test(text) && nameKey(name) !== nameKey(text);
}

/**
 * Sources name one malware with its kind and without, or by each other's aliases: whoever keeps its users may have it
 * under another of its names. Nearest first.
 */
function namesakes(match: Match, name: string, index: SearchIndex): readonly Match[] {
  if (!isSoftware(match)) return [];
  const found = new Map<string, Match>([[match.entity.id, match]]);
  const names = [name.replace(kindWords, ''), ...match.entity.aliases];
  for (let at = 0; at < names.length && at < maxNames; at += 1) {
    const one = names[at] ?? '';
    if (one.length < 3) continue;
    for (const owner of usableIn(index.lookup(one, usableTypes))) {
      const isSame = nameKey(owner.matched.name) === nameKey(one);
      if (!isSame || !isSoftware(owner) || found.has(owner.entity.id)) continue;
      found.set(owner.entity.id, owner);
      names.push(...owner.entity.aliases);
    }
  }
  return [...found.values()].slice(1);
}

const maxNames = 12;

function isSoftware({ entity: { type } }: Match): boolean {
  return type === 'malware' || type === 'tool';
}

const exclusion =
  /\b(?:not|no|never|except|excluding|exclude|without|minus|besides|apart from|other than|but|nor|neither|isn't|aren't|don't|doesn't|didn't)\b[^]*$/i;

/** What stands beside the name: from a word that leaves something out to the end, else the words that say something. */
function leftOut(name: string, match: Match, text: string): readonly string[] {
  const around = name.replace(match.matched.text, ' ');
  const left = exclusion.exec(around);
  const isOnly = /\b(?:only|solely|exclusively|nothing but)\b/i.exec(text.replace(match.matched.text, ' '));
  const words = unusedWords(left === null ? around : around.slice(0, left.index)).filter(
    (word) => !kindWords.test(` ${word}`),
  );
  return [
    ...(isOnly === null ? [] : [isOnly[0]]),
    ...words,
    ...(left === null ? [] : [left[0].replace(/\s+/g, ' ').trim()]),
  ];
}
