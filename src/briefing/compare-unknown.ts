import type { Action, Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { CompareQuestion } from '../questions/types.ts';
import type { Match } from '../search/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { createCiteBook } from './cites.ts';
import { type CompareParts, listed } from './compare-words.ts';
import type { AnswerContext } from './context.ts';
import { askAction } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { attackIdOf, labelOf } from './labels.ts';
import { nameClaims } from './names.ts';
import { rarityOf } from './rarity.ts';
import { plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';

const shownOwners = 5;

/** A question that asks the same by ids, so that no name in it can be taken for another's. */
export function compareText(
  entities: readonly Entity[],
  { mode, focus }: Pick<CompareQuestion, 'mode' | 'focus'>,
): string {
  const ids = listed(entities.map((entity) => attackIdOf(entity) ?? entity.id));
  const aspect = focus === 'all' || focus === 'overview' ? '' : `${focus} `;
  if (mode === 'links') return `links between ${ids}`;
  if (mode === 'common') return `common ${aspect}of ${ids}`;
  return aspect === '' ? `compare ${ids}` : `compare the ${aspect}of ${ids}`;
}

/** The button that asks with whom an actor could be compared; none where nothing is known of what it uses. */
export function compareAction(entity: Entity, knowledge: Knowledge): readonly Action[] {
  const rarity = rarityOf(knowledge);
  const isUser = rarity.usedBy(entity.id, 'techniques').size + rarity.usedBy(entity.id, 'software').size > 0;
  return isUser ? [askAction('Compare…', compareText([entity], { mode: 'compare', focus: 'all' }))] : [];
}

/** Names that several carry: who is meant here, and a button for each of the others. */
export function choiceItems(question: CompareQuestion, parts: CompareParts): readonly Item[] {
  return (question.choices ?? []).flatMap((choice): readonly Item[] => {
    const [taken, ...others] = choice.flatMap((match) => parts.knowledge.entity(match.entity.id) ?? []);
    const name = choice[0]?.matched.text ?? '';
    if (taken === undefined || others.length === 0) return [];
    const told = [taken, ...others].map((one) => `${kindOf(one)} ${labelOf(one)}`);
    const said: Item = {
      text: [
        plain(`“${shorten(name, 60)}” is a name of ${listed(told)}; here the ${kindOf(taken)} `),
        stated(labelOf(taken), parts.cites.cite(nameClaims(taken, parts.knowledge))),
        plain(' is meant.'),
      ],
    };
    const instead = others.slice(0, shownOwners).map(
      (other): Item => ({
        text: [
          plain(`Instead with the ${kindOf(other)} `),
          stated(labelOf(other), parts.cites.cite(nameClaims(other, parts.knowledge))),
        ],
        action: askInstead(question, taken, other, parts.knowledge),
      }),
    );
    return [said, ...instead];
  });
}

function askInstead(question: CompareQuestion, taken: Entity, other: Entity, knowledge: Knowledge): Action {
  const entities = question.matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
  const swapped = entities.map((entity) => (entity.id === taken.id ? other : entity));
  return askOf(other, compareText(swapped, question));
}

function askOf(entity: Entity, question: string): Action {
  return { type: 'command', label: shorten(labelOf(entity), 60), value: { verb: 'ask', question } };
}

function kindOf({ type }: Entity): string {
  return entityTypeLabels[type].one.toLowerCase();
}

/** Names that nobody has: told, with near ones to compare with instead. */
export function unknownItems(question: CompareQuestion, parts: CompareParts): readonly Item[] {
  return (question.unknown ?? []).flatMap(({ text, suggestions }): readonly Item[] => [
    { text: [plain(`Nothing here is called “${shorten(text, 80)}”, so it is left out.`)] },
    ...nearItems(suggestions, question, parts),
  ]);
}

/** Names that were asked for beyond what a card compares. */
export function leftItems({ left = [], matches }: CompareQuestion): readonly Item[] {
  if (left.length === 0) return [];
  const names = left.slice(0, 20).map((text) => `“${shorten(text, 60)}”`);
  const more = left.length - names.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  return [
    {
      text: [plain(`A card compares ${matches.length}; not compared: ${names.join(', ')}${rest}.`)],
    },
  ];
}

/** Near names, each with a button that asks for the comparison with it. */
function nearItems(
  suggestions: readonly Match[],
  question: CompareQuestion,
  { knowledge, cites }: Pick<CompareParts, 'knowledge' | 'cites'>,
): readonly Item[] {
  const known = question.matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
  return suggestions.flatMap((match): readonly Item[] => {
    const near = knowledge.entity(match.entity.id);
    if (near === undefined || known.some(({ id }) => id === near.id)) return [];
    return [
      {
        text: [
          plain(`Perhaps the ${kindOf(near)} `),
          stated(labelOf(near), cites.cite(nameClaims(near, knowledge))),
        ],
        action: askOf(near, compareText([...new Set(known), near], question)),
      },
    ];
  });
}

/** Fewer than two of the names are anyone's: says which are not, and offers near ones. */
export function unknownAnswer(
  question: CompareQuestion,
  sides: readonly { readonly match: Match; readonly entity: Entity }[],
  text: string,
  { knowledge, now }: AnswerContext,
): Answer {
  const cites = createCiteBook(knowledge);
  const unknown = question.unknown ?? [];
  const known = [...new Set(sides.map(({ entity }) => entity))];
  const names = listed(unknown.map((one) => `“${shorten(one.text, 80)}”`));
  const told = known.map(
    (entity): Item => ({
      text: [
        stated(labelOf(entity), cites.cite(nameClaims(entity, knowledge))),
        plain(' is known here; a comparison takes two.'),
      ],
      action: {
        type: 'command',
        label: shorten(labelOf(entity), 60),
        value: { verb: 'brief', entity: entity.id },
      },
    }),
  );
  const near = unknown.flatMap((one) => nearItems(one.suggestions, question, { knowledge, cites }));
  const suggestions = unknown.flatMap((one) =>
    one.suggestions.flatMap((match) => matchedEntity(match, knowledge) ?? []),
  );
  const nothing: Section = {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [[plain(`No actor, software, technique or report here is called ${names || 'so'}.`)]],
  };
  const card = finishCard(
    {
      title: unknown.length === 0 ? 'Nothing to compare' : `Nothing is called ${names}`,
      sections: [
        nothing,
        told.length === 0 ? undefined : { type: 'list', id: 'known', rank: 1, items: told },
        near.length === 0
          ? undefined
          : { type: 'list', id: 'suggestions', heading: 'Did you mean', rank: 0, items: near },
      ],
      notice: clearText`One of the names is unknown.`,
    },
    knowledge,
    now,
    cites,
  );
  return {
    question: text,
    outcome: suggestions.length === 0 ? 'not-found' : 'suggest',
    answers: [],
    suggestions,
    facts: toFacts(cites.claims(), knowledge),
    withheld: nothingWithheld,
    card,
  };
}
