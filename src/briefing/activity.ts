import type { Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { ActivityQuestion } from '../questions/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { voicesOf } from './cites.ts';
import { type Composer, createComposer } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { emptyAnswer } from './empty-answer.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { groupClaims, toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { titleOf } from './labels.ts';
import { notFoundCard } from './message-cards.ts';
import { namingNotice } from './names.ts';
import { campaignsSection } from './sections/related.ts';
import { plain, stated } from './text.ts';
import type { Answer } from './types.ts';

/** Since when and until when sources saw it active, and its dated campaigns. Nobody's founding is recorded. */
export function answerActivity({ match }: ActivityQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const entity = knowledge.entity(match.entity.id);
  const matched = matchedEntity(match, knowledge);
  if (entity === undefined || matched === undefined) {
    return emptyAnswer(text, 'not-found', notFoundCard(match.matched.text, knowledge, now));
  }
  const composer = createComposer(knowledge, entity, context.whole === true);
  const dates = datesSection(composer);
  const campaigns = campaignsSection(composer);
  const title = titleOf(entity);
  const words =
    dates === undefined
      ? campaigns === undefined
        ? `No source here dates the activity of ${title}, and none says when it was founded.`
        : `Sources here date campaigns of ${title}, and no other activity of it; none says when it was founded.`
      : `When ${title} was active, as sources date it. When it was founded is not recorded.`;
  const card = finishCard(
    {
      title: `${title}: activity`,
      subtitle: [plain(entityTypeLabels[entity.type].one)],
      sections: [{ type: 'text', id: 'what', rank: 0, paragraphs: [[plain(words)]] }, dates, campaigns],
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        askAction('What is New', `what is new on ${entity.name}`),
        ...questionActions(text).filter(({ label }) => label !== 'More'),
      ],
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`${name}: activity.`,
        clearText`An answer about an actor.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  const facts = toFacts(composer.cites.claims(), knowledge);
  return {
    ...emptyAnswer(text, 'answer', card),
    answers: [matched],
    facts,
    withheld: knowledge.withheld(entity.id),
  };
}

function datesSection({ knowledge, entity, cites }: Composer): Section | undefined {
  const kinds = [
    ['active-since', 'active since'],
    ['last-seen', 'last seen'],
  ] as const;
  const items = kinds.flatMap(([predicate, label]) =>
    groupClaims(knowledge.claims(entity.id, predicate)).map(
      ({ value, claims }): Item => ({
        text: [
          plain(`${label} `),
          stated(value, cites.cite(claims)),
          plain(` — ${voicesOf(claims, knowledge).join(', ')}`),
        ],
      }),
    ),
  );
  return items.length === 0 ? undefined : { type: 'list', id: 'activity', rank: 0, items };
}
