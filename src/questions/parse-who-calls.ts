import { isKnownOrganisation } from '../domain/organisation.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Form } from './form.ts';
import type { Question } from './types.ts';

const maxLength = 200;
const maxNameWords = 14;
const exactScore = 0.96;

const house = '(?<house>[^?]{1,50}?)';
const entity = '(?<entity>.{1,120}?)';
const call =
  '(?:call|calls|called|name|names|named|refer to|refers to|track|tracks|label|labels|dub|dubbed|designate|designates)';
const naming =
  '(?:names?|alias(?:es)?|designations?|naming|labels?|code ?names?|term|nomenclature|monikers?|cryptonyms?|word)';
const anyone =
  '(?:vendors?|vendor|(?:the )?(?:security )?(?:companies|firms|industry)|organi[sz]ations?|others?|everyone|everybody|people|researchers|who|which (?:vendors?|company|companies|firm|organi[sz]ation)|different vendors|each vendor|all vendors|every vendor)';

function pattern(body: string): RegExp {
  return new RegExp(`^(?:${body})$`, 'i');
}

/** Names of one house. What stands for the house has to be one. */
const ofHouse: readonly RegExp[] = [
  pattern(
    `(?:what|how) (?:does|do|did|would|has|is) ${house} (?:usually |now )?${call} ${entity}(?: (?:as|by))?`,
  ),
  pattern(
    `(?:what(?:'s| is| are| was) |show(?: me)? |give me |tell me |list )?(?:the )?${house}(?:'s?)? (?:own )?${naming} (?:for|of|given to|used for) ${entity}`,
  ),
  pattern(
    `(?:what(?:'s| is| are) |show(?: me)? )?(?:the )?${naming} (?:that |which )?${house} (?:uses|use|gives?|gave|has|have|assigned) (?:to |for )?${entity}`,
  ),
  pattern(
    `(?:what(?:'s| is) )?(?:the )?${naming} (?:of|for) ${entity} (?:at|by|from|in|according to|used by|given by|with) (?:the )?${house}(?:'s)?(?: ${naming}| taxonomy)?`,
  ),
  pattern(
    `(?:what(?:'s| is) )?${entity} (?:called |known as |named )?(?:in|by|at|according to) (?:the )?${house}(?:'s)?(?: ${naming}| taxonomy| terms| speak| language)?`,
  ),
  pattern(`(?:what(?:'s| is| are) )?${entity}(?:'s)? ${house} ${naming}`),
  pattern(
    `(?:under |by )?(?:what|which) ${naming} (?:does|do|did|is|are) ${house} (?:${call}|know|knows|use for|track|follow|report on) ${entity}(?: (?:as|by|under))?`,
  ),
];

/** Who uses the names: a table, or who uses one of them. */
const ofAll: readonly RegExp[] = [
  pattern(`(?:who|what|which (?:vendors?|compan(?:y|ies)|organi[sz]ations?)) ${call} ${entity} what`),
  pattern(`(?:what|how) (?:do|does|did) ${anyone} ${call} ${entity}`),
  pattern(
    `(?:what|which) ${naming} (?:do|does|did|have|has) ${anyone} (?:use|uses|give|given|gave|have|assign|assigned)(?: for| to)? ${entity}`,
  ),
  pattern(
    `(?:what (?:are )?|show(?: me| us)? |list |give (?:me|us) |get )?(?:all )?(?:the )?(?:different |other |various )?(?:vendors?'?s?'?|vendor specific|per vendor|industry) ${naming} (?:of|for|used for|given to) ${entity}`,
  ),
  pattern(
    `(?:what are |show(?: me| us)? |list |give (?:me|us) )?(?:all )?(?:the )?${naming} (?:of|for|given to|used for) ${entity} (?:by|per|from|across|among|according to) (?:the )?(?:different |each |every |all )?(?:vendors?|compan(?:y|ies)|organi[sz]ations?|source|sources|who coined (?:it|them)|house|houses)`,
  ),
  pattern(`(?:what are |show(?: me)? |list )?${entity}(?:'s?)? (?:vendor|industry) ${naming}`),
  pattern(
    `(?:what are |show(?: me)? |list )?${entity}(?:'s?)? ${naming} (?:by|per|across) (?:vendors?|source)`,
  ),
  pattern(`(?:which|what) (?:vendors?|compan(?:y|ies)|organi[sz]ations?|ones?) ${call} ${entity}`),
  pattern(
    `who (?:else )?(?:coined|invented|came up with|gave|introduced|uses|made up|chose|named) (?:the )?(?:name|alias|term|names|aliases)s? ${entity}`,
  ),
  pattern(`where does the (?:name|alias|term) ${entity} come from`),
  pattern(
    `(?:who|whom|by whom|whose|which (?:vendors?|compan(?:y|ies)|firms?|organi[sz]ations?))(?: else| all)? (?:coined|invented|${call}) ${entity}`,
  ),
  pattern(`(?:whose|which vendor's) (?:name|alias|term) is ${entity}`),
  pattern(
    `(?:by )?(?:who|whom|which vendor) (?:is|was) ${entity} (?:coined|called|named|introduced)(?: by)?`,
  ),
];

/**
 * "who calls APT39 Chafer", "what does CrowdStrike call APT39", "vendor names of Turla", "who coined Chafer": the names
 * of a thing with who gives them.
 */
export const parseWhoCalls: Form = ({ cleaned }, index) => {
  if (cleaned.length > maxLength) return undefined;
  const text = cleaned.replace(/[“”"*`_]/g, '');
  for (const each of ofHouse) {
    const groups = each.exec(text)?.groups;
    const [named, about] = [groups?.['house']?.trim().replace(/^the /i, ''), groups?.['entity']];
    if (named === undefined || about === undefined || !isHouse(named)) continue;
    const question = namesOf(about, index, { house: named });
    if (question !== undefined) return question;
  }
  for (const each of ofAll) {
    const about = each
      .exec(text)
      ?.groups?.['entity']?.replace(/^(?:name|alias) /i, '')
      .trim();
    if (about === undefined || about === '') continue;
    const question = callsBy(about, index) ?? namesOf(about, index, {});
    if (question !== undefined) return question;
  }
  return undefined;
};

function isHouse(text: string): boolean {
  return isKnownOrganisation(text.replace(/^the /i, ''));
}

function namesOf(
  text: string,
  index: SearchIndex,
  more: { readonly house?: string; readonly name?: string },
): Question | undefined {
  const lookup = index.lookup(text, ['intrusion-set', 'malware', 'tool']);
  switch (lookup.kind) {
    case 'found':
      return asksForName(lookup.match, text, more);
    case 'ambiguous':
      return { kind: 'choice', matches: lookup.matches, aspect: 'aliases' };
    case 'suggest':
      return { kind: 'suggest', suggestions: lookup.suggestions, text };
    case 'not-found':
      return undefined;
    default:
      return assertNever(lookup);
  }
}

/** A name that was asked for alone is what "who coined Chafer" is about. */
function asksForName(
  match: Match,
  text: string,
  more: { readonly house?: string; readonly name?: string },
): Question {
  const isAlias = more.house === undefined && more.name === undefined && match.matched.kind === 'alias';
  return {
    kind: 'who-calls',
    match,
    ...more,
    ...(isAlias && match.matched.text.length >= text.length - 2 ? { name: match.matched.name } : {}),
  };
}

/** "APT39 Chafer", "APT39 by the name of Chafer": a thing and a name of it, side by side. */
function callsBy(text: string, index: SearchIndex): Question | undefined {
  if (isExact(index, text).length > 0) return undefined;
  const joined = text.replace(
    / (?:as|by the name(?: of)?|with the name|under the name(?: of)?|for|to be|is|=) /i,
    ' ',
  );
  const words = joined.split(/\s+/);
  if (words.length > maxNameWords) return undefined;
  let fallback: Question | undefined;
  for (let cut = words.length - 1; cut > 0; cut -= 1) {
    const owners = isExact(index, words.slice(0, cut).join(' '));
    const name = words.slice(cut).join(' ');
    const [first] = owners;
    if (first === undefined) continue;
    const ids = new Set(isExact(index, name).map(({ entity: { id } }) => id));
    const both = owners.find(({ entity: { id } }) => ids.has(id));
    if (both !== undefined) return { kind: 'who-calls', match: both, name };
    fallback ??= { kind: 'who-calls', match: first, name };
  }
  return fallback;
}

/** The owners of a text that is a name as a whole. */
function isExact(index: SearchIndex, text: string): readonly Match[] {
  const lookup = index.lookup(text);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  return matches.filter(
    ({ score, matched }) => score >= exactScore && matched.text.length >= text.length - 1,
  );
}
