import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { boundedDistance } from '../edit-distance.ts';
import { wordSpans } from '../evidence/parts.ts';
import { closeness, maxRanked } from '../evidence/rank.ts';
import { digitsOf, type TypoMatch } from '../evidence/typos.ts';
import type { IndexParts } from '../index-parts.ts';
import { isActor, ownersOf } from '../owners.ts';
import { maxChoices } from '../scores.ts';
import { wordFlags } from '../word-classes.ts';
import { faintOwners } from './faint-typo.ts';
import { hasType, hasWanted, isAllEveryday, keyText, unique } from './fit.ts';
import { begunOwners } from './prefix.ts';

const maxContentTokens = 8;
const minLength = 3;
const minCloseness = 0.5;
const minShared = 0.4;
/** Actors with an everyday word among others in their name: "lunar" may mean LUNAR SPIDER. */
const maxSharing = 4;
/** A text of more words is a sentence: what it names nothing of is not guessed at. */
const maxWords = 3;

/**
 * Owners of names near what a text of one to three words, or a question about one to three words, may mean; none for a
 * sentence, and for everyday words only those that are part of a name.
 */
export function suggestedOwners(
  parts: IndexParts,
  content: Content,
  exact: readonly number[],
  prefer: readonly EntityType[],
): readonly number[] {
  const { tokens } = parts;
  const whole = { from: 0, to: tokens.count - 1 };
  if (content.to < content.from) return exact;
  const isOrdinary = isAllEveryday(parts, content.from, content.to);
  // "good morning team": a word that stands beside names, and none that is a name's own.
  if (isOrdinary && content.from === content.to && isGeneral(parts, content.from)) return exact;
  const isAsked = !isOrdinary && wordSpans(tokens, content.from, content.to).length <= maxWords;
  if (wordSpans(tokens, whole.from, whole.to).length > maxWords && !isAsked)
    return codesInText(parts, prefer);
  const glued = tokens.glued(content.from, content.to);
  const begun = [...begunOwners(parts, whole, prefer), ...begunOwners(parts, content, prefer)].filter(
    (owner) => hasWanted(parts, [owner], prefer),
  );
  const sharing = parts.parts.owners(glued, maxSharing).filter((owner) => isActor(parts.names, owner));
  const sure = [...begun, ...exact, ...sharing];
  // In a sentence a plain word is not misspelt: "who wants coffee".
  const isWhole = content.from === whole.from && content.to === whole.to;
  const near = isOrdinary
    ? isWhole
      ? misspeltActors(parts, content, prefer)
      : []
    : nearOwners(parts, content, prefer);
  const owners = [...sure, ...near];
  return unique(parts, owners).slice(0, maxChoices);
}

const generalWords = new Set('team teams trade crew company network project service services'.split(' '));

function isGeneral({ tokens, classes }: IndexParts, at: number): boolean {
  const flags = classes.of(tokens, at) & (wordFlags.field | wordFlags.frame | wordFlags.stop);
  return flags !== 0 || generalWords.has(tokens.glued(at, at));
}

/** Actors whose name everyday words are one slip away from: "reecho". */
function misspeltActors(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  const typos: TypoMatch[] = [];
  parts.typos.find(parts.tokens.glued(content.from, content.to), typos);
  return typos
    .filter(({ distance }) => distance === 1)
    .flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)])
    .filter((owner) => isActor(parts.names, owner));
}

/** Codes in a sentence whose letters are one slip from those of a recorded code with the same number. */
function codesInText(parts: IndexParts, prefer: readonly EntityType[]): readonly number[] {
  const { tokens } = parts;
  const keys = wordSpans(tokens, 0, tokens.count - 1)
    .filter((span) => span.to > span.from)
    .flatMap((span) => [...nearCodes(parts, span.text)]);
  return unique(
    parts,
    keys.flatMap((key) => [...ownersOf(parts.names, key, prefer)]),
  ).slice(0, maxChoices);
}

/** Codes with the same number, misspellings, beginnings, names that share letters, best first. Numbers are equal in all. */
function nearOwners(parts: IndexParts, content: Content, prefer: readonly EntityType[]): readonly number[] {
  if (content.to - content.from >= maxContentTokens) return [];
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength) return [];
  const digits = digitsOf(glued);
  const near = nearKeys(parts, glued);
  const isCode = anyCode.test(glued);
  const keys = near
    .filter((key) => digitsOf(keyText(parts, key)) === digits)
    .filter((key) => !isCode || !publishersId.test(keyText(parts, key)))
    .slice(0, maxRanked);
  const close = closeness(
    glued,
    keys.map((key) => keyText(parts, key)),
  );
  const words = keys
    .map((key, at) => ({ key, close: close[at] ?? 0 }))
    .filter((candidate) => candidate.close >= minCloseness)
    .sort((a, b) => b.close - a.close)
    .map(({ key }) => key);
  const owners = [...nearCodes(parts, glued), ...words].flatMap((key) => [
    ...ownersOf(parts.names, key, prefer),
  ]);
  const faint = faintOwners(parts, content, prefer);
  const first = owners.filter((owner) => hasType(parts, owner, prefer));
  return [...first, ...owners.slice(0, maxFirst), ...faint, ...owners];
}

/** Of so many near names the closest come before those that are two slips away. */
const maxFirst = 3;

const anyCode = /^[a-z]{1,8}\d+$/;
/** ATT&CK numbers each kind of thing for itself: an id of one kind is near no id of another. */
const publishersId = /^(?:(?:[gscmtax]|ds|dc|an)\d{4}|ta0\d{3}|det\d{4}|t\d{7})$/;

function nearKeys(parts: IndexParts, glued: string): readonly number[] {
  const typos: TypoMatch[] = [];
  parts.typos.find(glued, typos);
  return [
    ...new Set([
      ...typos.map((match) => match.key).slice(0, maxRanked),
      ...parts.prefixes.find(glued, maxRanked),
      ...parts.trigrams.find(glued, minShared, maxRanked),
    ]),
  ];
}

/** Codes of the same number whose letters are one slip away: "ATP39" is near APT39. */
function nearCodes(parts: IndexParts, glued: string): readonly number[] {
  const code = /^([a-z]{2,8})(\d.*)$/.exec(glued);
  const [, letters, rest] = code ?? [];
  if (letters === undefined || rest === undefined || publishersId.test(glued)) return [];
  return [...parts.names.schemeWords]
    .filter((word) => boundedDistance(letters, word, 1) === 1)
    .map((word) => parts.names.keys.find(`${word}${rest}`))
    .filter((key) => key >= 0);
}
