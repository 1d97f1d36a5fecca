import type { SearchIndex } from '../search/types.ts';
import { cleanQuestion } from './clean.ts';
import type { Form } from './form.ts';
import { isListOfShort } from './parse-compare-parts.ts';
import {
  isBareList,
  itemsInList,
  itemsInProse,
  type ListItems,
  techniqueIdCount,
} from './parse-techniques-items.ts';
import type { Question } from './types.ts';

/** A pasted list or report of at most so many characters is read. */
export const maxTechniqueText = 102_400;
/** From this length on a text is prose, whatever it begins with. */
const longText = 300;
/** So many techniques without a word of what is wanted are a list to find actors by. */
const fewestUnasked = 3;

const who =
  '(?:(?:who|whom|which|what|whose|find|list|show(?: me)?|name|rank|give me|get)\\s+)?(?:(?:the|all|any|known|possible|likely|threat|apt|best|top|other)\\s+)*(?:(?:actors?|groups?|apts?|adversar(?:y|ies)|intrusion sets?|gangs?|crews?|hackers?|attackers?)\\s+)?(?:(?:that|which|who|could|would|might|may|does|do|best|most|closely|closest)\\s+)*';
const things =
  '(?:techniques?|ttps?|tactics?(?:,? techniques?(?:,? and procedures)?)?|behaviou?rs?|ids?|list|tradecraft|attack patterns?|observations|findings|activity|set|pattern|tools?|malware|software|indicators of behaviou?r|report|text)';
const these = `(?:(?:all|most|any)\\s+)?(?:(?:of|to|with|by|against|on)\\s+)*(?:(?:the|these|those|this|that|following|my|our|a|pasted|observed|listed|mitre|att&ck|attack|list|set|of)\\s+)*(?:${things}\\b(?:\\s+(?:and|or|&)\\s+${things}\\b)?)?(?:\\s+(?:best|most|closely))?`;
const matching =
  '(?:match(?:es|ed|ing)?|fits?|fitting|resembles?|resembling|overlaps?|overlapping|corresponds?|align(?:s|ed)?|look(?:s)? like|(?:is|are) consistent|(?:is|are) similar)';
const using = '(?:uses?|using|used|has|have|with|employ(?:s|ing)?|combin(?:es?|ing)|exhibits?|shows?)';

/** What asks for it in so many words, at the beginning of a text. */
const openings: readonly RegExp[] = [
  new RegExp(`^${who}${matching}\\s*${these}\\s*[?:;,.–—-]*\\s*`, 'i'),
  new RegExp(`^${who}${using}\\s+(?:all|most|every one|each)(?:\\s+of)?\\s+${these}\\s*[?:;,.–—-]*\\s*`, 'i'),
  new RegExp(
    `^${who}${using}\\s+(?:these|those|the following|this list of|this set of)\\s+${these}\\s*[?:;,.–—-]*\\s*`,
    'i',
  ),
  new RegExp(
    `^who\\s+(?:does|do|could|can|might|would|is|are)\\s+(?:this|these|that|it)\\s+(?:${things}\\s+)?(?:look like|be|match|point to|fit|resemble)\\s*[?:;,.–—-]*\\s*`,
    'i',
  ),
  new RegExp(`^(?:attribute|rank|score)\\s+(?:actors?\\s+|groups?\\s+)?${these}\\s*[?:;,.–—-]*\\s*`, 'i'),
  new RegExp(
    `^(?:find|rank|list|show|get)\\s+(?:me\\s+)?(?:the\\s+)?(?:actors?|groups?|apts?)\\s+(?:by|for|from)\\s+${these}[\\s?:;,.–—-]*`,
    'i',
  ),
  new RegExp(`^(?:technique|ttp)s?\\s+match(?:ing|er)?\\s*[?:;,.–—-]*\\s*`, 'i'),
];
/** "actors with T1190 and T1505.003 and T1078": a list form where there are fewer. */
const withOpening =
  /^(?:(?:which|what|list|show|find) )?(?:all |the |any )*(?:actors?|groups?|apts?|gangs?) (?:with|having|that have|who have)\s+/i;
/** What asks for it behind a list. */
const closing = new RegExp(
  `(?:(?<!\\s)\\s+(?:[-–—:;,.?(]\\s*)?|[-–—:;,.?(]\\s*)(?:so\\s+)?(?:(?:who|which|what)\\s+(?:(?:actors?|groups?|apts?|adversar(?:y|ies))\\s*)?(?:could |does |do |would |might |best |most |is |are )*(?:match(?:es)?|fits?|uses?|use|has|have|does|do|resembles?|this|these|that|it|be|look like)(?:\\s+(?:all|most))?(?:\\s+(?:of|this|these|those|them|it|like|be|techniques?|ttps?|look))*|who(?:'s| is| could| might)? (?:this|it|that)(?: be)?|match(?:es|ing)?(?: actors?| groups?)?|attribution)[\\s?!.)]*$`,
  'i',
);
/** "T1566.001 T1059.001 who", "T1027;S0154 -> who". */
const bareWho =
  /(?<![\s,;:.)])[\s,;:.)]*(?:(?:->|=>|=|>|\u2192|\u21d2)\s*)?(?<=[\s,;:>=\u2192\u21d2])(?:who|whom|which (?:actors?|groups?))(?: (?:is|are|uses?|does) (?:it|this|that|these|them|those))?$/i;
const maxBareWho = 40;
/** Texts that ask something else about the techniques that they name. */
const otherQuestion =
  /^(?:(?:which|what|list|show|find|give|name|how many|all|any|the|get|me|us|known|threat|apt) )*(?:actors?|groups?|apts?|gangs?|adversaries|hackers|crews|malware|tools?|software|campaigns?|who|whom|how|what|is|are|does|do|did|explain|describe|tell|compare|difference)\b|\b[a-z]{2,12}:\S|(?:^|\s)-\S|\b(?:not|except|without)\b/i;

/** Reads "which actors match these techniques: …" and lists of techniques pasted alone or in the text of a report. */
export const parseTechniques: Form = ({ text, cleaned }, index) =>
  techniquesIn(/[\r\n]/.test(text) ? cleanQuestion(text.replace(/[\r\n]+/g, ' ; ')) : cleaned, index);

/** The same for a text that is too long for any other question; undefined where it names no techniques. */
export function parseLongTechniques(text: string, index: SearchIndex): Question | undefined {
  if (text.length > maxTechniqueText) return undefined;
  return techniquesIn(
    text
      .replace(/[\r\n]+/g, ' ; ')
      .replace(/[\s\u0000]+/g, ' ')
      .trim(),
    index,
  );
}

function techniquesIn(text: string, index: SearchIndex): Question | undefined {
  const asked = askedFor(text);
  if (asked !== undefined) {
    const question = fromList(itemsInList(asked, index), 0, 2);
    if (question !== undefined) return question;
  }
  const withList = withOpening.exec(text.slice(0, longText));
  if (withList !== null) {
    const items = itemsInList(text.slice(withList[0].length), index);
    return items.prose || items.unknown.length > items.unknownIds
      ? undefined
      : fromList(items, 1, fewestUnasked);
  }
  return pastedList(text, index) ?? pastedReport(text, index);
}

/** Names and ids with nothing between them but what parts them. */
function pastedList(text: string, index: SearchIndex): Question | undefined {
  if (!isBareList(text) || otherQuestion.test(text.slice(0, longText))) return undefined;
  const ids = techniqueIdCount(text);
  if (ids < fewestUnasked && !isListOfShort(text)) return undefined;
  const items = itemsInList(text, index);
  const names = items.unknown.length - items.unknownIds;
  if (items.prose || names > items.count / 2) return undefined;
  if (ids < fewestUnasked && (names > 0 || items.telling < 2)) return undefined;
  return fromList(items, 0, fewestUnasked);
}

/** Running text that names techniques by their ids. */
function pastedReport(text: string, index: SearchIndex): Question | undefined {
  if (techniqueIdCount(text) < fewestUnasked) return undefined;
  if (text.length <= longText && otherQuestion.test(text)) return undefined;
  return fromList(itemsInProse(text, index), 1, fewestUnasked);
}

/** What stands behind or before the words that ask for a match; undefined where no such words stand there. */
function askedFor(text: string): string | undefined {
  const last = Math.max(0, text.length - maxBareWho);
  const bare = bareWho.exec(text.slice(last));
  if (bare !== null) return text.slice(0, last + bare.index);
  const head = text.slice(0, longText);
  for (const opening of openings) {
    const found = opening.exec(head);
    if (found !== null && found[0].length < text.length) return text.slice(found[0].length);
  }
  const from = Math.max(0, text.length - 120);
  const end = closing.exec(text.slice(from));
  return end === null ? undefined : text.slice(0, from + end.index);
}

function fromList(items: ListItems, fewestTechniques: number, fewest: number): Question | undefined {
  const { techniques, software, unknown, count } = items;
  if (items.techniqueCount + items.unknownIds < fewestTechniques || count + unknown.length < fewest)
    return undefined;
  if (techniques.length + software.length === 0 && items.unknownIds === 0) return undefined;
  return {
    kind: 'match-techniques',
    techniques,
    ...(software.length === 0 ? {} : { software }),
    unknown,
  };
}
