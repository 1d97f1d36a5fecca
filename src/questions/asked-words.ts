import { aspectsIn } from './aspect-words.ts';
import { platformWordings } from './condition-platform.ts';
import { tacticWordings } from './condition-tactic.ts';
import type { Wording } from './filter-near.ts';
import { countryWordings, listRegionWordings } from './filter-places.ts';
import type { Aspect, AspectScope } from './types.ts';
import { unusedWords } from './unused-words.ts';

/** What the words around an entity ask for. */
export interface AskedWords {
  /** In the order asked; empty where nothing in particular is asked for. */
  readonly aspects: readonly Aspect[];
  readonly asks?: 'count';
  readonly within?: AspectScope;
  /** What asks for nothing that is known here, as written. */
  readonly unused: readonly string[];
}

const counting =
  /(?<![a-z])(?:how many(?: different| distinct)?|(?:the )?(?:total )?(?:number|count|amount) of|count(?: the| of| all)?)(?![a-z])/i;
const home = /\b(?:country|nation)\b(?! (?:it|they|is|are|does|do))/i;
const aims = /\b(?:target\w*|attack\w*|hit|hits|victim\w*|active|operat\w+|against|strik\w+|focus\w*)\b/i;
const origins = /\b(?:from|origin|behind|sponsor\w*|attributed|home)\b/i;

/** Ways in which people ask for the techniques of a tactic without naming it. */
const tacticPhrases: readonly (readonly [string, RegExp])[] = [
  [
    'initial-access',
    /\b(?:(?:gets?|gain\w*|obtain\w*|achiev\w*) (?:initial )?access|get(?:s|ting)? in(?:side)?\b(?! touch)|breaks? in(?:to)?(?: networks?)?)\b/i,
  ],
  [
    'lateral-movement',
    /\b(?:mov(?:e|es|ing) lateral\w*|lateral(?:ly)? mov\w+|spread(?:s|ing)? (?:inside|within|through|across) (?:a |the )?networks?)\b/i,
  ],
  ['privilege-escalation', /\bescalat\w+ (?:its |their )?privileges?\b/i],
  [
    'persistence',
    /\b(?:(?:achiev\w+|gain\w*|maintain\w*|establish\w*|keep\w*) (?:persistence|a foothold|access)|persists?)\b/i,
  ],
  ['exfiltration', /\b(?:exfiltrat(?:e|es|ing)(?: data| files)?|steals? (?:data|files))\b/i],
  ['credential-access', /\b(?:steals?|gets?|dumps?|harvests?) (?:credentials|passwords)\b/i],
  [
    'defense-evasion',
    /\b(?:evad(?:e|es|ing) (?:detection|defen[cs]es?|av|edr)|avoids? detection|stays? (?:hidden|undetected|under the radar)|remains? undetected|hides? (?:itself|its|their))\b/i,
  ],
];

/** Reads the words around an entity; `text` is the question without the entity's name. */
export function askedWords(text: string): AskedWords {
  const counted = text.replace(counting, (found) => ' '.repeat(found.length));
  const asks = counted === text ? {} : { asks: 'count' as const };
  const tactic = takeTactic(counted);
  const { aspects: named, rest: others } = aspectsIn(tactic.rest);
  const aspects = refinedAspects(tactic.key === undefined ? named : withTechniques(named), text);
  const scope = scopeIn(aspects, others, tactic.key);
  return {
    aspects: scope.aspects,
    ...asks,
    ...(scope.within === undefined ? {} : { within: scope.within }),
    unused: unusedWords(scope.rest),
  };
}

function takeTactic(text: string): { readonly key: string | undefined; readonly rest: string } {
  for (const [key, pattern] of tacticPhrases) {
    const found = pattern.exec(text);
    if (found !== null) return { key, rest: text.replace(found[0], ' ') };
  }
  const found = takeWording(text, tacticWordings);
  return { key: found?.key, rest: found?.rest ?? text };
}

/** "persistence techniques", "persistence tactics", "persistence of X": always techniques. */
function withTechniques(aspects: readonly Aspect[]): readonly Aspect[] {
  const others = aspects.filter((aspect) => aspect !== 'references');
  return others.includes('techniques') ? others : [...others, 'techniques'];
}

interface Scoped {
  readonly aspects: readonly Aspect[];
  readonly within?: AspectScope;
  readonly rest: string;
}

/** A tactic, platform or place that narrows one of the aspects; of one that narrows none the words stay unused. */
function scopeIn(aspects: readonly Aspect[], rest: string, tactic: string | undefined): Scoped {
  if (tactic !== undefined) return { aspects, within: { kind: 'tactic', key: tactic }, rest };
  if (aspects.some((aspect) => aspect === 'sectors' || aspect === 'regions')) {
    const place = takeWording(rest, placeWordings);
    if (place !== undefined) {
      const others = aspects.filter((aspect) => aspect !== 'regions');
      return {
        aspects: ['regions', ...others],
        within: { kind: 'region', key: place.key },
        rest: place.rest,
      };
    }
  }
  if (aspects.some((aspect) => aspect === 'malware' || aspect === 'tools' || aspect === 'software')) {
    const platform = takeWording(rest, platformWordings);
    if (platform !== undefined)
      return { aspects, within: { kind: 'platform', key: platform.key }, rest: platform.rest };
  }
  return { aspects, rest };
}

const placeWordings: readonly Wording[] = [...listRegionWordings, ...countryWordings];

/** The longest wording that stands in a text as whole words, with the text without it. */
function takeWording(
  text: string,
  wordings: readonly Wording[],
): { readonly key: string; readonly rest: string } | undefined {
  const lower = text.toLowerCase();
  let best: { readonly at: number; readonly wording: Wording } | undefined;
  for (const wording of wordings) {
    if (best !== undefined && wording.text.length <= best.wording.text.length) continue;
    const at = indexOfWords(lower, wording.text);
    if (at !== -1) best = { at, wording };
  }
  if (best === undefined) return undefined;
  const end = best.at + best.wording.text.length;
  return { key: best.wording.key, rest: `${text.slice(0, best.at)} ${text.slice(end)}` };
}

function indexOfWords(text: string, words: string): number {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const isWhole =
      !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + words.length] ?? '');
    if (isWhole) return at;
  }
  return -1;
}

/** "Country" alone may ask for the home or for the victims: the words around it tell; the verb asks for nothing more. */
function refinedAspects(aspects: readonly Aspect[], text: string): readonly Aspect[] {
  const refined = aspects.map((aspect): Aspect => {
    if (aspect === 'regions' && !aims.test(text) && (origins.test(text) || home.test(text)))
      return 'attribution';
    return aspect === 'attribution' && aims.test(text) && !origins.test(text) ? 'regions' : aspect;
  });
  const distinct = [...new Set(refined)].filter(
    (aspect, _, all) => aspect !== 'references' || !all.includes('ids'),
  );
  const isVerbOnly =
    !/\b(?:sectors?|industr\w+|verticals?|victim\w*|targets(?! in\b)|compan\w+|organi[sz]ations?)\b/i.test(
      text,
    );
  return distinct.includes('regions') && isVerbOnly
    ? distinct.filter((aspect) => aspect !== 'sectors')
    : distinct;
}
