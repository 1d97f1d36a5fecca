import type { EntityType } from '../domain/entity-type.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { parseMotivation } from './condition-motivation.ts';
import { parseTargetRegion } from './condition-region.ts';
import { readCountry } from './filter-places.ts';
import { sectorOf } from './filter-values.ts';
import type { Form } from './form.ts';
import { type Question, type Supposed, usableTypes, type VerifyQuestion } from './types.ts';

const maxLength = 200;
const exactScore = 0.96;

const is = '(?:is|are|was|were)';
const does = '(?:does|do|did|has|have|had|is|are|was|were|can|could)';
const entity = '(?<entity>.{1,80}?)';
const value = '(?<value>.{2,80}?)';
const often =
  '(?:(?:ever|also|still|currently|previously|already|known|to|been|be|reported|said|really|actually|often|mainly|the|a|an) )*';
const target =
  '(?:target(?:s|ed|ing)?|attack(?:s|ed|ing)?|hit(?:s|ting)?|hack(?:s|ed|ing)?|breach(?:es|ed|ing)?|compromis(?:e|es|ed|ing)|go(?:es|ing|ne)? after|went after|spy(?:ing)? on|spied on|strik(?:e|es|ing)|struck|active (?:in|against)|operat(?:e|es|ed|ing) (?:in|against)|interested in|focus(?:es|ed|ing)? on)';
const use =
  '(?:us(?:e|es|ed|ing)|deploy(?:s|ed|ing)?|exploit(?:s|ed|ing)?|leverag(?:e|es|ed|ing)|employ(?:s|ed|ing)?|drop(?:s|ped|ping)?|abus(?:e|es|ed|ing)|user of|utili[sz](?:e|es|ed|ing)|rel(?:y|ies|ied) on)';
const tie =
  '(?:from|based in|located in|linked to|tied to|attributed to|sponsored by|backed by|supported by|funded by|controlled by|directed by|working for|work(?:s|ed)? for|run by|affiliated with|associated with|part of|acting for|of|by)';
const suffix =
  '(?:(?:[- ](?:state|government))*(?:[- ](?:sponsored|backed|linked|based|aligned|nexus|affiliated|supported|origin))?(?: (?:state(?:[- ]sponsored)?|threat|espionage|apt|hacking|cyber|hacker|ransomware|criminal|military|intelligence|origin))*(?: (?:groups?|actors?|gangs?|apts?|teams?|hackers?|crew|threat actors?|adversary|government|regime|military|service|services|intelligence))?)';
const group =
  '(?: (?:motivated|motivation|driven|gang|group|actor|operation|crew|apt|threat actor|organi[sz]ation|outfit|team|collective))*';

type Reader = (text: string, index: SearchIndex) => Supposed | undefined;

interface VerifyForm {
  readonly pattern: RegExp;
  readonly read: Reader;
}

function form(body: string, read: Reader): VerifyForm {
  return { pattern: new RegExp(`^(?:${body})$`, 'i'), read };
}

const forms: readonly VerifyForm[] = [
  form(
    `${is} ${entity} (?:an? )?(?:state|government|nation[- ]state|nation)[- ]?(?:sponsored|backed|run|affiliated|supported|funded|linked)?(?: (?:actor|group|apt|threat|threat actor|gang))*`,
    () => ({ kind: 'sponsored' }),
  ),
  form(`${is} ${entity} ${often}${tie} ${value}${suffix}`, origin),
  form(`${is} ${entity} (?:${often})${value}${suffix}`, origin),
  form(`${is} ${entity} ${often}${tie} ${value}`, origin),
  form(
    `(?:does|do|did|could) ${entity} (?:come|originate|operate|work|hail)s? (?:from|for|out of|on behalf of) ${value}`,
    origin,
  ),
  form(
    `(?:is|are|was|were) ${value} (?:behind|sponsoring|backing|supporting|responsible for|running) ${entity}`,
    origin,
  ),
  form(`(?:does|do|did) ${value} (?:sponsor|back|run|support|control|fund) ${entity}`, origin),
  form(`${is} ${entity} ${often}${value}${group}`, motivation),
  form(
    `(?:does|do|did) ${entity} ${often}(?:do|conduct|engage in|carry out|perform|commit) ${value}`,
    motivation,
  ),
  form(`${does} ${entity} ${often}${use} ${value}`, uses),
  form(`${does} ${entity} ${often}${target} ${value}`, targets),
  form(
    `(?:is|are|was|were|has|have|did) ${value} ${often}(?:get )?(?:targeted|attacked|hit|hacked|breached|a target of|targets of|victims? of) (?:by )?${entity}`,
    targets,
  ),
];

/**
 * Questions of yes and no about one thing, named exactly: whether it targets a sector or a place, is from a country, is
 * sponsored, has a motive, or uses something. What is supposed has to be known by its words; others are left alone.
 */
export const parseVerify: Form = ({ cleaned }, index) => {
  if (
    cleaned.length > maxLength ||
    !/^(?:is|are|was|were|does|do|did|has|have|had|can|could)\b/i.test(cleaned)
  )
    return undefined;
  for (const { pattern, read } of forms) {
    const groups = pattern.exec(cleaned)?.groups;
    if (groups?.['entity'] === undefined) continue;
    const match = subjectOf(groups['entity'], index);
    const supposed = match === undefined ? undefined : read(groups['value']?.trim() ?? '', index);
    if (match === undefined || supposed === undefined) continue;
    return 'kind' in match ? match : verify(match, supposed);
  }
  return undefined;
};

function verify(match: Match, supposed: Supposed): VerifyQuestion {
  return { kind: 'verify', match, supposed };
}

/** The thing that is asked about, or the choice of those that carry the name. */
function subjectOf(text: string, index: SearchIndex): Match | Question | undefined {
  const name = text.replace(/^(?:the )?(?:(?:threat )?(?:actor|group|gang) )?/i, '').trim();
  const lookup = index.lookup(name, ['intrusion-set']);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const sure = matches.filter(
    ({ score, matched }) => score >= minScore && matched.text.length >= name.length - 1,
  );
  const [only, second] = sure;
  if (only === undefined || second === undefined) return only;
  return { kind: 'choice', matches: sure, aspect: 'overview' };
}

/** A misspelt name is read where nothing else comes near. */
const minScore = 0.76;

function origin(text: string): Supposed | undefined {
  const bare = text
    .replace(/^(?:the|an?) /i, '')
    .replace(/['’]s?$/i, '')
    .trim();
  if (/^(?:an? )?(?:state|government|nation[- ]state)$/i.test(bare)) return { kind: 'sponsored' };
  const country = readCountry(bare) ?? readCountry(bare.replace(/s$/i, ''));
  return country === undefined ? undefined : { kind: 'origin', country };
}

function motivation(text: string): Supposed | undefined {
  const bare = text.replace(/^(?:an?|the|in|by|for) /i, '').trim();
  const found = parseMotivation(bare) ?? parseMotivation(bare.replace(/^cyber[- ]?/i, ''));
  return found === undefined ? undefined : { kind: 'motivation', key: found.key };
}

const usable: readonly EntityType[] = usableTypes;

function uses(text: string, index: SearchIndex): Supposed | undefined {
  const name = text.replace(/^(?:the |a |an )?(?:(?:malware|tool|technique|vulnerability) )?/i, '').trim();
  const lookup = index.lookup(name, usable);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const usedOnes = matches.filter(
    ({ entity, score, matched }) =>
      usable.includes(entity.type) && score >= exactScore && matched.text.length >= name.length - 8,
  );
  return usedOnes.length === 0 ? undefined : { kind: 'uses', matches: usedOnes };
}

/** "healthcare", "germany", "banks in europe", "the energy sector of Ukraine". */
function targets(text: string): Supposed | undefined {
  const bare = text
    .replace(/^(?:the|any|some|all|companies|organi[sz]ations|targets|victims)(?: (?:in|from|of))? /i, '')
    .trim();
  const parts = /^(.{2,60}?) (?:in|of|from|across|throughout) (?:the )?(.{2,60})$/i.exec(bare);
  const whole = { place: placeOf(bare), sector: sectorOf(bare) };
  const read =
    whole.place === undefined && whole.sector === undefined && parts !== null
      ? { sector: sectorOf(parts[1] ?? ''), place: placeOf(parts[2] ?? '') }
      : whole;
  if (read.place === undefined && read.sector === undefined) return undefined;
  if (parts !== null && read !== whole && (read.place === undefined || read.sector === undefined))
    return undefined;
  return {
    kind: 'targets',
    ...(read.place === undefined ? {} : { place: read.place }),
    ...(read.sector === undefined || read.place === read.sector ? {} : { sector: read.sector }),
    text: bare,
  };
}

function placeOf(text: string): string | undefined {
  const bare = text
    .replace(/^(?:the|targets in|victims in|companies in|organi[sz]ations in) /i, '')
    .replace(/ (?:companies|organi[sz]ations|targets|victims|entities|firms|businesses|government)$/i, '')
    .trim();
  return readCountry(bare) ?? parseTargetRegion(bare)?.key;
}
