import { anyAspect, aspectIn } from './aspect-words.ts';

export type CompareMode = 'compare' | 'common' | 'links';

/** A wording that asks for things side by side. */
export interface Frame {
  /**
   * Groups: `list`, the names; `last`, one more name behind the words that part them; `aspect`, what of them is
   * asked for.
   */
  readonly pattern: RegExp;
  readonly mode: CompareMode;
  /**
   * `strong`: the words ask for nothing else, so a name that nobody has is told as unknown. `weak`: the words may
   * mean other things, and every part has to be a name.
   */
  readonly strength: 'strong' | 'weak';
  /** True: one name alone is a question too ("compare APT39"). */
  readonly alone?: true;
  /** True: every part has to be a name as recorded ("is chafer APT39"). */
  readonly exact?: true;
  /** True: every part has to be an actor: "techniques: T1566, T1059" is a list of these. */
  readonly actors?: true;
  /** The group in which stands what is used: of namesakes the software or technique is meant. */
  readonly used?: 'list' | 'last';
}

/** Stands for the words of an aspect: patterns that spelled them all out would take long to compile. */
const mark = '\u0002';
const aspect = `(?<aspect>${mark})`;
const aspectWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyAspect})(?![\\p{L}\\p{N}])`, 'giu');
const list = '(?<list>.{1,600}?)';
const name = '(?<list>.{1,200}?)';
const last = '(?<last>.{1,200}?)';
const lead =
  "(?:(?:what(?:'s| is| are| was| were)?|which(?: are| is)?|show(?: me| us)?|give (?:me|us)|get(?: me)?|list|find|name|tell (?:me|us)(?: about)?|explain|describe|do (?:we|you) (?:know|see)(?: of)?|is there|are there|there (?:is|are)|any|i want|make|run|do|draw up)\\s+)?(?:(?:the|any|a|an|all|some|known|main|possible|potential|quick|full|detailed|recorded|reported|technical|of) )*";
const being = '(?:is|are|was|were)';
const doing = '(?:do|does|did|has|have)';
const linked = '(?:related|linked|connected|tied|associated|affiliated|close)';
const link = '(?:links?|connections?|ties|relations?|relationships?|associations?|affiliations?)';
const shared = '(?:common|shared|overlapping|mutual|joint|same|identical|similar)';
const together =
  '(?:together|to each other|to one another|with each other|with one another|from each other|from one another)';
const kindWords =
  '(?:threat )?(?:actors?|groups?|apts?|gangs?|crews?|hackers?|people|threats?|things?|clusters?|teams?|malware|tools?|families|family|entity|entities|ones?)';
const partOf =
  '(?:the same(?: thing| entity)?(?: KIND)? as|identical (?:to|with)|equal to|a\\.?k\\.?a\\.?|also known as|also called|another name (?:for|of)|(?:an? |just an? )?(?:alias|synonym|rebrand|other name) (?:of|for)|(?:a )?part of|(?:an? )?(?:sub-?groups?|sub-?sets?|sub-?clusters?|units?|clusters?|branch|division|spin-?off|offshoot|faction|member|component|successor|predecessor|variant|version) (?:of|to)|(?:an? )?different(?: KIND)? (?:from|than|to)|distinct from|separate from|behind|under|inside|within)'.replaceAll(
    'KIND',
    kindWords,
  );

function frame(
  mode: CompareMode,
  strength: Frame['strength'],
  body: string,
  more: Pick<Frame, 'alone' | 'exact' | 'actors' | 'used'> = {},
): Frame {
  return { pattern: new RegExp(`^(?:${body})$`, 'i'), mode, strength, ...more };
}

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
    'weak',
    `${doing} ${name} (?:share|have|use|target)(?: any| some| the same| common| shared| similar)* ${aspect} (?:in common )?(?:with|as) ${last}`,
  ),
  frame(
    'common',
    'weak',
    `${doing} ${list} (?:share|have|use|target|both use|both target)(?: any| some| the same| common| shared| similar)+ ${aspect}(?: in common)?`,
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
  // Links
  frame('links', 'strong', `${lead}${link} (?:between|among|amongst) ${list}`),
  frame('links', 'weak', `${lead}${link} (?:of|from) ${name} (?:to|with|and) ${last}`),
  frame('links', 'weak', `${lead}${name}(?:'s)? ${link} (?:to|with) ${last}`),
  frame('links', 'weak', `${doing} ${name} have (?:any |some |known )*${link} (?:to|with) ${last}`),
  frame('links', 'weak', `(?:how )?${being} ${name} (?:in any way )?${linked} (?:to|with) ${last}`),
  frame('links', 'weak', `(?:how )?${being} ${list} (?:in any way )?${linked}(?: (?:at all|${together}))?`),
  frame('links', 'weak', `(?:how )?(?:closely )?${linked} ${being} ${list}`),
  frame('links', 'weak', `(?:what|how) (?:links?|connects?|ties?|relates?) ${name} (?:to|with|and) ${last}`),
  frame('links', 'weak', `(?:link|connect|tie|relate) ${name} (?:to|with|and) ${last}`),
  frame(
    'links',
    'weak',
    `${being} ${list} (?:(?:really |actually |all |both )*)(?:the |one and the |one |just the )?(?:same|identical|one|different|distinct|separate|equal|synonyms|aliases|synonymous|a single)(?: (?:actual )?${kindWords})?`,
  ),
  frame(
    'links',
    'weak',
    `${being} ${name} (?:(?:really|actually|just|maybe|possibly|still|in fact) )*${partOf} ${last}`,
  ),
  frame(
    'links',
    'weak',
    `${doing} ${name} (?:belong to|equal|work (?:for|with|under)|cooperate with|collaborate with) ${last}`,
  ),
  frame(
    'links',
    'weak',
    `${doing} ${name} (?:ever )?(?:use|used|deploy|deployed|employ|employed|exploit|exploited|run) ${last}`,
  ),
  frame('links', 'weak', `${being} ${name} (?:ever )?(?:used|deployed|employed|exploited|run) by ${last}`, {
    used: 'list',
  }),
  frame('links', 'weak', `${list} (?:links?|connections?|relations?|relationships?)`),
  frame('links', 'weak', `${name} (?:=|==|=== ?|equals) ${last}`),
  frame('links', 'weak', `(?:is|are|was|isn't) ${list}`, { exact: true }),
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
  /[,;&+|=]|\s\/\s|\b(?:and|or|vs?|versus|with|to|from|than|as|between|compar\w*|contrast|common|shared?|overlap\w*|links?|connections?|relations?|similar\w*|differ\w*|both|side|like)\b|^(?:is|are|does|do|did)\b/i;

export function mayCompare(text: string): boolean {
  return text.length <= maxCompareLength && joining.test(text);
}

/** Beyond this no frame is tried: it is prose. */
const maxCompareLength = 600;
