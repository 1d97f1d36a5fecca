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
export const mark = '\u0002';
export const aspect = `(?<aspect>${mark})`;
export const list = '(?<list>.{1,600}?)';
export const name = '(?<list>.{1,200}?)';
export const last = '(?<last>.{1,200}?)';
export const lead =
  "(?:(?:what(?:'s| is| are| was| were)?|which(?: are| is)?|show(?: me| us)?|give (?:me|us)|get(?: me)?|list|find|name|tell (?:me|us)(?: about)?|explain|describe|do (?:we|you) (?:know|see)(?: of)?|is there|are there|there (?:is|are)|any|i want|make|run|do|draw up)\\s+)?(?:(?:the|any|a|an|all|some|known|main|possible|potential|quick|full|detailed|recorded|reported|technical|of) )*";
export const being = '(?:is|are|was|were)';
export const doing = '(?:do|does|did|has|have)';
export const linked = '(?:related|linked|connected|tied|associated|affiliated|close)';
export const link = '(?:links?|connections?|ties|relations?|relationships?|associations?|affiliations?)';
export const shared = '(?:common|shared|overlapping|mutual|joint|same|identical|similar)';
export const together =
  '(?:together|to each other|to one another|with each other|with one another|from each other|from one another)';
export const kindWords =
  '(?:threat )?(?:actors?|groups?|apts?|gangs?|crews?|hackers?|people|threats?|things?|clusters?|teams?|malware|tools?|families|family|entity|entities|ones?)';
export const partOf =
  '(?:the same(?: thing| entity)?(?: KIND)? as|identical (?:to|with)|equal to|a\\.?k\\.?a\\.?|also known as|also called|another name (?:for|of)|(?:an? |just an? )?(?:alias|synonym|rebrand|other name) (?:of|for)|(?:a )?part of|(?:an? )?(?:sub-?groups?|sub-?sets?|sub-?clusters?|units?|clusters?|branch|division|spin-?off|offshoot|faction|member|component|successor|predecessor|variant|version) (?:of|to)|(?:an? )?different(?: KIND)? (?:from|than|to)|distinct from|separate from|behind|under|inside|within)'.replaceAll(
    'KIND',
    kindWords,
  );

export function frame(
  mode: CompareMode,
  strength: Frame['strength'],
  body: string,
  more: Pick<Frame, 'alone' | 'exact' | 'actors' | 'used'> = {},
): Frame {
  return { pattern: new RegExp(`^(?:${body})$`, 'i'), mode, strength, ...more };
}
