import type { Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { defang } from '../domain/indicator.ts';
import { nameKey } from '../domain/name-key.ts';
import { spotAll } from '../search/spot-all.ts';
import type { Match } from '../search/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { entityItem } from './message-cards.ts';
import { bold, joinTexts, plain, shorten } from './text.ts';
import type { Answer } from './types.ts';

const shownThings = 20;
/** More buttons than this are no choice. */
const buttons = 5;

/** One thing that a text names: a name with all that carry it, or something that is looked up by its value. */
interface NamedThing {
  readonly written: string;
  readonly matches: readonly Match[];
  /** What it is, where nothing here carries it. */
  readonly kind?: string;
}

/** True where the matches go back to several names that stand in one text. */
export function hasSeveralNames(matches: readonly Match[]): boolean {
  const written = new Set(matches.map(({ matched }) => nameKey(matched.text)));
  const things = new Set(matches.map(({ entity }) => entity.id));
  return written.size > 1 && things.size > 1;
}

/**
 * Everything that a text names, to choose from: actors first, then software, campaigns, vulnerabilities, techniques,
 * reports, indicators; a name of several is one thing and says so. A name that is only denied is named all the same.
 */
export function answerNamedThings(matches: readonly Match[], text: string, context: AnswerContext): Answer {
  const { knowledge, now, whole } = context;
  const things = namedThings(matches, text, context);
  const cites = createCiteBook(knowledge);
  const { shown, total } = take({ whole: whole === true }, things, shownThings);
  const items = shown.flatMap((thing, at): readonly Item[] => {
    const item = thingItem(thing, context, cites);
    if (item === undefined) return [];
    if (at < buttons) return [item];
    const { action: _, ...rest } = item;
    return [rest];
  });
  const list: Section = { type: 'list', id: 'named', rank: 0, items, ...total };
  const card = finishCard(
    {
      title: `This text names ${things.length} things`,
      sections: [
        {
          type: 'text',
          id: 'why',
          rank: 1,
          paragraphs: [[plain('Each has a briefing of its own. What the text says of them is not read.')]],
        },
        list,
      ],
      actions: things.length > shown.length ? questionActions(text) : [],
      notice: clearText`A text that names several things: choose one.`,
    },
    knowledge,
    now,
    cites,
  );
  const answers = things.flatMap((thing) =>
    thing.matches.flatMap((match) => matchedEntity(match, knowledge) ?? []),
  );
  return {
    question: text,
    outcome: 'ambiguous',
    answers,
    suggestions: [],
    facts: toFacts(cites.claims(), knowledge),
    withheld: nothingWithheld,
    card,
  };
}

/** Each thing once, best first. */
function namedThings(matches: readonly Match[], text: string, context: AnswerContext): readonly NamedThing[] {
  const things = new Map<string, NamedThing>();
  const add = (key: string, thing: NamedThing): void => {
    if (!things.has(key)) things.set(key, thing);
  };
  for (const spot of spotAll(context.index, text)) {
    const written = text.slice(spot.start, spot.end);
    if (spot.kind === 'name') add(keyOf(spot.matches), { written, matches: spot.matches });
    else if (spot.kind === 'cve') add(spot.id, { written: spot.id, matches: [], kind: 'vulnerability' });
    else add(spot.value, { written: spot.value, matches: [], kind: 'indicator' });
  }
  const found = new Set(
    [...things.values()].flatMap((thing) => thing.matches.map(({ entity }) => entity.id)),
  );
  for (const [written, owners] of Map.groupBy(matches, ({ matched }) => matched.text)) {
    if (!owners.every(({ entity }) => found.has(entity.id))) add(keyOf(owners), { written, matches: owners });
  }
  return [...things.values()]
    .map((thing, at) => ({ thing, at }))
    .sort((a, b) => rankOf(a.thing) - rankOf(b.thing) || a.at - b.at)
    .map(({ thing }) => thing);
}

function keyOf(matches: readonly Match[]): string {
  return matches.map(({ entity }) => entity.id).join(' ');
}

/** Actors first, then what tells most of them. */
export const tellingOrder: readonly EntityType[] = [
  'intrusion-set',
  'malware',
  'tool',
  'campaign',
  'vulnerability',
  'attack-pattern',
  'report',
];

function rankOf({ matches, kind }: NamedThing): number {
  const [first] = matches;
  if (first === undefined) return kind === 'vulnerability' ? tellingOrder.indexOf('vulnerability') : 99;
  return tellingOrder.indexOf(first.entity.type);
}

function thingItem(
  thing: NamedThing,
  { knowledge }: AnswerContext,
  cites: ReturnType<typeof createCiteBook>,
): Item | undefined {
  const { written, matches, kind } = thing;
  const [only, second] = matches;
  if (only === undefined) {
    const shown: Text = [{ text: defang(shorten(written, 100)), style: 'bold' }];
    const known = kind === 'vulnerability' ? 'vulnerability, not known here' : 'indicator';
    return {
      text: joinTexts([shown, [plain(known)]]),
      ...(kind === 'indicator' && written.length <= 300
        ? { action: askAction(shorten(defang(written), 60), written) }
        : {}),
    };
  }
  if (second === undefined) return entityItem(only, knowledge, cites)[0];
  const owners = matches.slice(0, buttons).flatMap(({ entity }) => {
    const known = knowledge.entity(entity.id);
    return known === undefined
      ? []
      : [`${labelOf(known)} (${entityTypeLabels[known.type].one.toLowerCase()})`];
  });
  const more = matches.length - owners.length;
  const listed = more > 0 ? `${owners.join(', ')} and ${more} more` : owners.join(', ');
  return {
    text: [bold(written), plain(` is a name of ${matches.length}: ${listed}`)],
    action: askAction(shorten(written, 60), written),
  };
}
