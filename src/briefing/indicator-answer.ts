import type { Card, Item, Text } from '../cards/card.ts';
import { defang } from '../domain/indicator.ts';
import { md5LookupValues, md5OfValueType } from '../domain/md5-of-value.ts';
import { derivedStixId, type StixId } from '../domain/stix-id.ts';
import { isAllowed, stricter, strictest, type Tlp } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge, Provenance, Withheld } from '../knowledge/types.ts';
import type { StoredIndicator } from '../store/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook, voiceOf } from './cites.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFactSource, toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { isMention } from './mentioned.ts';
import { recordOwner } from './record-owners.ts';
import { counted, dayOf, joinTexts, plain, stated } from './text.ts';
import type { Answer, AnswerEntity, Fact } from './types.ts';

/** How many stored indicators one question looks at. */
const lookupLimit = 500;
const shownSightings = 10;

/** A stored indicator that the audience may see, with the report or other object that holds it. */
interface Sighting {
  readonly stored: StoredIndicator;
  readonly holder: Entity;
  readonly provenance: Provenance;
  /** Who is named with it: subjects of the report, or the holder itself. */
  readonly named: readonly { readonly entity: Entity; readonly claims: readonly Claim[] }[];
}

/**
 * Which reports hold an indicator and which actors they name. The look-up goes over the store, whose rows know no
 * ceiling: a row counts only when the audience's knowledge has its record and its own marking allows it.
 */
export async function answerIndicator(
  question: { readonly value: string; readonly lookupValues: readonly string[] },
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge } = context;
  // Of events that are not at hand, feeds tell the hashes of their values.
  const hashes = md5LookupValues(question.value, question.lookupValues);
  const rows = await context.indicators.indicators([...question.lookupValues, ...hashes], lookupLimit);
  const sightings = rows.flatMap((row) => toSighting(row, knowledge, ceilingOf(context)) ?? []);
  const withheld = withheldOf(rows, sightings);
  const cites = createCiteBook(knowledge);
  const card = indicatorCard({ value: question.value, text, sightings, withheld, cites, context });
  const named = new Set(sightings.flatMap((one) => one.named.map(({ entity }) => entity)));
  const actors = [...named].filter((entity) => entity.type === 'intrusion-set');
  const id = derivedStixId('indicator', 'indicator', question.value.toLowerCase());
  const self: AnswerEntity = {
    id,
    type: 'indicator',
    name: question.value,
    aliases: [],
    externalIds: [],
    matched: { text, name: question.value, kind: 'name' },
    score: 1,
  };
  return {
    question: text,
    outcome: sightings.length === 0 ? 'not-found' : 'answer',
    answers: sightings.length === 0 ? [] : [self, ...actors.map((actor) => toAnswerEntity(actor))],
    suggestions: [],
    facts: [...sightings.map((one) => sightingFact(id, one)), ...toFacts(cites.claims(), knowledge)],
    withheld,
    card,
  };
}

function toSighting(stored: StoredIndicator, knowledge: Knowledge, ceiling: Tlp): Sighting | undefined {
  const holder = recordOwner(knowledge, { source: stored.source, externalId: stored.recordId });
  const marking = stored.indicator.marking?.tlp;
  if (holder === undefined || (marking !== undefined && !isAllowed(marking, ceiling))) return undefined;
  const naming = knowledge.claimsAbout(holder.id, 'reported-in').filter((claim) => !isMention(claim));
  const subjects = new Map<Entity, Claim[]>();
  for (const claim of naming) {
    const subject = knowledge.entities.get(claim.subject);
    if (subject !== undefined) subjects.set(subject, [...(subjects.get(subject) ?? []), claim]);
  }
  const own =
    holder.type === 'report' ? [] : [{ entity: holder, claims: knowledge.claims(holder.id, 'name') }];
  const named = [...own, ...[...subjects].map(([entity, claims]) => ({ entity, claims }))];
  return { stored, holder, provenance: provenanceOf(stored, holder, knowledge), named };
}

/** Where the indicator's record stands; its marking is the strictest of the record's and the indicator's own. */
function provenanceOf(stored: StoredIndicator, holder: Entity, knowledge: Knowledge): Provenance {
  const { source, recordId, indicator } = stored;
  const claims = [
    ...holder.names.flatMap((name) => name.claims),
    ...knowledge.claims(holder.id),
    ...knowledge.claimsAbout(holder.id),
  ].filter(({ provenance }) => provenance.source === source && provenance.record === recordId);
  const first = claims[0]?.provenance;
  const recordMarking =
    strictest(claims.map(({ provenance }) => provenance.marking)) ??
    knowledge.sources.get(source)?.defaultMarking ??
    knowledge.ceiling;
  const own: Tlp = indicator.marking?.tlp ?? 'clear';
  const date = indicator.date ?? first?.date;
  return {
    source,
    record: recordId,
    ...(first?.publisher === undefined ? {} : { publisher: first.publisher }),
    ...(first?.reference === undefined ? {} : { reference: first.reference }),
    ...(date === undefined ? {} : { date }),
    marking: stricter(recordMarking, own),
    confidence: first?.confidence ?? null,
  };
}

function withheldOf(rows: readonly StoredIndicator[], sightings: readonly Sighting[]): Withheld {
  const shown = new Set(sightings.map((one) => one.stored));
  const hidden = rows.filter((row) => !shown.has(row));
  const markings = hidden.flatMap((row) => row.indicator.marking?.tlp ?? []);
  return { count: hidden.length, highest: strictest(markings) ?? null };
}

function sightingFact(id: StixId, { stored, holder, provenance }: Sighting): Fact {
  const { type, category, comment } = stored.indicator;
  return {
    subject: id,
    predicate: 'reported-in',
    object: {
      id: holder.id,
      name: holder.name,
      type: holder.type,
      indicatorType: type,
      ...(category === undefined ? {} : { category }),
      ...(comment === undefined ? {} : { comment }),
    },
    sources: [toFactSource(provenance)],
  };
}

function indicatorCard(parts: {
  readonly value: string;
  readonly text: string;
  readonly sightings: readonly Sighting[];
  readonly withheld: Withheld;
  readonly cites: CiteBook;
  readonly context: AnswerContext;
}): Card {
  const { value, text, sightings, withheld, cites, context } = parts;
  const shown = context.whole === true ? sightings : sightings.slice(0, shownSightings);
  const items = shown.map((one) => sightingItem(one, value, cites, context.knowledge));
  const said =
    sightings.length === 0
      ? 'No report here that you may see holds this indicator.'
      : `${counted(sightings.length, 'entry', 'entries')} in imported reports.`;
  return finishCard(
    {
      title: `Indicator ${defang(value)}`,
      sections: [
        { type: 'text', id: 'what', rank: 0, paragraphs: [[plain(said)]] },
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
      fallbackText: 'An answer about an indicator.',
    },
    context.knowledge,
    context.now,
    cites,
  );
}

function sightingItem(sighting: Sighting, value: string, cites: CiteBook, knowledge: Knowledge): Item {
  const { stored, holder, provenance, named } = sighting;
  const number = cites.citeProvenance(provenance);
  const { type, category } = stored.indicator;
  const entry = [type === md5OfValueType ? 'known by the hash of the value only' : type, category]
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
  return {
    text: [
      { ...stated(holder.name, [number]), style: 'bold' },
      plain(`${date} (${entry}`),
      ...heldValue(stored, value),
      plain(`) — ${voiceOf(provenance, knowledge)}`),
      ...(names.length === 0 ? [] : [plain('; names '), ...joinTexts(names)]),
    ],
    action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity: holder.id } },
  };
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
