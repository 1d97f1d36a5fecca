import type { Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Entity } from '../knowledge/types.ts';
import type { CompareQuestion } from '../questions/types.ts';
import { isYesOrNo } from '../questions/yes-or-no.ts';
import type { Match } from '../search/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { voicesOf } from './cites.ts';
import { choiceItems } from './compare-unknown.ts';
import { type CompareParts, listed } from './compare-words.ts';
import { createComposer, take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { relationLabels, titleOf } from './labels.ts';
import { nameClaims, namingNotice } from './names.ts';
import { bold, plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';
import { recordsSection } from './why-sections.ts';

interface Named {
  readonly match: Match;
  readonly entity: Entity;
}

/** Things that stand among the sides more than once, with the names under which they do. */
export function oneTwice(
  sides: readonly Named[],
): readonly { readonly entity: Entity; readonly names: readonly string[] }[] {
  return [...Map.groupBy(sides, ({ entity }) => entity)]
    .filter(([, named]) => named.length > 1)
    .map(([entity, named]) => ({
      entity,
      names: [...new Set(named.map(({ match }) => match.matched.name))],
    }));
}

/** "compare APT39 and Chafer": both are one, with who gives it each name and what joined its records. */
export function answerOneTwice(
  entity: Entity,
  sides: readonly Named[],
  question: CompareQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const composer = createComposer(knowledge, entity, context.whole === true);
  const names = [...new Set(sides.map(({ match }) => match.matched.name))];
  const quoted = names.map((name) => shorten(name, 60));
  const parts: CompareParts = { ...composer, entities: [entity], labels: [titleOf(entity)] };
  const title = quoted.length === 1 ? `${quoted[0]} is one and the same` : `${listed(quoted)} are one`;
  const choices = choiceItems(question, parts);
  const answer: Section = {
    type: 'text',
    id: 'verdict',
    rank: 0,
    paragraphs: [[plain(sameText(quoted, entity, isYesOrNo(text)))], ...looseNames(names, parts, entity)],
  };
  const withheld = knowledge.withheld(entity.id);
  const card = finishCard(
    {
      title,
      sections: [
        answer,
        choices.length === 0 ? undefined : { type: 'list', id: 'notes', rank: 0, items: choices },
        namesSection(names, parts, entity),
        recordsSection(composer),
      ],
      actions: [
        ...questionActions(text),
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
      ],
      withheld,
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`${name}: one and the same.`,
        clearText`Both are one.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  const [first] = sides;
  const found = first === undefined ? undefined : matchedEntity(first.match, knowledge);
  return {
    question: text,
    outcome: 'answer',
    answers: found === undefined ? [] : [found],
    suggestions: [],
    facts: toFacts(composer.cites.claims(), knowledge),
    withheld,
    card,
  };
}

/** Names that only overlap with the entity, are of a part of it or are disputed: these are no other names of it. */
function looseNames(
  names: readonly string[],
  { knowledge, cites }: CompareParts,
  entity: Entity,
): readonly Text[] {
  return names.flatMap((text) => {
    const name = nameOf(entity, text);
    if (name === undefined || name.relation === 'same-as') return [];
    const voices = voicesOf(name.claims, knowledge).join(', ');
    const sense = `“${shorten(text, 60)}” is recorded as: ${relationLabels[name.relation]}`;
    return [[stated(sense, cites.cite(name.claims)), plain(` — ${voices}.`)]];
  });
}

function sameText(names: readonly string[], entity: Entity, isAsked: boolean): string {
  const [only = ''] = names;
  const all = listed(names.map((name) => `“${name}”`));
  if (isAsked && names.length > 1) return `Yes: here ${all} lead to one entity, ${titleOf(entity)}.`;
  return names.length === 1
    ? `There is nothing to compare: “${only}” stands on both sides.`
    : `There is nothing to compare: here ${all} lead to one entity, ${titleOf(entity)}.`;
}

/** Who gives it each of the names, and in what sense. */
function namesSection(names: readonly string[], parts: CompareParts, entity: Entity): Section | undefined {
  const { knowledge, cites } = parts;
  const items = names.flatMap((text) => {
    const name = nameOf(entity, text);
    const claims = name?.claims ?? nameClaims(entity, knowledge);
    if (claims.length === 0) return [];
    const sense =
      name === undefined
        ? 'an id of it'
        : name.kind === 'name'
          ? 'its main name'
          : relationLabels[name.relation];
    const coined =
      name === undefined || name.coinedBy.length === 0 ? '' : `, coined by ${name.coinedBy.join(', ')}`;
    const voices = voicesOf(claims, knowledge).join(', ');
    return [{ text: [bold(text), plain(` — ${sense}${coined}: `), stated(voices, cites.cite(claims))] }];
  });
  const { shown, total } = take(parts, items, 10);
  return items.length === 0
    ? undefined
    : { type: 'list', id: 'names', heading: 'Who says so', rank: 1, items: shown, ...total };
}

function nameOf(entity: Entity, text: string): Entity['names'][number] | undefined {
  const key = nameKey(text);
  return entity.names.find((name) => nameKey(name.text) === key);
}
