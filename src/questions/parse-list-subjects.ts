import { lookUpUsed } from './filter-values.ts';
import { asVictims } from './parse-list-clauses.ts';
import { addValue, closeGap, nextKinds, ownDimensions, type Reader } from './parse-list-reader.ts';
import type { Meaning } from './parse-list-words.ts';
import { usedWord } from './used-words.ts';

/** What is said of techniques or software themselves; a tactic alone asks for its techniques. */
export function readOwn(
  reader: Reader,
  { kind, key }: Extract<Meaning, { kind: 'tactic' | 'platform' }>,
): boolean {
  const isBare = kind === 'tactic' && reader.things === undefined && reader.slot !== 'use';
  if (isBare && !nextKinds(reader, reader.at).has('subject')) reader.things = ['attack-pattern'];
  // "techniques for persistence used by X": the actors come yet.
  const hasActors = reader.actors || reader.items.some(({ isOfActors }) => isOfActors);
  if (reader.isOfActors && !hasActors) reader.isOfActors = false;
  if (reader.slot === 'use') {
    reader.openUse = false;
    reader.usedNames += 2;
  }
  addValue(reader, kind, kind === 'tactic' ? { kind: 'tactic', key } : { kind: 'platform', key });
  return true;
}

/** "wipers used by Russian groups": as what is asked for all malware is meant; as a condition it is not applied. */
export function readUnlisted(reader: Reader, text: string): boolean {
  if (isKindOfNamed(reader)) return true;
  const isAsked = reader.things === undefined && !reader.actors && reader.slot !== 'use';
  // "using web shells" names a technique.
  const used =
    reader.slot === 'use' && usedWord(text) !== undefined ? lookUpUsed(text, reader.index) : undefined;
  if (used !== undefined) {
    if (used.note !== undefined) reader.notes.push(used.note);
    reader.openUse = false;
    reader.usedNames += 2;
    addValue(reader, 'uses', used.condition);
    return true;
  }
  reader.notes.push(
    isAsked
      ? `“${text}” is read as malware: no source here keeps a list of that kind`
      : `“${text}” is not applied: no source here keeps a list of that kind`,
  );
  if (isAsked) return readSubject(reader, { kind: 'subject', text, key: 'malware', types: ['malware'] });
  reader.openUse = false;
  return true;
}

/** "ransomware used by", "ransomware gangs", "using ransomware". */
export function readSoftware(reader: Reader, key: string): boolean {
  if (isKindOfNamed(reader)) return true;
  const isAsked = reader.things === undefined && !reader.actors && reader.slot !== 'use';
  const next = nextKinds(reader, reader.at);
  if (isAsked && !next.has('subject') && !next.has('users')) {
    reader.things = ['malware', 'tool'];
    saidOfActors(reader);
    addValue(reader, 'uses', { kind: 'software', key });
    return true;
  }
  reader.openUse = false;
  // A kind is more than a name: "groups using ransomware" has no card of its own.
  reader.usedNames += 2;
  addValue(reader, 'uses', { kind: 'software', key });
  return true;
}

/** "using LockBit ransomware": the kind of what is named, and nothing more that must hold. */
function isKindOfNamed({ slot, gap, items }: Reader): boolean {
  const last = items.at(-1);
  return (
    slot === 'use' &&
    gap === 'none' &&
    last?.dimension === 'uses' &&
    last.values.every(({ kind }) => kind === 'uses')
  );
}

function saidOfActors(reader: Reader): void {
  reader.items = reader.items.map((item) =>
    ownDimensions.includes(item.dimension) ? item : { ...item, isOfActors: true },
  );
  reader.terms = reader.terms.map((term) => (term.kind === 'value' ? { ...term, isOfActors: true } : term));
}

function isBeforeTarget({ items, tokens, at }: Reader): boolean {
  const last = items.at(-1);
  const isPlaceOrSector =
    last?.dimension === 'origin' || last?.dimension === 'place' || last?.dimension === 'sector';
  return isPlaceOrSector && tokens[at - 2]?.text.toLowerCase() === 'targeting';
}

export function readSubject(reader: Reader, subject: Extract<Meaning, { kind: 'subject' }>): boolean {
  const isActors = subject.types.includes('intrusion-set');
  // "which actors have no known malware" asks for something else.
  if (!isActors && reader.actors && reader.isNegated) return false;
  // "most exploited vulnerabilities"
  const isAskedByUse = reader.openUse && reader.things === undefined && !reader.actors && !reader.who;
  if (!isActors && reader.slot === 'use' && !isAskedByUse) return true;
  if (isAskedByUse && !isActors) reader.slot = 'none';
  if (isActors) {
    reader.actors = true;
    if (subject.condition?.kind === 'name') {
      reader.isNickname = true;
      addValue(reader, 'name', subject.condition);
    } else if (subject.condition !== undefined) addValue(reader, 'motivation', subject.condition);
  } else if (reader.things === undefined) {
    // "iranian malware": what came before is said of the actors.
    saidOfActors(reader);
    reader.things = subject.types;
    reader.isOfActors = reader.actors;
  } else return false;
  // "UAE targeting groups": what stands before the verb is what is targeted.
  if (isActors && reader.slot === 'target' && reader.openTarget && isBeforeTarget(reader)) {
    asVictims(reader);
    reader.openTarget = false;
  } else if (reader.slot === 'target' || reader.slot === 'in') return isActors && !reader.hasVerb;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}
