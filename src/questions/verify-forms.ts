import type { EntityType } from '../domain/entity-type.ts';
import type { SearchIndex } from '../search/types.ts';
import { parseMotivation } from './condition-motivation.ts';
import { parseTargetRegion } from './condition-region.ts';
import { readCountry } from './filter-places.ts';
import { sectorOf } from './filter-values.ts';
import { namedAfter } from './parse-behind.ts';
import { type Supposed, usableTypes } from './types.ts';

const exactScore = 0.96;

const name = "§(?:['’]s?)?";
const value = '(?<value>.{2,80}?)';
const is = '(?:is|are|was|were)';
const does = '(?:does|do|did|has|have|had|is|are|was|were|can|could)';
const often =
  '(?:(?:ever|also|still|currently|previously|already|known|to|been|be|reported|said|really|actually|often|mainly|usually|the|a|an) )*';
const target =
  '(?:target(?:s|ed|ing)?|attack(?:s|ed|ing)?|hit(?:s|ting)?|hack(?:s|ed|ing)?|breach(?:es|ed|ing)?|compromis(?:e|es|ed|ing)|go(?:es|ing|ne)? after|went after|spy(?:ing)? on|spied on|strik(?:e|es|ing)|struck|active (?:in|against)|operat(?:e|es|ed|ing) (?:in|against)|interested in|focus(?:es|ed|ing)? on)';
const use =
  '(?:us(?:e|es|ed|ing)|deploy(?:s|ed|ing)?|exploit(?:s|ed|ing)?|leverag(?:e|es|ed|ing)|employ(?:s|ed|ing)?|drop(?:s|ped|ping)?|abus(?:e|es|ed|ing)|user of|utili[sz](?:e|es|ed|ing)|rel(?:y|ies|ied) on|make use of)';
const used = '(?:used|deployed|exploited|leveraged|employed|dropped|abused|utili[sz]ed)';
const tie =
  '(?:from|based in|located in|linked to|tied to|attributed to|sponsored by|backed by|supported by|funded by|controlled by|directed by|affiliated with|associated with|part of|acting for|of|by)';
const command =
  '(?:sponsored|backed|supported|funded|controlled|directed|run|operated|commanded|employed) by|work(?:s|ing|ed)? for|(?:a )?(?:unit|part|arm|branch|front) of';
const suffix =
  '(?:(?:[- ](?:state|government))*(?:[- ](?:sponsored|backed|linked|based|aligned|nexus|affiliated|supported|origin))?(?: (?:state(?:[- ]sponsored)?|threat|espionage|apt|hacking|cyber|hacker|ransomware|criminal|military|intelligence|origin))*(?: (?:groups?|actors?|gangs?|apts?|teams?|hackers?|crew|threat actors?|adversary|government|regime|military|service|services|intelligence))?)';
const group =
  '(?: (?:motivated|motivation|driven|gang|group|actor|operation|crew|apt|threat actor|organi[sz]ation|outfit|team|collective))*';

/** A form of question of yes and no, with how its value is read; `§` stands for the actor's name. */
export interface VerifyForm {
  readonly pattern: RegExp;
  readonly supposedOf: (value: string, index: SearchIndex) => Supposed | undefined;
}

function form(body: string, supposedOf: VerifyForm['supposedOf']): VerifyForm {
  return { pattern: new RegExp(`^(?:${body})$`, 'i'), supposedOf };
}

/** In the order in which they are tried. */
export const verifyForms: readonly VerifyForm[] = [
  form(
    `${is} ${name} (?:an? )?(?:state|government|nation[- ]state|nation)[- ]?(?:sponsored|backed|run|affiliated|supported|funded|linked)?(?: (?:actor|group|apt|threat|threat actor|gang))*`,
    () => ({ kind: 'sponsored' }),
  ),
  form(`${is} ${name} ${often}${tie} ${value}${suffix}`, origin),
  form(`${is} ${name} (?:${often})${value}${suffix}`, origin),
  form(`${is} ${name} ${often}${tie} ${value}`, origin),
  form(`(?:${is}|does|do|did) ${name} ${often}(?:${command}) (?:the )?${value}`, sponsor),
  form(
    `(?:does|do|did|could) ${name} (?:come|originate|operate|work|hail)s? (?:from|for|out of|on behalf of) ${value}`,
    origin,
  ),
  form(`${is} ${value} (?:behind|sponsoring|backing|supporting|responsible for|running) ${name}`, origin),
  form(`(?:does|do|did) ${value} (?:sponsor|back|run|support|control|fund) ${name}`, origin),
  form(`${is} ${name} ${often}${value}${group}`, motivation),
  form(
    `(?:does|do|did) ${name} ${often}(?:do|conduct|engage in|carry out|perform|commit) ${value}`,
    motivation,
  ),
  form(`${does} ${name} ${often}${use} ${value}`, uses),
  form(`(?:is|are|was|were|has|have|did) ${value} ${often}${used} by ${name}`, uses),
  form(
    `(?:is|are|was|were|has|have|did) ${value} ${often}(?:made|created|written|developed|built|done|conducted|carried out|launched|caused|operated|authored|run) by ${name}`,
    behind,
  ),
  form(
    `(?:is|are|was|were|did|has|have) ${name} (?:been )?(?:behind|responsible for|make|made|create|created|write|wrote|develop|developed|conduct|conducted|launch|launched|carry out|carried out|do|done) (?:the )?${value}`,
    behind,
  ),
  form(`${does} ${name} ${often}${target} ${value}`, targets),
  form(
    `(?:is|are|was|were|has|have|did) ${value} ${often}(?:get )?(?:targeted|attacked|hit|hacked|breached|a target of|targets of|victims? of) (?:by )?${name}`,
    targets,
  ),
];

function origin(text: string): Supposed | undefined {
  const bare = text
    .replace(/^(?:the|an?) /i, '')
    .replace(/['’]s?$/i, '')
    .trim();
  if (/^(?:an? )?(?:state|government|nation[- ]state)$/i.test(bare)) return { kind: 'sponsored' };
  const country = readCountry(bare) ?? readCountry(bare.replace(/s$/i, ''));
  return country === undefined ? undefined : { kind: 'origin', country };
}

/** "run by the FSB": a body in words. A name that something here has is no body. */
function sponsor(text: string, index: SearchIndex): Supposed | undefined {
  const found = origin(text);
  if (found !== undefined) return found;
  const { kind } = index.lookup(text);
  const isName = kind === 'ambiguous' || kind === 'found';
  return isName || text.split(' ').length > 6 ? undefined : { kind: 'sponsored', by: text };
}

function motivation(text: string): Supposed | undefined {
  const bare = text.replace(/^(?:an?|the|in|by|for) /i, '').trim();
  const found = parseMotivation(bare) ?? parseMotivation(bare.replace(/^cyber[- ]?/i, ''));
  return found === undefined ? undefined : { kind: 'motivation', key: found.key };
}

const usable: readonly EntityType[] = usableTypes;
/** "malware", "vulnerability" in front of the name. */
const kindWord = /^(?:the |a |an )?(?:(?:malware|tool|technique|vulnerability|ransomware|backdoor|rat) )?/i;

function uses(text: string, index: SearchIndex): Supposed | undefined {
  const bare = text
    .replace(kindWord, '')
    .replace(/ (?:malware|ransomware|tool|backdoor|attacks?)$/i, '')
    .trim();
  const lookup = index.lookup(bare, usable);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const found = matches.filter(
    ({ entity, score, matched }) =>
      usable.includes(entity.type) && score >= exactScore && matched.text.length >= bare.length - 1,
  );
  return found.length === 0 ? undefined : { kind: 'uses', matches: found };
}

const doneTypes: readonly EntityType[] = ['campaign', 'malware', 'tool'];

/** "NotPetya", "the SolarWinds hack": a campaign or software of the name. */
function behind(text: string, index: SearchIndex): Supposed | undefined {
  const found = namedAfter(text, index).filter(({ entity }) => doneTypes.includes(entity.type));
  return found.length === 0 ? undefined : { kind: 'behind', matches: found };
}

/** "healthcare", "germany", "banks in europe", "the energy sector of Ukraine". */
function targets(text: string): Supposed | undefined {
  // "us" are those who ask; "US" and "the us" are the United States.
  if (text === 'us') return undefined;
  const bare = text
    .replace(/^(?:the|any|some|all|companies|organi[sz]ations|targets|victims)(?: (?:in|from|of))? /i, '')
    .trim();
  const [place, sector] = [placeOf(bare), sectorOf(bare)];
  if (place !== undefined || sector !== undefined) {
    return {
      kind: 'targets',
      ...(place === undefined ? {} : { place }),
      ...(place !== undefined || sector === undefined ? {} : { sector }),
      text: bare,
    };
  }
  const parts = /^(.{2,60}?) (?:in|of|from|across|throughout) (?:the )?(.{2,60})$/i.exec(bare);
  const owned = /^(.{2,40})['’]s? (.{2,60})$/.exec(bare);
  const [sectorText = '', placeText = ''] = parts === null ? [owned?.[2], owned?.[1]] : [parts[1], parts[2]];
  const both = { sector: sectorOf(sectorText), place: placeOf(placeText) };
  return both.sector === undefined || both.place === undefined
    ? undefined
    : { kind: 'targets', sector: both.sector, place: both.place, text: bare };
}

function placeOf(text: string): string | undefined {
  const bare = text
    .replace(/^(?:the|targets in|victims in|companies in|organi[sz]ations in) /i, '')
    .replace(/ (?:companies|organi[sz]ations|targets|victims|entities|firms|businesses|government)$/i, '')
    .trim();
  return readCountry(bare) ?? parseTargetRegion(bare)?.key;
}
