import type { Action, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import { organisationName, relatedOrganisations } from '../domain/organisation.ts';
import { aliasRelations } from '../domain/record.ts';
import type { Claim, Entity, EntityName } from '../knowledge/types.ts';
import type { WhoCallsQuestion } from '../questions/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { matchedEntity } from './answer-entity.ts';
import { voicesOf } from './cites.ts';
import { type Composer, createComposer, take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { emptyAnswer } from './empty-answer.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { relationLabels, titleOf } from './labels.ts';
import { notFoundCard } from './message-cards.ts';
import { namingNotice } from './names.ts';
import { bold, capitalized, joinTexts, plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';
import { type HouseName, type Naming, namesByHouse, nameWritten, namingsOf } from './who-calls.ts';

const shownNames = 15;

/**
 * The names of a thing with who coined and who uses them; those of one organisation; or who uses one name. Where no
 * source says, the card says that none does.
 */
export function answerWhoCalls(question: WhoCallsQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const entity = knowledge.entity(question.match.entity.id);
  const matched = matchedEntity(question.match, knowledge);
  if (entity === undefined || matched === undefined) {
    return emptyAnswer(text, 'not-found', notFoundCard(question.match.matched.text, knowledge, now));
  }
  const composer = createComposer(knowledge, entity, context.whole === true);
  const { title, sections } = partsOf(question, entity, composer);
  const isWholeTable = question.house === undefined && question.name === undefined;
  const card = finishCard(
    {
      title,
      subtitle: [plain(entityTypeLabels[entity.type].one)],
      sections,
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        ...(isWholeTable ? [] : [allNames(entity)]),
        ...questionActions(text),
      ],
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`Names of ${name}.`,
        clearText`An answer about names.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  return {
    question: text,
    outcome: 'answer',
    answers: [matched],
    suggestions: [],
    facts: toFacts(composer.cites.claims(), knowledge),
    withheld: knowledge.withheld(entity.id),
    card,
  };
}

function allNames({ name }: Entity): Action {
  return askAction('All Names', `vendor names of ${name}`);
}

interface Parts {
  readonly title: string;
  readonly sections: readonly (Section | undefined)[];
}

function partsOf({ house, name }: WhoCallsQuestion, entity: Entity, composer: Composer): Parts {
  if (house !== undefined) return houseParts(organisationName(house), entity, composer);
  if (name !== undefined) return nameParts(name, entity, composer);
  return {
    title: `Who calls ${titleOf(entity)} what`,
    sections: [namesTable(namingsOf(entity), composer)],
  };
}

/** What one organisation calls it; where that is not known, what a house that belongs with it does. */
function houseParts(house: string, entity: Entity, composer: Composer): Parts {
  const found = namesByHouse(entity, house, composer.knowledge);
  const related = relatedOrganisations(house).flatMap((other) =>
    namesByHouse(entity, other, composer.knowledge).map((one) => ({ ...one, house: other })),
  );
  const title = `What ${shorten(house, 60)} calls ${titleOf(entity)}`;
  const none =
    found.length > 0
      ? undefined
      : note('nothing', `No source here says what ${shorten(house, 60)} calls ${titleOf(entity)}.`);
  return {
    title,
    sections: [
      none ??
        houseList(
          'names',
          undefined,
          found.map((one) => ({ ...one, house })),
          composer,
        ),
      related.length === 0
        ? undefined
        : houseList('related', 'Houses that belong with it', related, composer),
    ],
  };
}

function houseList(
  id: string,
  heading: string | undefined,
  names: readonly (HouseName & { readonly house: string })[],
  composer: Composer,
): Section {
  const { shown, total } = take(composer, names, shownNames);
  const items = shown.map(({ name, how, claims, house }) => ({
    text: [
      bold(name.text),
      plain(' — '),
      stated(
        `${howWords(how, house)} (${voicesOf(claims, composer.knowledge).join(', ')})`,
        composer.cites.cite(claims),
      ),
      ...sense(name),
    ],
  }));
  return { type: 'list', id, ...(heading === undefined ? {} : { heading }), rank: 1, items, ...total };
}

function howWords(how: HouseName['how'], house: string): string {
  switch (how) {
    case 'coined':
      return `coined by ${house}`;
    case 'own':
      return 'in its own data';
    case 'cited':
      return `cited to ${house}`;
    default:
      return assertNever(how);
  }
}

/** A name that does not stand for the thing itself says so. */
function sense({ relation }: EntityName): Text {
  return relation === 'same-as' ? [] : [plain(` (${relationLabels[relation]})`)];
}

/** Who coined one name and who uses it, in what sense. */
function nameParts(text: string, entity: Entity, composer: Composer): Parts {
  const name = nameWritten(entity, text);
  const title = `Who calls ${titleOf(entity)} “${shorten(name?.text ?? text, 60)}”`;
  if (name === undefined) {
    const words = `No source here calls ${titleOf(entity)} “${shorten(text, 60)}”.`;
    return { title, sections: [note('nothing', words)] };
  }
  const [naming] = namingsOf({ ...entity, names: [name] });
  const coined = naming === undefined ? [] : coinedText(naming, composer);
  const items = aliasRelations.flatMap((relation) => {
    const claims = name.claims.filter((claim) => relationOf(claim) === relation);
    if (claims.length === 0) return [];
    const voices = voicesOf(claims, composer.knowledge).join(', ');
    return [
      {
        text: [
          bold(capitalized(relationLabels[relation])),
          plain(': '),
          stated(voices, composer.cites.cite(claims)),
        ],
      },
    ];
  });
  return {
    title,
    sections: [
      coined.length === 0
        ? note('coined', `No source here says who coined ${name.text}.`)
        : { type: 'text', id: 'coined', rank: 0, paragraphs: [coined] },
      { type: 'list', id: 'users', heading: 'Who uses it', rank: 1, items },
    ],
  };
}

function namesTable(namings: readonly Naming[], composer: Composer): Section {
  const { shown, total } = take(composer, namings, shownNames);
  const rows = shown.map((naming): readonly Text[] => [
    [bold(naming.name.text), ...sense(naming.name)],
    coinedText(naming, composer, ''),
    [
      stated(
        voicesOf(naming.name.claims, composer.knowledge).join(', '),
        composer.cites.cite(naming.name.claims),
      ),
    ],
  ]);
  return { type: 'table', id: 'names', rank: 1, columns: ['Name', 'Coined by', 'Used by'], rows, ...total };
}

/** @param lead what stands before the one who coined it, where no heading says so */
function coinedText({ name, coined, cited }: Naming, { cites }: Composer, lead = 'coined by '): Text {
  if (coined.length > 0) return [stated(`${lead}${name.coinedBy.join(', ')}`, cites.cite(coined))];
  if (cited.length > 0)
    return joinTexts([[stated(`cited to ${name.citedTo?.join(', ') ?? ''}`, cites.cite(cited))]]);
  return [];
}

function relationOf({ given }: Claim): (typeof aliasRelations)[number] {
  return given.predicate === 'alias' ? given.relation : 'same-as';
}

function note(id: string, words: string): Section {
  return { type: 'text', id, rank: 0, paragraphs: [[plain(words)]] };
}
