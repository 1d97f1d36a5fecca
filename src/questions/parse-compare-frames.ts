import { anyAspect, aspectIn } from './aspect-words.ts';
import {
  aspect,
  being,
  doing,
  type Frame,
  frame,
  last,
  lead,
  list,
  mark,
  name,
  shared,
  together,
} from './parse-compare-frame.ts';
import { linkFrames } from './parse-compare-link-frames.ts';

const aspectWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyAspect})(?![\\p{L}\\p{N}])`, 'giu');
/** Wordings in the order in which they are tried on the cleaned text. */
export const frames: readonly Frame[] = [
  // Compare
  frame(
    'compare',
    'strong',
    `compare(?: and contrast)? (?:the )?${aspect} (?:of|between|for|(?:used|hit|targeted|attacked|exploited|deployed) by|in|from) ${list}`,
  ),
  frame(
    'compare',
    'strong',
    `compare(?: and contrast)? ${list} (?:by|on|in terms of|regarding|concerning|with respect to|with regard to|based on|in|for) (?:the |their |its )?${aspect}(?: used| only| alone)?`,
  ),
  frame('compare', 'strong', `(?:compare(?: and contrast)?|comparing|contrast) ${list}`, { alone: true }),
  frame(
    'compare',
    'strong',
    `${lead}(?:comparison|diffs?|different|differs|differences?|distinctions?|delta|contrast|side[- ]by[- ]side(?: comparison| view)?) (?:(?:in|of|for) (?:the |their )?${aspect} )?(?:between|of|among|for|with) ${list}`,
  ),
  frame('compare', 'strong', `side[- ]by[- ]side:? ${list}`),
  // Two actors named together, and nothing asked but what they are.
  frame(
    'compare',
    'weak',
    `(?:who(?:'s| is| are| was| were)?|what(?:'s| is| are)|tell (?:me|us)(?: (?:more|something|everything))?(?: about| on)?|(?:info|information|intel|details|report|briefing|overview|anything|something|everything) (?:on|about|of|for)|brief(?: me| us)? on|describe|explain|introduce|summari[sz]e|profiles? (?:of|for)|what (?:do|can) (?:you|we) (?:know|tell (?:me|us)|have) (?:about|on)) ${list}`,
    { actors: true },
  ),
  frame(
    'compare',
    'strong',
    `(?:(?:which|what|who|find|list|show(?: me)?) )?(?:is |are |looks? )?(?:the |other |any )*(?:actors?|groups?|apts?)? ?(?:is |are |looks? |most |very |closely |that )*(?:similar to|like|alike|closest to|nearest to|close to|resembling) ${name}`,
    { alone: true },
  ),
  frame(
    'compare',
    'strong',
    `${lead}(?:similar|comparable|related|other) (?:actors?|groups?|apts?) (?:to|like|as) ${name}`,
    {
      alone: true,
    },
  ),
  frame('compare', 'strong', `${name} (?:as )?compared (?:to|with|against) ${last}`),
  frame(
    'compare',
    'strong',
    `how ${doing} (?:the )?(?:${aspect} (?:of|used by|for) )?${name} (?:compare (?:to|with|against)|differ from|stack up against|measure up (?:to|against)) ${last}`,
  ),
  frame(
    'compare',
    'strong',
    `how ${being} ${name} (?:any |so )?(?:different|distinct) (?:from|than|to) ${last}`,
  ),
  frame(
    'compare',
    'strong',
    `how ${doing} ${list} (?:compare|differ|stack up)(?: ${together})?(?: (?:in|by|on|in terms of|regarding) (?:the |their )?${aspect})?`,
  ),
  frame('compare', 'strong', `how (?:different|distinct) ${being} ${list}(?: ${together})?`),
  frame(
    'compare',
    'strong',
    `what (?:distinguishes|differentiates|sets apart|separates) ${name} (?:from|and) ${last}`,
  ),
  frame('compare', 'strong', `what sets ${name} apart from ${last}`),
  frame('compare', 'weak', `${list} (?:comparison|compared|differences?|side[- ]by[- ]side)`),
  // In common
  frame(
    'common',
    'strong',
    `${lead}${shared} (?:${aspect} )?(?:used )?(?:of|between|for|among|amongst|by|to|across|with|in|from)(?: both| all(?: of)?)? ${list}`,
  ),
  frame(
    'common',
    'strong',
    `${lead}${aspect} (?:(?:that|which) )?(?:(?:is|are) )?(?:(?:shared|common|in common|overlapping|mutual|reused)(?: used)?(?: by| between| to| of| among| across| for| with| in)+|(?:used|targeted|deployed|employed|hit|attacked|exploited)(?: by| in) (?:both|all(?: of)?))(?: both| all(?: of)?)? ${list}`,
  ),
  frame(
    'common',
    'strong',
    `(?:what|which|what (?:kind|sort)s? of) (?:(?:other |of the same |common |shared )?${aspect} )?${doing} (?:both |all of )?${list} (?:both |all |jointly )?(?:share|have in common|got in common|have common|have shared|use in common|use together|use both|in common)`,
  ),
  frame(
    'common',
    'strong',
    `(?:what|which) ${aspect} ${doing} (?:both ${list} (?:use|used|target|targeted|deploy|employ|exploit|attack|hit|run)|${name.replace('list', 'last')} (?:both|all|jointly) (?:use|used|target|targeted|deploy|employ|exploit|attack|hit|run))`,
  ),
  frame(
    'common',
    'strong',
    `(?:what|which)(?: ${aspect})? ${doing} ${name} (?:share|have in common|got in common|have common) with ${last}`,
  ),
  frame(
    'common',
    'strong',
    `(?:how many|how much|count(?: of)?(?: the)?) (?:of the same |common |shared |same )?${aspect} ${doing} (?:both )?${list} (?:both |all )?(?:share|have in common|use|have|target|both use)(?: in common| together)?`,
  ),
  frame(
    'compare',
    'strong',
    `(?:which|what|list|find|show(?: me)?|who)? ?(?:other )?(?:groups?|actors?|apts?|threat actors?|gangs?)? ?(?:that |who |which )?(?:share|shares|sharing|use|uses|using|have|has) (?:any |some |the )?(?:same |common |similar )?${aspect} (?:in common )?(?:with|as|like) ${name}`,
    { alone: true },
  ),
  frame(
    'common',
    'weak',
    `${doing} ${name} (?:share|have|use|target)(?: any| some| the same| common| shared| similar)* ${aspect} (?:in common )?(?:with|as) ${last}`,
  ),
  frame(
    'common',
    'weak',
    `${doing} ${list} (?:share|both use|both target)(?: any| some| the same| common| shared| similar)* ${aspect}(?: in common)?`,
  ),
  frame(
    'common',
    'weak',
    `${doing} ${list} (?:have|use|target)(?: any| some| the same| common| shared| similar)+ ${aspect}(?: in common)?`,
  ),
  frame(
    'common',
    'weak',
    `${doing} ${list} (?:share|have) (?:anything|something|things|much|a lot)(?: in common)?`,
  ),
  frame(
    'common',
    'weak',
    `${doing} ${name} (?:share|have) (?:anything|something|things|much|a lot)(?: in common)? with ${last}`,
  ),
  frame(
    'common',
    'strong',
    `${lead}(?:differences? and )?(?:overlaps?|intersections?|similarit(?:y|ies)|commonalit(?:y|ies)|resemblances?)(?: and differences?)?(?: (?:in|of) (?:the |their )?${aspect})? (?:between|of|among|with|for) ${list}`,
  ),
  frame(
    'common',
    'strong',
    `${lead}${aspect} (?:overlaps?|intersections?|similarit(?:y|ies)|commonalit(?:y|ies)) (?:between|of|among|with|for) ${list}`,
  ),
  frame('common', 'weak', `${shared} ${aspect}:? ${list}`),
  frame(
    'common',
    'weak',
    `(?:overlaps?|overlapping|intersections?|similarit(?:y|ies)|commonalit(?:y|ies)):? ${list}`,
  ),
  frame('compare', 'weak', `(?:diff|difference|differences|versus|vs):? ${list}`),
  frame('common', 'weak', `what ${list} (?:share|have in common)`),
  frame(
    'common',
    'weak',
    `${doing} ${list} share (?:any |some |the same |common )*(?:infrastructure|code|operators|members|people|c2|servers|domains|victims)`,
  ),
  frame('common', 'weak', `${doing} ${name} (?:overlap|intersect) with ${last}`),
  frame(
    'common',
    'weak',
    `${doing} ${list} overlap(?: (?:in|on|in terms of) (?:their )?${aspect})?(?: at all)?`,
  ),
  frame(
    'common',
    'weak',
    `(?:how (?:similar|close|alike) )?${being} ${name} (?:similar|close|alike)? ?to ${last}`,
  ),
  frame('common', 'strong', `how (?:similar|close|alike) ${being} ${list}(?: ${together})?`),
  frame('common', 'weak', `${being} ${list} (?:similar|alike)`),
  frame(
    'common',
    'weak',
    `${list}:? (?:(?:have |share )?in common|commonalit(?:y|ies)|overlaps?|overlapping|similarit(?:y|ies)|intersection|shared|common)(?: ${aspect})?`,
  ),
  frame('common', 'weak', `${aspect} ${list} (?:both use|have in common|share|in common)`),
  frame('common', 'weak', `${aspect} in common (?:between|of|for|to) ${list}`),
  ...linkFrames,
  // Names with a sign between them, and what of them
  frame('compare', 'weak', `(?:the )?${aspect}:? (?:(?:of|used by|for|by|between) )?${list}`, {
    actors: true,
  }),
  frame('compare', 'weak', `${list}(?: by| on|:)? ${aspect}`, { actors: true }),
];

const maxMarks = 4;
const ties: ReadonlySet<string> = new Set(['references', 'related']);

/** A text with the words of one aspect marked, and these words; the text alone comes last. */
export interface Marked {
  readonly text: string;
  readonly aspect?: string;
}

/** Every way of taking one of the words for what is asked for; a name may hold such a word ("Operation Ghost"). */
export function markings(text: string): readonly Marked[] {
  // "Links" are what sources link to elsewhere; between names they are what ties these.
  const found = [...text.matchAll(aspectWord)]
    .filter(([word]) => !ties.has(aspectIn(word) ?? ''))
    .slice(0, maxMarks);
  return [
    ...found.map((word): Marked => {
      const behind = text.slice(word.index + word[0].length);
      return { text: `${text.slice(0, word.index)}${mark}${behind}`, aspect: word[0] };
    }),
    { text },
  ];
}

/** True where a mark stands inside what should be names. */
export function holdsMark(text: string): boolean {
  return text.includes(mark);
}

/** Some word that parts or joins names, or asks for such: without one no frame fits. */
const joining =
  /[,;&+|=/]|\b(?:and|or|vs?|versus|diff|with|to|from|than|as|between|compar\w*|contrast|common|shared?|overlap\w*|links?|connections?|relations?|similar\w*|differ\w*|both|side|like)\b|^(?:is|are|does|do|did)\b/i;

export function mayCompare(text: string): boolean {
  return text.length <= maxCompareLength && joining.test(text);
}

/** Beyond this no frame is tried: it is prose. */
const maxCompareLength = 600;
