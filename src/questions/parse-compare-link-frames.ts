import {
  being,
  doing,
  type Frame,
  frame,
  kindWords,
  last,
  lead,
  link,
  linked,
  list,
  name,
  partOf,
  together,
} from './parse-compare-frame.ts';

/** Wordings that ask how things are tied to each other, or whether they are one; in the order in which they are tried. */
export const linkFrames: readonly Frame[] = [
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
];
