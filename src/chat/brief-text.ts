import { createCiteBook } from '../briefing/cites.ts';
import { take } from '../briefing/composer.ts';
import type { AnswerContext } from '../briefing/context.ts';
import { finishCard } from '../briefing/finish-card.ts';
import { labelOf } from '../briefing/labels.ts';
import { entityItem } from '../briefing/message-cards.ts';
import { tellingOrder } from '../briefing/named-things.ts';
import { bold, counted, plain, shorten } from '../briefing/text.ts';
import type { Action, Card, Item, Section } from '../cards/card.ts';
import { formAction } from '../cards/form.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { defang } from '../domain/indicator.ts';
import { maxSpottedChars } from '../search/spot-all.ts';
import { type NamedEntity, type NamedInText, namedInText, type SharedName } from './brief-text-things.ts';
import type { CommandContext } from './commands/types.ts';
import { messageCard } from './message-cards.ts';
import { ask, textSection } from './subscription-cards.ts';
import type { Reply } from './types.ts';

/** What a reader takes in; the rest is counted. */
const shown: Readonly<Partial<Record<EntityType, number>>> = { 'intrusion-set': 8, malware: 6 };
const shownOthers = 4;
const shownIndicators = 8;
/** More values than this, or a longer line of them, are no question. */
const maxAsked = 20;
const maxAskedChars = 400;

/** What a text names, ranked, each with its briefing behind a button. The text itself is not shown again. */
export async function briefText(text: string, context: CommandContext): Promise<Reply> {
  const answering = await context.desk.contextAt(context.place.ceiling);
  const named = namedInText(text, answering.index, answering.knowledge);
  const isCut = text.length > maxSpottedChars;
  const count = countOf(named);
  const card =
    count === 0 ? nothingCard(text, answering.now) : namedCard(named, count, isCut, answering, context.whole);
  return { card, audience: 'asker' };
}

function countOf({ entities, shared, unknownCves, indicators }: NamedInText): number {
  const sure = [...entities.values()].reduce((sum, list) => sum + list.length, 0);
  return sure + shared.length + unknownCves.length + indicators.length;
}

function nothingCard(text: string, now: Date): Card {
  const what =
    text.trim() === ''
      ? 'There is no text in it that could be read.'
      : 'It names no actor, software, technique, vulnerability or indicator that is known here.';
  const card = messageCard(
    'Nothing is named in it',
    [
      textSection('nothing', what),
      textSection('try', 'Ask for a name or an id instead, such as “APT39”, “T1566” or “who uses Mimikatz”.'),
    ],
    now,
  );
  return { ...card, actions: [formAction('Look Up', 'look-up'), ask('Help', 'help')] };
}

function namedCard(
  named: NamedInText,
  count: number,
  isCut: boolean,
  context: AnswerContext,
  whole: boolean,
): Card {
  const { knowledge, now } = context;
  const cites = createCiteBook(knowledge);
  const sections = tellingOrder.flatMap((type, at): readonly Section[] => {
    const all = named.entities.get(type) ?? [];
    if (all.length === 0) return [];
    const { shown: some, total } = take({ whole }, all, shown[type] ?? shownOthers);
    const items = some.flatMap((one) => namedItem(one, context, cites));
    const { one, many } = entityTypeLabels[type];
    const heading = all.length === 1 ? one : `${many} (${all.length})`;
    return [{ type: 'list', id: type, heading, rank: at === 0 ? 0 : at < 3 ? 2 : 3, items, ...total }];
  });
  const cut = isCut ? ` Only its first ${maxSpottedChars / 1024} KB were read.` : '';
  const others = [sharedSection(named.shared, whole), cveSection(named.unknownCves, whole)];
  return finishCard(
    {
      title: count === 1 ? 'It names one thing' : `It names ${counted(count, 'thing')}`,
      sections: [
        textSection(
          'why',
          `Each has a briefing of its own; what the text says of them is not read.${cut}`,
          1,
        ),
        ...sections,
        ...others,
        indicatorSection(named.indicators, whole),
      ],
      actions: indicatorActions(named.indicators),
      fallbackText: 'What a message names.',
    },
    knowledge,
    now,
    cites,
  );
}

const shownTies = 3;

/** One line on it, why it stands where it does, and its briefing. */
function namedItem(
  { entity, match, mentions, ties }: NamedEntity,
  { knowledge }: AnswerContext,
  cites: ReturnType<typeof createCiteBook>,
): readonly Item[] {
  const [item] = entityItem(match, knowledge, cites);
  if (item === undefined) return [];
  const more = ties.length > shownTies ? ` and ${ties.length - shownTies} more` : '';
  const why = [
    ...(mentions > 1 ? [`named ${mentions} times`] : []),
    ...(ties.length === 0 ? [] : [`uses ${ties.slice(0, shownTies).join(', ')}${more} of what is named`]),
  ];
  const text = why.length === 0 ? item.text : [...item.text, plain(` — ${why.join('; ')}`)];
  const action: Action = { type: 'command', label: 'Brief', value: { verb: 'brief', entity: entity.id } };
  return [{ text, action }];
}

function sharedSection(names: readonly SharedName[], whole: boolean): Section | undefined {
  if (names.length === 0) return undefined;
  const { shown: some, total } = take({ whole }, names, shownOthers);
  const items = some.map(({ written, owners }): Item => {
    const name = shorten(written, 80);
    const listed = owners
      .slice(0, shownTies)
      .map((owner) => `${labelOf(owner)} (${entityTypeLabels[owner.type].one.toLowerCase()})`)
      .join(', ');
    const more = owners.length > shownTies ? ` and ${owners.length - shownTies} more` : '';
    return {
      text: [bold(name), plain(` is a name of ${owners.length}: ${listed}${more}`)],
      action: ask('Choose', written.slice(0, 200)),
    };
  });
  return { type: 'list', id: 'shared', heading: 'Names of several', rank: 2, items, ...total };
}

function cveSection(ids: readonly string[], whole: boolean): Section | undefined {
  if (ids.length === 0) return undefined;
  const { shown: some, total } = take({ whole }, ids, shownIndicators);
  const items = some.map((id): Item => ({ text: [bold(id), plain(', of which nothing is known here')] }));
  return { type: 'list', id: 'unknown-cves', heading: 'Other vulnerabilities', rank: 4, items, ...total };
}

function indicatorSection(values: readonly string[], whole: boolean): Section | undefined {
  if (values.length === 0) return undefined;
  const { shown: some, total } = take({ whole }, values, shownIndicators);
  const items = some.map(
    (value): Item => ({ text: [{ text: defang(shorten(value, 200)), style: 'code', defang: true }] }),
  );
  const heading = `Indicators (${values.length})`;
  return { type: 'list', id: 'indicators', heading, rank: 3, items, ...total };
}

/** One question about as many of them as fit into a button. */
function indicatorActions(values: readonly string[]): readonly Action[] {
  let question = '';
  let count = 0;
  for (const value of values.slice(0, maxAsked)) {
    const longer = question === '' ? value : `${question} ${value}`;
    if (longer.length > maxAskedChars) continue;
    question = longer;
    count += 1;
  }
  if (count === 0) return [];
  const label = count === values.length ? 'Are They Known?' : `Are ${count} Known?`;
  return [ask(values.length === 1 ? 'Is It Known?' : label, question)];
}
