import type { EntityType } from '../domain/entity-type.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { askedWords } from './asked-words.ts';
import { parsePlatform } from './condition-platform.ts';
import { parseSoftwareKind } from './condition-software.ts';
import { parseTactic } from './condition-tactic.ts';
import type { Form } from './form.ts';
import type { AboutQuestion, Aspect, Question } from './types.ts';
import { usableTypes } from './types.ts';

const maxLength = 200;
const exactScore = 0.96;
const actorTypes: readonly EntityType[] = ['intrusion-set'];
/** Aspects that only actors have: where a name belongs to several, the actor is meant. */
const ofActors: ReadonlySet<Aspect> = new Set([
  'malware',
  'tools',
  'software',
  'techniques',
  'sectors',
  'regions',
  'attribution',
  'motivation',
  'campaigns',
  'related',
]);

/**
 * A question in which one thing is named exactly and every other word asks for an aspect of it, narrows one, or asks
 * for nothing: "how many techniques does APT29 use", "malware and tools of Turla", "persistence techniques of FIN7".
 * Leaves alone whatever holds another word, and what would be a list ("malware that uses T1055").
 */
export const parseEntity: Form = ({ cleaned }, index) => {
  // A filter is a list, and numbers of people are recorded nowhere.
  if (cleaned.length > maxLength || /[a-z]:\S/i.test(cleaned) || peopleCount.test(cleaned)) return undefined;
  if (yesOrNo.test(cleaned) && !having.test(cleaned)) return undefined;
  const named = onlyName(cleaned, index);
  if (named === undefined) return undefined;
  // "region:europe uses:netpeek" are filters.
  if (/(?:^|\s)[-!(]*[a-z-]{2,12}:\S/i.test(cleaned)) return undefined;
  // "groups targeting Ukraine other than APT28" is about everyone else.
  if (
    /\b(?:other than|except|excluding|besides|apart from|not)\s*$/i.test(
      cleaned.slice(0, cleaned.indexOf(named.text)),
    )
  )
    return undefined;
  const { aspects, asks, within, unused } = askedWords(named.around);
  const [first, ...more] = aspects;
  if (first === undefined || unused.length > 0) return undefined;
  const matches = ownersOf(named.text, aspects, index);
  const [match] = matches;
  if (match === undefined || isListed(match, aspects, named.around)) return undefined;
  if (matches.length > 1) return { kind: 'choice', matches, aspect: first };
  const isOperation =
    /^\s*(?:(?:what|who) (?:is|was) |about |tell me about )?(?:the )?(?:operation|campaign)\s*$/i.test(
      named.around,
    );
  if (isOperation) return { kind: 'about', match, aspect: 'overview' };
  const isItself = within === undefined && asks === undefined && more.length === 0 && isKindOf(match, first);
  const about: AboutQuestion = { kind: 'about', match, aspect: isItself ? 'overview' : first };
  return {
    ...about,
    ...(more.length === 0 ? {} : { more }),
    ...(asks === undefined ? {} : { asks }),
    ...(within === undefined ? {} : { within }),
    ...(isItself ? {} : unusedKinds(named.around)),
  };
};

/** Kinds of malware and of indicators that a question names: these are told whatever their kind. */
function unusedKinds(text: string): { readonly unused?: readonly string[] } {
  const words = (text.match(/[\p{L}-]+/gu) ?? []).filter(
    (word) =>
      parseSoftwareKind(word) !== undefined ||
      /^(?:trojan|implant|wiper|loader|payload|domain|ip|hash)(?:e?s)?$/i.test(word),
  );
  return words.length === 0 ? {} : { unused: [...new Set(words)] };
}

/** Asks for a yes, unless for what something has: "does Turla have a MITRE page", "are there reports on it". */
const yesOrNo =
  /^(?:is|are|was|were|will|would|could|can|should|shall|may|might|does|do|did|has|have|had|am)\b/i;
const having =
  /^(?:(?:is|are) there\b|(?:do|have) (?:we|you|i)\b|(?:does|do|did) .{1,80} (?:have|has|use)\b|has .{1,80} (?:got|any)\b)/i;
const peopleCount =
  /\b(?:how (?:many|much)|number of|count)\b.{0,40}\b(?:victims?|members?|people|employees|hackers|companies|organi[sz]ations|attacks?|operators?)\b/i;

interface OnlyName {
  readonly text: string;
  /** The question without it. */
  readonly around: string;
}

/** The one exact name in a text; words that ask for something ("discovery", "tools") are none beside another. */
function onlyName(text: string, index: SearchIndex): OnlyName | undefined {
  const spots = index
    .spot(text)
    .filter(({ matches }) => (matches[0]?.score ?? 0) >= exactScore)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
  const names = spots.length < 2 ? spots : spots.filter((spot) => !isAsking(spot.text));
  const [only, second] = names;
  if (only !== undefined && second !== undefined && names.length === 2)
    return nameWithId(text, only, second, index);
  if (only === undefined || second !== undefined || isAsking(only.text)) return undefined;
  const around = `${text.slice(0, only.start)} ${text.slice(only.end).replace(/^['’]s?(?=\s)/i, '')}`;
  return { text: only.text, around };
}

type Place = Readonly<Record<'start' | 'end', number>> & { readonly text: string };

/** "OilRig (G0049)": the id tells which of those of the name is meant. */
function nameWithId(text: string, first: Place, second: Place, index: SearchIndex): OnlyName | undefined {
  const between = text.slice(first.end, second.start);
  if (!/^[\s([,/–-]{1,4}$/.test(between)) return undefined;
  const lookup = index.lookup(second.text);
  const owners = index.lookup(first.text);
  if (lookup.kind !== 'found' || lookup.match.matched.kind !== 'id') return undefined;
  const { id } = lookup.match.entity;
  const all = owners.kind === 'found' ? [owners.match] : owners.kind === 'ambiguous' ? owners.matches : [];
  if (!all.some(({ entity }) => entity.id === id)) return undefined;
  return { text: second.text, around: `${text.slice(0, first.start)} ${text.slice(second.end)}` };
}

function isAsking(text: string): boolean {
  if (parseTactic(text) !== undefined || parsePlatform(text) !== undefined) return true;
  const { aspects, unused } = askedWords(text);
  return aspects.length > 0 && unused.length === 0;
}

/** Everything that carries the name; where actors do and the question is one about actors, these. */
function ownersOf(text: string, aspects: readonly Aspect[], index: SearchIndex): readonly Match[] {
  const isOfActors = aspects.some((aspect) => ofActors.has(aspect));
  const lookup = index.lookup(text, isOfActors ? actorTypes : undefined);
  return lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
}

/** What uses a technique, exploits a vulnerability or deploys a malware is a list, and no aspect of the thing. */
function isListed({ entity: { type } }: Match, aspects: readonly Aspect[], around: string): boolean {
  if (!usableTypes.includes(type)) return false;
  const isMeans = type === 'attack-pattern' || type === 'vulnerability';
  const asksForUsers = aspects.some(
    (aspect) => aspect === 'related' || aspect === 'campaigns' || (isMeans && isSoftware(aspect)),
  );
  return (
    asksForUsers ||
    (aspects.some(isSoftware) && /\b(?:us(?:e|es|ed|ing)|with|drop\w*|deploy\w*)\b/i.test(around))
  );
}

function isSoftware(aspect: Aspect): boolean {
  return aspect === 'malware' || aspect === 'tools' || aspect === 'software';
}

/** "malware Emotet", "technique process injection": the word only tells what kind of thing is meant. */
export function isKindOf({ entity: { type } }: Match, aspect: Aspect): boolean {
  switch (type) {
    case 'malware':
    case 'tool':
      return isSoftware(aspect);
    case 'attack-pattern':
      return aspect === 'techniques';
    case 'campaign':
      return aspect === 'campaigns';
    case 'report':
      return aspect === 'reports';
    case 'vulnerability':
      return aspect === 'vulnerabilities';
    case 'intrusion-set':
    case 'indicator':
      return false;
    default:
      return assertNever(type);
  }
}

/**
 * The same question with what else its words ask for: further aspects, a number, a scope; and with the words that were
 * not used, so that they are told.
 */
export function withAskedWords(question: Question, text: string): Question {
  if (question.kind !== 'about' || question.within !== undefined || text.length > maxEnriched)
    return question;
  const around = text.replace(question.match.matched.text, ' ');
  const { aspects, asks, within, unused } = askedWords(around);
  const more = question.aspect === 'overview' ? [] : aspects.filter((aspect) => aspect !== question.aspect);
  const isAsked = aspects.includes(question.aspect);
  // A technique or a vulnerability uses nothing: "is it used by ransomware" asks what is known of it.
  const isMeans =
    question.match.entity.type === 'attack-pattern' || question.match.entity.type === 'vulnerability';
  if (isMeans && isSoftware(question.aspect)) return { ...question, aspect: 'overview' };
  if (
    more.length === 0 &&
    asks === undefined &&
    within === undefined &&
    isKindOf(question.match, question.aspect)
  )
    return { ...question, aspect: 'overview', ...(unused.length === 0 ? {} : { unused }) };
  return {
    ...question,
    ...(isAsked && more.length > 0 ? { more } : {}),
    ...(isAsked && asks !== undefined ? { asks } : {}),
    ...(isAsked && within !== undefined ? { within } : {}),
    ...(unused.length === 0 ? {} : { unused }),
  };
}

const maxEnriched = 300;
