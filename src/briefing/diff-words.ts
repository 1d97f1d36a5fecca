import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { claimWords } from './digest-changes.ts';
import { labelById, labelOf } from './labels.ts';

/** How a relation between two names or things is said in a few words. */
export const relationPhrases: Readonly<Record<string, string>> = {
  'same-as': 'called the same as',
  overlaps: 'overlaps with',
  'part-of': 'part of',
  disputed: 'disputed to be',
  related: 'related to',
  'subtechnique-of': 'sub-technique of',
};

/** What a claim states, in the words that a change of it has: `uses Remexi`, `alias “Chafer”`. */
export function statementWords(claim: Claim, entity: Entity, knowledge: Knowledge): string {
  if (claim.subject !== entity.id) return `${subjectOf(claim, knowledge)}: ${wordsOf(claim, knowledge)}`;
  return wordsOf(claim, knowledge);
}

function subjectOf({ subject }: Claim, knowledge: Knowledge): string {
  const found = knowledge.entities.get(subject);
  return found === undefined
    ? 'another'
    : `${entityTypeLabels[found.type].one.toLowerCase()} ${labelOf(found)}`;
}

function wordsOf(claim: Claim, knowledge: Knowledge): string {
  const { given, predicate, object } = claim;
  const value = labelById(knowledge, object, claim.value);
  if (given.predicate === 'alias' && given.relation !== 'same-as') {
    return `${relationPhrases[given.relation] ?? given.relation} “${value}”`;
  }
  if (given.predicate === 'related-to')
    return `${relationPhrases[given.relation] ?? given.relation} ${value}`;
  if (given.predicate === 'reference') return referenceWords(given.title ?? given.url);
  if (given.predicate === 'description') return 'a description of it';
  const negated = given.predicate === 'exploits' && given.negated === true ? 'not observed: ' : '';
  return `${negated}${claimWords[predicate]?.(value) ?? `${predicate} ${value}`}`;
}

/** A reference by its title, or its address without what every address has. */
export function referenceWords(text: string): string {
  return `reference ${text.replace(/^https?:\/\/(?:www\.)?/i, '')}`;
}
