import type { Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Claim, Entity } from '../knowledge/types.ts';
import type { BehindQuestion } from '../questions/types.ts';
import { matchedEntity, toAnswerEntity } from './answer-entity.ts';
import { voicesOf } from './cites.ts';
import { type Composer, createComposer } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { emptyAnswer } from './empty-answer.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { notFoundCard } from './message-cards.ts';
import { nameClaims, namingNotice } from './names.ts';
import { attributionSection } from './sections/attribution.ts';
import { allReportsSection, campaignsSection } from './sections/related.ts';
import { usersSection } from './sections/users.ts';
import { joinTexts, plain, shorten, stated } from './text.ts';
import { type TiedActor, tiedActors } from './tied-actors.ts';
import type { Answer } from './types.ts';

const shownActors = 3;

/**
 * Who stands behind a campaign or uses a malware, as sources record it: attribution, actors tied to it, campaigns and
 * reports. Use of a malware is told as use, and where nothing is recorded that is said.
 */
export function answerBehind(
  { match, others = [] }: BehindQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const entity = knowledge.entity(match.entity.id);
  const matched = matchedEntity(match, knowledge);
  if (entity === undefined || matched === undefined) {
    return emptyAnswer(text, 'not-found', notFoundCard(match.matched.text, knowledge, now));
  }
  const composer = createComposer(knowledge, entity, context.whole === true);
  const ties = tiedActors(entity, knowledge);
  const label = labelOf(entity);
  const otherEntities = others.flatMap((one) => knowledge.entity(one.entity.id) ?? []);
  const card = finishCard(
    {
      title: `Who is behind ${label}`,
      subtitle: [plain(entityTypeLabels[entity.type].one)],
      sections: [
        { type: 'text', id: 'what', rank: 0, paragraphs: [saidText(entity, ties, composer)] },
        attributionSection(composer),
        usersSection(composer),
        campaignsSection(composer),
        allReportsSection(composer),
        othersSection(otherEntities, composer),
      ],
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        ...questionActions(text).filter(({ label: name }) => name !== 'More'),
      ],
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`Who is behind ${name}.`,
        clearText`An answer about an actor.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  return {
    ...emptyAnswer(text, 'answer', card),
    answers: [matched, ...ties.map(({ actor }) => toAnswerEntity(actor))],
    facts: toFacts(composer.cites.claims(), knowledge),
    withheld: knowledge.withheld(entity.id),
  };
}

/** Campaigns are attributed, software is used: the one is no proof of the other. */
function saidText(entity: Entity, ties: readonly TiedActor[], composer: Composer): Text {
  const { cites, knowledge } = composer;
  const label = labelOf(entity);
  const name = stated(label, cites.cite(nameClaims(entity, knowledge)));
  if (ties.length === 0) {
    const attributed = knowledge.claims(entity.id, 'attributed-to');
    return attributed.length === 0
      ? [plain('No source here says who is behind '), name, plain(', and none ties an actor to it.')]
      : [
          plain('No source here ties an actor to '),
          name,
          plain('; what sources attribute it to stands below.'),
        ];
  }
  const own = ties.filter(({ claims }) => claims.some((claim) => isAttribution(claim, entity)));
  if (own.length > 0) return [name, plain(' is attributed to '), ...actorsText(own, composer), plain('.')];
  const kind = entityTypeLabels[entity.type].one.toLowerCase();
  return [
    plain('No source here attributes '),
    name,
    plain(` to an actor; ${usedWords(entity)} `),
    ...actorsText(ties, composer),
    plain(entity.type === 'report' ? '.' : `, which need not have made this ${kind}.`),
  ];
}

function isAttribution({ predicate, subject }: Claim, { id }: Entity): boolean {
  return predicate === 'attributed-to' && subject === id;
}

function usedWords({ type }: Entity): string {
  return type === 'report' ? 'it names' : 'sources record its use by';
}

function actorsText(ties: readonly TiedActor[], { cites, knowledge }: Composer): Text {
  const shown = ties.slice(0, shownActors).map(({ actor, claims, via }): Text => {
    const through = via.length === 0 ? '' : ` through ${via.map((one) => one.name).join(', ')}`;
    const voices = voicesOf(claims, knowledge).join(', ');
    return [stated(labelOf(actor), cites.cite(claims)), plain(`${through} (${voices})`)];
  });
  const more: Text = ties.length > shown.length ? [plain(`${ties.length - shown.length} more`)] : [];
  return joinTexts([...shown, more], ', ', ' and ');
}

/** Other things that the words could have meant, each with a button. */
function othersSection(others: readonly Entity[], { cites, knowledge }: Composer): Section | undefined {
  if (others.length === 0) return undefined;
  const items = others.slice(0, 5).map(
    (other): Item => ({
      text: [
        plain(`${entityTypeLabels[other.type].one} `),
        stated(labelOf(other), cites.cite(nameClaims(other, knowledge))),
      ],
      action: {
        type: 'command',
        label: shorten(labelOf(other), 60),
        value: { verb: 'ask', question: `who is behind ${other.id}` },
      },
    }),
  );
  return { type: 'list', id: 'others', heading: 'Or was another meant', rank: 2, items };
}
