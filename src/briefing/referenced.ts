import type { Item, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { defang } from '../domain/indicator.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { createCiteBook, voicesOf } from './cites.ts';
import type { AnswerContext } from './context.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { counted, plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';

/** What is recorded with the address of a page: a thing with the claims that give it. */
export interface Referenced {
  readonly entity: Entity;
  readonly claims: readonly Claim[];
}

/** Two spellings of one address differ by no more than its scheme, `www.` and a closing slash. */
const maxDifference = 14;
const shownThings = 10;

/** The things for which an address is recorded as a reference, those with most statements from it first. */
export function referencedBy(address: string, knowledge: Knowledge): readonly Referenced[] {
  const key = addressKey(address);
  const found: Referenced[] = [];
  for (const entity of knowledge.entities.values()) {
    const claims = knowledge.claims(entity.id).filter(({ given, provenance }) => {
      const own = given.predicate === 'reference' ? given.url : provenance.reference;
      if (own === undefined || Math.abs(own.length - key.length) > maxDifference) return false;
      return addressKey(own) === key;
    });
    if (claims.length > 0) found.push({ entity, claims });
  }
  return found.sort(
    (a, b) =>
      actorsFirst(a) - actorsFirst(b) ||
      b.claims.length - a.claims.length ||
      (a.entity.name < b.entity.name ? -1 : 1),
  );
}

function actorsFirst({ entity }: Referenced): number {
  return entity.type === 'intrusion-set' ? 0 : 1;
}

/** Equal for one page whatever its scheme, case, fragment and closing slash. */
function addressKey(address: string): string {
  return address
    .replace(/^[a-z]{3,5}:\/\/(?:www\.)?/i, '')
    .replace(/#[^]*/, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/** Whose reference a page is, with who gives it: the page is read by people, and no indicator. */
export function answerReferenced(
  address: string,
  found: readonly Referenced[],
  text: string,
  { knowledge, now, whole }: AnswerContext,
): Answer {
  const cites = createCiteBook(knowledge);
  const shown = whole === true ? found : found.slice(0, shownThings);
  const items = shown.map(({ entity, claims }): Item => {
    const voices = voicesOf(claims, knowledge).join(', ');
    const name: Text = [{ ...stated(labelOf(entity), cites.cite(claims)), style: 'bold' }];
    return {
      text: [...name, plain(` — ${counted(claims.length, 'statement')} of ${voices}`)],
      action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity: entity.id } },
    };
  });
  const words = `Imported reports do not hold this address as an indicator. It is recorded as a reference for what is said of ${counted(found.length, 'thing')}.`;
  const card = finishCard(
    {
      title: `Reference ${shorten(defang(address), 150)}`,
      sections: [
        { type: 'text', id: 'what', rank: 0, paragraphs: [[plain(words)]] },
        {
          type: 'list',
          id: 'referenced',
          heading: 'Recorded for',
          rank: 1,
          items,
          ...(items.length < found.length ? { total: found.length } : {}),
        },
      ],
      notice: clearText`An answer about a reference.`,
    },
    knowledge,
    now,
    cites,
  );
  return {
    question: text,
    outcome: 'answer',
    answers: shown.map(({ entity }) => toAnswerEntity(entity)),
    suggestions: [],
    facts: toFacts(cites.claims(), knowledge),
    withheld: nothingWithheld,
    card,
  };
}
