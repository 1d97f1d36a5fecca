import type { Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { CompareQuestion } from '../questions/types.ts';
import { matchedEntity, toAnswerEntity } from './answer-entity.ts';
import { compareText } from './compare-unknown.ts';
import { type Composer, createComposer, take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { labelOf, titleOf } from './labels.ts';
import { type RankedActor, rankActors, type Wanted } from './match-techniques-rank.ts';
import { hitsText } from './match-techniques-words.ts';
import { namingNotice } from './names.ts';
import { rarityOf, type UsedKind } from './rarity.ts';
import { relationsSection } from './sections/relations.ts';
import { counted, plain, shorten } from './text.ts';
import type { Answer } from './types.ts';

const offered = 5;

/** "compare APT39": those that share most of what it uses, what few use counting most; each with a button. */
export function answerAlone(
  entity: Entity,
  question: CompareQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const composer = createComposer(knowledge, entity, context.whole === true);
  const near = nearestTo(entity, knowledge);
  const { shown, total } = take(composer, near, offered);
  const items = shown.map((one) => nearItem(one, entity, question, composer));
  const title = titleOf(entity);
  const isNear = nearWords.test(text);
  const say: Section = {
    type: 'text',
    id: 'how',
    rank: 0,
    paragraphs: [
      [plain(`Say with whom or what: “compare ${shorten(entity.name, 60)} and …”, with up to five names.`)],
    ],
  };
  const list: Section | undefined =
    items.length === 0
      ? undefined
      : {
          type: 'list',
          id: 'nearest-actors',
          heading: 'Actors that share most of what it uses, rare things first',
          rank: 1,
          items,
          ...total,
        };
  const withheld = knowledge.withheld(entity.id);
  const card = finishCard(
    {
      title: isNear ? `Near to ${title}` : `Compare ${title} with whom?`,
      sections: isNear ? [relationsSection(composer) ?? noRelation(title), list] : [say, list],
      actions: questionActions(text),
      withheld,
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`Compare ${name} with whom?`,
        clearText`Compare with whom?`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  const [match] = question.matches;
  const asked = match === undefined ? undefined : matchedEntity(match, knowledge);
  return {
    question: text,
    outcome: 'answer',
    answers: [
      ...(asked === undefined ? [] : [asked]),
      ...shown.map(({ actor, score }) => toAnswerEntity(actor, score)),
    ],
    suggestions: [],
    facts: toFacts(composer.cites.claims(), knowledge),
    withheld,
    card,
  };
}

/** Asks who is like it rather than for a comparison. */
const nearWords =
  /\b(?:similar|like|resembl\w*|alike|akin|close|near|overlap\w*|related|linked|shar(?:e|es|ing)|same)\b/i;

function noRelation(title: string): Section {
  const text = `No source here states a relation of ${title} to another actor.`;
  return { type: 'text', id: 'nothing-related', rank: 1, paragraphs: [[plain(text)]] };
}

/** Actors by what they share with an actor; none for what uses nothing. */
export function nearestTo(entity: Entity, knowledge: Knowledge): readonly RankedActor[] {
  if (entity.type !== 'intrusion-set') return [];
  const rarity = rarityOf(knowledge);
  const kinds: readonly UsedKind[] = ['techniques', 'software'];
  const list = kinds.flatMap((kind) =>
    [...rarity.usedBy(entity.id, kind)].flatMap((id): readonly Wanted[] => {
      const used = knowledge.entities.get(id);
      return used === undefined ? [] : [{ text: labelOf(used), kind, entities: [used] }];
    }),
  );
  return rankActors(list, knowledge, entity.id);
}

function nearItem(one: RankedActor, entity: Entity, question: CompareQuestion, composer: Composer): Item {
  const { knowledge } = composer;
  const rare = hitsText(one, { knowledge, cites: composer.cites, shown: 3 });
  return {
    text: [
      { text: labelOf(one.actor), style: 'bold' },
      plain(` — ${counted(one.hits.length, 'thing')} in common, first `),
      ...rare,
    ],
    action: {
      type: 'command',
      label: shorten(`Compare with ${labelOf(one.actor)}`, 60),
      value: {
        verb: 'ask',
        question: compareText([entity, one.actor], { mode: 'compare', focus: question.focus }),
      },
    },
  };
}
