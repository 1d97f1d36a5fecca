import { derivedStixId, parseStixId } from '../domain/stix-id.ts';
import type { Match, SearchEntity, SearchIndex, Spot } from '../search/types.ts';
import { cleanQuestion } from './clean.ts';
import {
  anew,
  asksWhy,
  mayPointBack,
  otherSubject,
  substitutions,
  type ThreadSubject,
} from './follow-up-words.ts';
import type { Form } from './form.ts';
import { helpPattern } from './templates.ts';
import type { Question } from './types.ts';

/** Reads a text by the known forms of question and nothing looser. */
export type ReadByForms = (text: string, index: SearchIndex) => Question | undefined;

/** Stands for whatever a conversation may have spoken of. */
const probeId = derivedStixId('intrusion-set', 'follow-up', 'whatever was spoken of');
const probe: SearchEntity = {
  id: probeId,
  type: 'intrusion-set',
  name: probeId,
  aliases: [],
  externalIds: [],
  otherIds: [],
};

/**
 * The form of questions that point back to something and name nothing themselves. They are told by trying them on a
 * thing that stands for any; only where nothing else is named, since "is it true that APT39 …" points nowhere.
 */
export function createFollowUpForm(read: ReadByForms): Form {
  return ({ cleaned, bare, text }, index) => {
    if (bare.kind === 'found' || bare.kind === 'ambiguous') return undefined;
    const found = asksWhy(cleaned) ? probeId : rewritten(cleaned, probeId, withProbe(index), read);
    return found === undefined ? undefined : { kind: 'follow-up', text };
  };
}

/**
 * The question that a text asks in a conversation that speaks of something, with that thing's id where the text points
 * back to it ("and its tools" gives "ID's tools"), or with the last question's words about another thing ("and
 * APT28"); undefined for a text that stands by itself.
 */
export function continueThread(
  text: string,
  { entity, form }: ThreadSubject,
  index: SearchIndex,
  read: ReadByForms,
): string | undefined {
  const id = parseStixId(entity);
  const cleaned = cleanQuestion(text);
  if (id === undefined || !mayPointBack(cleaned) || helpPattern.test(cleaned)) return undefined;
  if (asksWhy(cleaned)) return isName(id, index) ? `why ${id}` : undefined;
  const other = otherSubject(cleaned);
  if (other !== undefined && form !== '{}' && isName(other, index)) {
    // An actor is used by nobody: what is asked is who it is.
    return /^who (?:uses|is behind) /.test(form) && isActor(other, index) ? other : form.replace('{}', other);
  }
  const again = isName(cleaned, index) ? undefined : anew(cleaned, form);
  if (again !== undefined) return isName(id, index) ? again.replace('{}', id) : undefined;
  // What the asking place may not see, or what is gone, is in its index no more.
  return isName(cleaned, index) || !isName(id, index) ? undefined : rewritten(cleaned, id, index, read);
}

/** True for a text that may be a follow-up: whether it is one only its conversation tells. */
export function mayFollow(text: string): boolean {
  return text.length <= maxTextLength && mayPointBack(cleanQuestion(text));
}

const maxTextLength = 400;

function rewritten(cleaned: string, id: string, index: SearchIndex, read: ReadByForms): string | undefined {
  return substitutions(cleaned, id).find((text) => {
    const question = text === id ? undefined : read(text, index);
    return text === id || (question !== undefined && isShaped(question, text, id));
  });
}

/** Words that may stand around what a question after the whole of it is about. */
const plainWords =
  /^(?:who|what|is|are|was|were|tell|me|us|more|about|on|the|show|give|brief|profile|overview|details?|info|information|whole|full|describe|explain|summari[sz]e|and|again|everything|anything|known?|do|you|we|of|have|got|this|that|else|a|an|for|in|short|['’]?s|[\s,.?!])*$/i;

/** "is it going to rain" follows nothing. */
const deeds =
  /\b(?:attack|target|hack|hit|strike|breach|block|stop|defend|detect|mitigat|prevent|protect|hunt|leader|member|phone|victims)/i;

/** True where the question is about the thing, and was read by its words rather than found somewhere in them. */
function isShaped(question: Question, text: string, id: string): boolean {
  const isAbout = 'match' in question && question.match?.entity.id === id;
  const isAmong = 'matches' in question && question.matches.some(({ entity }) => entity.id === id);
  if (!isAbout && !isAmong) return false;
  if (question.kind === 'about' && question.aspect === 'overview')
    return plainWords.test(text.replaceAll(id, ' '));
  if (question.kind === 'unanswerable') return deeds.test(text);
  return question.kind !== 'choice';
}

function isName(text: string, index: SearchIndex): boolean {
  const lookup = index.lookup(text);
  const first =
    lookup.kind === 'found' ? lookup.match : lookup.kind === 'ambiguous' ? lookup.matches[0] : undefined;
  return first !== undefined && first.matched.text.length >= text.length - 1;
}

function isActor(text: string, index: SearchIndex): boolean {
  const lookup = index.lookup(text);
  return lookup.kind === 'found' && lookup.match.entity.type === 'intrusion-set';
}

/** The index with one more thing in it, that has the probe's id and no name. */
function withProbe(index: SearchIndex): SearchIndex {
  const match = (text: string): Match => ({
    entity: probe,
    matched: { text, name: probeId, kind: 'id' },
    score: 1,
  });
  return {
    ...index,
    lookup: (text, prefer) =>
      text.includes(probeId) ? { kind: 'found', match: match(probeId) } : index.lookup(text, prefer),
    spot: (text) => {
      const start = text.indexOf(probeId);
      if (start === -1) return index.spot(text);
      const end = start + probeId.length;
      const own: Spot = { start, end, matches: [match(probeId)] };
      const others = index.spot(text).filter((spot) => spot.end <= start || spot.start >= end);
      return [...others, own].sort((a, b) => a.start - b.start);
    },
    suggest: (prefix, limit) => index.suggest(prefix, limit),
  };
}
