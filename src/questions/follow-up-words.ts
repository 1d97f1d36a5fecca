import { countryName } from '../domain/country.ts';
import { assertNever } from '../support/assert-never.ts';
import { anyAspect, aspectIn } from './aspect-words.ts';
import { parseTargetRegion } from './condition-region.ts';
import { parseTactic, tacticLabel } from './condition-tactic.ts';
import { readCountry } from './filter-places.ts';
import { sectorOf } from './filter-values.ts';
import type { Aspect, Question, VerifyQuestion } from './types.ts';

/** Longer texts say what they are about. */
const maxFollowUpLength = 160;

const kinds =
  '(?:(?:threat )?actors?|groups?|apts?|gangs?|crews?|hackers|intrusion sets?|malware|tools?|techniques?|campaigns?|ones?|guys?|threats?|software|adversar(?:y|ies)|team)';
const pointed = `(?:(?:this|that|these|those|the same|said|the (?:above|last|previous)|the) ${kinds})`;
const pronoun = `(?:${pointed}|it|they|them|him|he|this|that|these|those)`;
const lead =
  /^(?:(?:and|also|but|then|plus|now|or|ok|so|well|(?:the )?same(?: question)?(?: thing)? for|what about|how about|what of|tell me about)\b[\s,:]*)+/i;
const aspectAlone = new RegExp(
  `^(?:(?:what|which|show|list|give|tell|me|us|any|all|more|other|known|the|their|its|his|about|on|are|is|of|some|further|recent|latest|main|top|full|get|find|see)\\s+)*(?<aspect>${anyAspect})(?: (?:used|known|please|list|too|then|there|as well|also|do they use|does it use|of (?:it|them|theirs)))*$`,
  'i',
);
const morePattern =
  /^(?:(?:tell|show|give) (?:me|us) )?(?:some |a bit |even )?(?:more|everything|all|further|go on|continue|what else|anything else)(?: (?:info|information|details?|intel|please|about (?:it|them|this|that)|on (?:it|them|this|that)))*$/i;
const whyPattern =
  /^(?:(?:but |and )?why(?: so| (?:is )?that| do you (?:say|think) (?:so|that))?|(?:who|which source|what source) says (?:so|that|this|it)|says who|according to whom?|based on what|how do you know(?: that| this)?)$/i;
const whenPattern = /^(?:since )?when(?: (?:was|is) (?:that|it|this)| first| did (?:it|they) start)?$/i;
const wherePattern = /^(?:from where|where from|and where(?: from)?)$/i;
const othersPattern =
  /^(?:(?:who|which (?:groups?|actors?|others?))(?: else)?(?: (?:uses?|used|deploys?|exploits?|is using|are using) (?:it|that|this|them|these|those|the same))?|(?:any(?:one|body)? )?(?:else|others?)|who else|similar (?:ones|groups|actors)|others like (?:it|them|this|that))$/i;
const howManyPattern = /^(?:and )?how many(?: (?:are there|is that|of (?:them|those)|in (?:all|total)))?$/i;
const comparePattern =
  /^(?:(?:compare|comparison|compared|contrast)(?: (?:it|them|this|that))?|vs\.?|versus|differences?(?: (?:from|to))?|how (?:does|do) (?:it|they) compare) ?(?:with|to|against|and|vs\.?)? (?<other>.{2,100})$/i;

/**
 * The texts that a follow-up may stand for, with `subject` put where it points back: "and its tools" gives "SUBJECT's
 * tools". Empty for what points back to nothing.
 */
export function substitutions(cleaned: string, subject: string): readonly string[] {
  if (cleaned.length > maxFollowUpLength) return [];
  const rest = cleaned.replace(lead, '').trim();
  const texts: string[] = [];
  const other = comparePattern.exec(rest)?.groups?.['other'];
  if (other !== undefined && !new RegExp(`\\b(?:and|with|vs)\\b`, 'i').test(other)) {
    texts.push(`compare ${subject} and ${other}`);
  }
  if (morePattern.test(rest)) texts.push(subject);
  const alone = aspectAlone.exec(rest)?.groups?.['aspect'];
  const aspect = alone === undefined ? undefined : aspectIn(alone);
  if (aspect !== undefined)
    texts.push(aspect === 'overview' ? subject : aspectForm(aspect).replace('{}', subject));
  if (whenPattern.test(rest)) texts.push(`since when is ${subject} active`);
  if (wherePattern.test(cleaned) || wherePattern.test(rest)) texts.push(`attribution of ${subject}`);
  if (othersPattern.test(rest) && /else|other|similar|uses?|using|used|exploit|deploy/i.test(rest))
    texts.push(`who uses ${subject}`, `groups related to ${subject}`);
  const pointing = pronounsReplaced(rest, subject);
  if (pointing !== undefined) texts.push(pointing);
  return texts;
}

const possessive = new RegExp(`\\b(?:its|their|his|${pointed}(?:'s|s'))(?= \\S)`, 'i');
const standing = new RegExp(`\\b(?:of theirs|${pronoun})\\b(?!'s? )`, 'i');

function pronounsReplaced(text: string, subject: string): string | undefined {
  if (possessive.test(text)) return text.replace(possessive, `${subject}'s`);
  const spoken = text.replace(/\b(it|that|they|this)(?:'s|'re)(?= )/gi, '$1 is');
  if (!standing.test(spoken)) return undefined;
  return spoken.replace(standing, (found) => (/^of/i.test(found) ? `of ${subject}` : subject));
}

/** "why", "who says so": the reasons for what was told last. */
export function asksWhy(cleaned: string): boolean {
  return whyPattern.test(cleaned);
}

/** The last question put anew: narrowed to a place or a sector ("and in europe?"), or asked for its number. */
export function anew(cleaned: string, form: string): string | undefined {
  if (cleaned.length > maxFollowUpLength) return undefined;
  if (howManyPattern.test(cleaned)) return countForm(form);
  const tactic = parseTactic(cleaned.replace(lead, '').replace(/^for /i, ''));
  if (tactic !== undefined) return `${tacticLabel(tactic)} techniques of {}`;
  const rest = cleaned
    .replace(lead, '')
    .replace(/^(?:in|against|for|on|from|within) (?:the )?/i, '')
    .trim();
  if (rest === cleaned && !/^(?:in|against|from) /i.test(cleaned)) return undefined;
  const country = readCountry(rest);
  const isOrigin =
    !/^(?:\w+ )*(?:in|against) /i.test(cleaned) &&
    (/^(?:attribution|is \{\} from|is \{\} state)/.test(form) || /^(?:\w+ )*from /i.test(cleaned));
  if (country !== undefined && isOrigin) return `is {} from ${rest}`;
  const isTarget =
    country !== undefined || parseTargetRegion(rest) !== undefined || sectorOf(rest) !== undefined;
  return isTarget ? `does {} target ${rest}` : undefined;
}

/** "how many" of what was told last; of what is no list of things the same again. */
function countForm(form: string): string | undefined {
  if (form === '{}') return undefined;
  return /^(?:who|what|is|does|since) /.test(form) ? form : `how many ${form}`;
}

/** True for a text that may point back to what was spoken of before; cheap, and more often true than right. */
export function mayPointBack(cleaned: string): boolean {
  return (
    substitutions(cleaned, 'X').length > 0 ||
    otherSubject(cleaned) !== undefined ||
    asksWhy(cleaned) ||
    anew(cleaned, 'techniques of {}') !== undefined
  );
}

/** "and APT28", "same for APT28": another thing of which the same is asked. */
export function otherSubject(cleaned: string): string | undefined {
  if (cleaned.length > maxFollowUpLength || !lead.test(cleaned)) return undefined;
  const rest = cleaned
    .replace(lead, '')
    .replace(/^(?:for|about|on|of|with) /i, '')
    .trim();
  return rest === '' ? undefined : rest;
}

/** A question about one aspect, with `{}` where its subject stands. */
export function aspectForm(aspect: Aspect): string {
  if (aspect === 'overview') return '{}';
  if (aspect === 'related') return 'groups related to {}';
  return aspect === 'reports' ? 'reports on {}' : `${aspect} of {}`;
}

/** The same question about another thing. */
function verifyForm({ supposed }: VerifyQuestion): string {
  switch (supposed.kind) {
    case 'targets':
      return `does {} target ${supposed.text}`;
    case 'origin':
      return `is {} from ${countryName(supposed.country)}`;
    case 'sponsored':
      return 'is {} state-sponsored';
    case 'motivation':
      return 'motivation of {}';
    case 'uses':
    case 'behind':
      return `does {} use ${supposed.matches[0]?.entity.name ?? ''}`;
    case 'is-a':
      return `is {} ${supposed.text}`;
    default:
      return assertNever(supposed);
  }
}

/** What a conversation speaks of: an entity, and the last question about it with `{}` where the entity stood. */
export interface ThreadSubject {
  readonly entity: string;
  readonly form: string;
}

const maxFormChars = 200;

/** What a question leaves for the next one to follow; undefined where it speaks of nothing, or of several. */
export function subjectOf(question: Question): ThreadSubject | undefined {
  switch (question.kind) {
    case 'about':
      return { entity: question.match.entity.id, form: aspectForm(question.aspect) };
    case 'verify':
      return { entity: question.match.entity.id, form: verifyForm(question) };
    case 'behind':
      return { entity: question.match.entity.id, form: 'who is behind {}' };
    case 'users-of':
      return { entity: question.match.entity.id, form: 'who uses {}' };
    case 'activity':
      return { entity: question.match.entity.id, form: 'since when is {} active' };
    case 'who-calls': {
      const form =
        question.house === undefined ? 'vendor names of {}' : `what does ${question.house} call {}`;
      return { entity: question.match.entity.id, form: form.length > maxFormChars ? '{}' : form };
    }
    case 'news': {
      if (question.match === undefined) return undefined;
      const since = question.since === undefined ? '' : ` since ${question.since}`;
      return { entity: question.match.entity.id, form: `what is new on {}${since}` };
    }
    case 'compare': {
      const [first] = question.matches;
      return first === undefined ? undefined : { entity: first.entity.id, form: '{}' };
    }
    case 'unanswerable': {
      const [only, second] = question.matches;
      return only === undefined || second !== undefined ? undefined : { entity: only.entity.id, form: '{}' };
    }
    case 'unknown-id':
    case 'bad-filter':
    case 'breakdown':
    case 'choice':
    case 'compare-sets':
    case 'follow-up':
    case 'help':
    case 'indicator':
    case 'indicators':
    case 'list':
    case 'match-techniques':
    case 'not-found':
    case 'refused':
    case 'suggest':
      return undefined;
    default:
      return assertNever(question);
  }
}
