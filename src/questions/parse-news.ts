import type { Match } from '../search/types.ts';
import type { Form } from './form.ts';
import type { Question } from './types.ts';

const maxNewsLength = 200;
const time =
  '(?:\\d{4}(?:-\\d{1,2}){0,2}(?:[t ][\\d:.z+-]{4,20})?|\\d{1,4} ?(?:hours?|days?|weeks?|months?|years?|h|d|w|mo|y)(?: ago)?|(?:the )?(?:(?:last|past|this|previous) )?(?:\\d{1,4} |(?:couple|few) (?:of )?|two |three |four |five |six |seven |ten )?(?:hours?|days?|weeks?|months?|years?|quarter)(?: ago)?|today|yesterday|now|(?:(?:last|on) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:early |the (?:start|beginning) of )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:,? (?:of )?\\d{4})?|an? (?:hour|day|week|month|year) ago)';
const sincePart = `(?:[\\s,]+(?:(?:ever )?since|in|over|during|within|from|after|for|as of)?\\s*(?<since>${time}))?`;
const entity = '(?<entity>.{1,120}?)';
const about = '(?:on|about|with|for|of|regarding|concerning|around|from|in|to)';
const fresh =
  '(?:new|news|newly (?:known|reported|added)|latest|recent|updates?|updated|changes?|changed|developments?|happenings?|fresh)';

function pattern(body: string): RegExp {
  return new RegExp(`^(?:${body})${sincePart}$`, 'i');
}

/** Questions after what is new about one thing. */
const oneThing: readonly RegExp[] = [
  pattern(
    `(?:(?:show|tell|give) (?:me|us) )?(?:what(?:'s|s| is| has been| was)?|is there|are there|do (?:we|you) have|have (?:we|you)(?: got)?|got|show(?: me| us)?|give (?:me|us)|any|tell (?:me|us)(?: about)?|list|get(?: me)?|find) ?(?:(?:any|anything|something|everything|the|all|some) )*${fresh}(?: (?:news|updates?|changes?|developments?|information|info|intel|facts|stuff|data|things?|known|here))* ${about} ${entity}`,
  ),
  pattern(
    `(?:(?:any|anything|something|everything|the|all|some) )*${fresh}(?: (?:news|updates?|changes?|developments?|information|info|intel|facts|stuff))* ${about} ${entity}`,
  ),
  pattern(
    `(?:what|anything|something|has anything|did anything|what has|what have|what all|has something) (?:has |have )?(?:(?:recently|lately|newly) )?(?:changed?|happened|been (?:new|added|changed|updated|learned)|learned|was (?:added|changed|learned)|is different|added|altered) ${about} ${entity}`,
  ),
  pattern(
    `(?:what have we|what did (?:we|you)|have we) (?:learned|learnt|heard)(?: (?:anything|something))? (?:new )?${about} ${entity}`,
  ),
  pattern(`(?:has|have|did) ${entity} (?:changed?|been updated|been changed)`),
  pattern(
    `${entity}:? (?:news|updates?|changes?|what's new|whats new|what is new|anything new|latest(?: news)?|recent changes|developments)`,
  ),
  pattern(`update (?:me|us) on ${entity} since`),
];

/** The same about nothing in particular. */
const atAll: readonly RegExp[] = [
  pattern(
    `(?:(?:so )?(?:what(?:'s|s| is| has been| was)|is there|are there|any|show(?: me| us)?|give (?:me|us)|tell (?:me|us)) )?(?:(?:any|anything|something|everything|the|all|some) )*(?:new|news|latest|recent changes|latest changes|latest updates?|latest news|updates|updates?|changes)(?: (?:here|today|around here|in here|in the data|in the database|for (?:me|us)))?`,
  ),
  pattern(
    `(?:what|has anything|anything|did anything|what all) (?:has |have |is )?(?:changed?|happened|been (?:new|added|changed|updated)|new|different|was added|was changed)(?: (?:here|in here|in the data|in the database))?`,
  ),
  pattern(`what did (?:i|we) miss`),
];

/**
 * "what is new on X", "anything new about X since January", "what changed in the last 30 days", "latest on X". A name
 * has to stand where one is expected; what names nobody is left to other forms.
 */
export const parseNews: Form = ({ cleaned }, index) => {
  if (cleaned.length > maxNewsLength) return undefined;
  for (const each of atAll) {
    const groups = each.exec(cleaned)?.groups;
    if (groups !== undefined) return news(undefined, undefined, groups['since']);
  }
  for (const each of oneThing) {
    const groups = each.exec(cleaned)?.groups;
    const name = groups?.['entity']?.replace(/^(?:the )?(?:actor|group|threat actor) /i, '').trim();
    if (groups === undefined || name === undefined || name === '') continue;
    const lookup = index.lookup(name);
    if (lookup.kind === 'found') return news(lookup.match, undefined, groups['since']);
    if (lookup.kind === 'ambiguous') return news(undefined, lookup.matches, groups['since']);
    if (lookup.kind === 'suggest') return { kind: 'suggest', suggestions: lookup.suggestions, text: name };
  }
  return undefined;
};

function news(
  match: Match | undefined,
  choices: readonly Match[] | undefined,
  since: string | undefined,
): Question {
  return {
    kind: 'news',
    ...(match === undefined ? {} : { match }),
    ...(choices === undefined ? {} : { choices }),
    ...(since === undefined ? {} : { since }),
  };
}
