import type { Card, Item, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { defang } from '../domain/indicator.ts';
import type { IndicatorRelation } from '../domain/indicator-plan.ts';
import { md5OfValueType } from '../domain/md5-of-value.ts';
import { derivedStixId, type StixId } from '../domain/stix-id.ts';
import { tlpLabel } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredIndicator } from '../store/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook, voiceOf } from './cites.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFactSource, toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { findSightings, type Sighting, type Sightings } from './indicator-sightings.ts';
import { labelOf } from './labels.ts';
import { answerReferenced, referencedBy } from './referenced.ts';
import { counted, dayOf, joinTexts, plain, shorten, stated } from './text.ts';
import type { Answer, AnswerEntity, Fact } from './types.ts';

/** How many stored indicators one question looks at. */
const lookupLimit = 500;
const shownSightings = 10;
const maxCommentChars = 160;

/**
 * Which reports hold an indicator, or what stands close to it (its host, a domain above it, a network around it), and
 * which actors they name. Says what is recorded and never what to think of it.
 */
export async function answerIndicator(
  question: { readonly value: string; readonly lookupValues: readonly string[] },
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge } = context;
  const found = await findSightings(question.value, question.lookupValues, lookupLimit, context);
  const { sightings, withheld } = found;
  if (sightings.length === 0 && /^[a-z]{3,5}:\/\//i.test(question.value)) {
    const things = referencedBy(question.value, knowledge);
    if (things.length > 0) return answerReferenced(question.value, things, text, context);
  }
  const cites = createCiteBook(knowledge);
  const card = indicatorCard({ value: question.value, text, found, cites, context });
  const self = indicatorEntity(question.value, text);
  return {
    question: text,
    outcome: sightings.length === 0 ? 'not-found' : 'answer',
    answers:
      sightings.length === 0 ? [] : [self, ...namedActors(sightings).map((actor) => toAnswerEntity(actor))],
    suggestions: [],
    facts: [...sightings.map((one) => sightingFact(self.id, one)), ...toFacts(cites.claims(), knowledge)],
    withheld,
    card,
  };
}

/** An indicator as an answer names it: its id is made of its value. */
export function indicatorEntity(value: string, text: string): AnswerEntity {
  return {
    id: derivedStixId('indicator', 'indicator', value.toLowerCase()),
    type: 'indicator',
    name: value,
    aliases: [],
    externalIds: [],
    matched: { text, name: value, kind: 'name' },
    score: 1,
  };
}

export function namedActors(sightings: readonly Sighting[]): readonly Entity[] {
  const named = new Set(sightings.flatMap((one) => one.named.map(({ entity }) => entity)));
  return [...named].filter((entity) => entity.type === 'intrusion-set');
}

export function sightingFact(id: StixId, { stored, relation, holder, provenance }: Sighting): Fact {
  const { type, category, comment, detectable, value } = stored.indicator;
  return {
    subject: id,
    predicate: 'reported-in',
    object: {
      id: holder.id,
      name: holder.name,
      type: holder.type,
      indicatorType: type,
      ...(relation === 'same' ? {} : { relation, value }),
      ...(category === undefined ? {} : { category }),
      ...(comment === undefined ? {} : { comment }),
      ...(detectable === undefined ? {} : { toIds: detectable }),
    },
    sources: [toFactSource(provenance)],
  };
}

/** Said where nothing is found. */
export const notRecorded =
  'No report here that you may see holds this indicator. Not recorded is not the same as harmless.';

function summary({ sightings, isCut }: Sightings): string {
  if (sightings.length === 0) return notRecorded;
  const own = sightings.filter(({ relation }) => relation === 'same').length;
  const close = sightings.length - own;
  const counts = [
    own === 0 ? 'Not recorded itself.' : `${counted(own, 'entry', 'entries')} in imported reports.`,
    close === 0 ? '' : `${counted(close, 'entry', 'entries')} close to it.`,
    isCut ? 'There may be more than was looked at.' : '',
    'What reports record is shown here, and no verdict.',
  ];
  return counts.filter((part) => part !== '').join(' ');
}

function indicatorCard(parts: {
  readonly value: string;
  readonly text: string;
  readonly found: Sightings;
  readonly cites: CiteBook;
  readonly context: AnswerContext;
}): Card {
  const { value, text, found, cites, context } = parts;
  const { sightings, withheld } = found;
  const shown = context.whole === true ? sightings : sightings.slice(0, shownSightings);
  const items = shown.map((one) => sightingItem(one, value, cites, context.knowledge));
  return finishCard(
    {
      title: `Indicator ${shorten(defang(value), 150)}`,
      sections: [
        { type: 'text', id: 'what', rank: 0, paragraphs: [[plain(summary(found))]] },
        items.length === 0
          ? undefined
          : {
              type: 'list',
              id: 'reports',
              heading: 'Where it was reported',
              rank: 1,
              items,
              ...(items.length < sightings.length ? { total: sightings.length } : {}),
            },
      ],
      actions: sightings.length === 0 ? [] : questionActions(text),
      withheld,
      notice: clearText`An answer about an indicator.`,
    },
    context.knowledge,
    context.now,
    cites,
  );
}

const relationWords: Readonly<Record<IndicatorRelation, string>> = {
  same: '',
  host: ', found by its host',
  parent: ', found by a domain above it',
  network: ', found by a network that holds it',
  inside: ', lies inside the network',
};

function sightingItem(sighting: Sighting, value: string, cites: CiteBook, knowledge: Knowledge): Item {
  const { stored, relation, holder, provenance, named } = sighting;
  const number = cites.citeProvenance(provenance);
  const { type, category, detectable } = stored.indicator;
  const entry = [
    type === md5OfValueType ? 'known by the hash of the value only' : type,
    category,
    detectable === undefined ? undefined : detectable ? 'for detection' : 'not for detection',
  ]
    .filter((part) => part !== undefined)
    .join(', ');
  // Who and with what; of techniques the number is enough here.
  const telling = named.filter(({ entity }) => entity.type !== 'attack-pattern').sort(actorsFirst);
  const names = telling.map(({ entity, claims }): Text => [stated(labelOf(entity), cites.cite(claims))]);
  const techniques = named.filter(({ entity }) => entity.type === 'attack-pattern');
  if (techniques.length > 0) {
    const numbers = cites.cite(techniques.flatMap(({ claims }) => claims));
    names.push([stated(counted(techniques.length, 'technique'), numbers)]);
  }
  const date = provenance.date === undefined ? '' : `, ${dayOf(provenance.date)}`;
  const marking = provenance.marking === 'clear' ? '' : `, ${tlpLabel(provenance.marking)}`;
  return {
    text: [
      { ...stated(holder.name, [number]), style: 'bold' },
      plain(`${date} (${entry}`),
      ...heldValue(stored, value),
      plain(`)${relationWords[relation]} — ${voiceOf(provenance, knowledge)}${marking}`),
      ...(names.length === 0 ? [] : [plain('; names '), ...joinTexts(names)]),
      ...doubts(sighting, cites, knowledge),
      ...commentText(stored),
    ],
    action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity: holder.id } },
  };
}

/** What the report's own tags say of false positives. */
function doubts({ holder }: Sighting, cites: CiteBook, knowledge: Knowledge): Text {
  const claims = knowledge
    .claims(holder.id, 'detail')
    .filter(({ given }) => given.predicate === 'detail' && /false positive/i.test(given.label));
  return claims.flatMap((claim) =>
    claim.given.predicate === 'detail'
      ? [plain('; '), stated(`${claim.given.label}: ${claim.given.text}`, cites.cite([claim]))]
      : [],
  );
}

function commentText({ indicator: { comment } }: StoredIndicator): Text {
  return comment === undefined
    ? []
    : [plain('; comment: '), { text: shorten(comment, maxCommentChars), style: 'italic', defang: true }];
}

function actorsFirst(a: Sighting['named'][number], b: Sighting['named'][number]): number {
  return Number(b.entity.type === 'intrusion-set') - Number(a.entity.type === 'intrusion-set');
}

/** The value as the report holds it, where it is another than the one asked for: a URL found by its host. */
function heldValue({ indicator }: StoredIndicator, value: string): Text {
  return indicator.type === md5OfValueType || indicator.value.toLowerCase() === value.toLowerCase()
    ? []
    : [plain(': '), { text: indicator.value, style: 'code', defang: true }];
}
