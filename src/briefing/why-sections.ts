import type { Item, Section, Text } from '../cards/card.ts';
import { tlpLabel } from '../domain/tlp.ts';
import type { Claim, Entity, JoinEvidence, KnownRecord, RecordKey } from '../knowledge/types.ts';
import { voiceOf } from './cites.ts';
import { type Composer, take } from './composer.ts';
import { relationLabels } from './labels.ts';
import { bold, dayOf, joinTexts, plain, shorten, stated } from './text.ts';
import { chainToHead, type JoinChain, ruleWords } from './why-chain.ts';

/** A record in words: whose it is, what it is called there, its ids. The card then bears its marking at least. */
function recordText(key: RecordKey, { knowledge, cites }: Composer): string {
  const record = knowledge.record(key);
  if (record !== undefined) cites.noteMarking(record.marking);
  const source = knowledge.sources.get(key.source)?.title ?? key.source;
  if (record === undefined) return `a record of ${source}`;
  const list = record.collection === undefined ? '' : `, ${record.collection}`;
  const state = record.state === 'current' ? '' : `, ${record.state}`;
  return `${source}${list}: ${record.title} (${bestId(record)}${state})`;
}

/** The id by which an operator would name a record. */
export function bestId({ externalIds, externalId }: KnownRecord): string {
  return externalIds[0] ?? externalId;
}

/** "by one ATT&CK id: both are G0087" */
function stepText({ rule, detail }: Pick<JoinEvidence, 'rule' | 'detail'>): string {
  return `by ${ruleWords[rule]}: ${detail}`;
}

/** How a record came to be part of the entity, step by step; the record that lends the name is the beginning. */
export function chainText(chain: JoinChain | undefined): string {
  if (chain === undefined) return 'no join leads to it';
  if (chain.length === 0) return 'the record that lends the name';
  return `joined ${chain.map(stepText).join(', then ')}`;
}

/** Every record of an entity and how it came to be part of it. */
export function recordsSection(composer: Composer): Section | undefined {
  const { entity, knowledge, whole } = composer;
  if (entity.records.length === 0) return undefined;
  const { shown, total } = take({ whole }, entity.records, 12);
  const items = shown.map((key): Item => {
    const record = knowledge.record(key);
    const text = recordText(key, composer);
    const name = record?.url === undefined ? plain(text) : { text, link: record.url };
    const date = record?.date === undefined ? '' : `, ${dayOf(record.date)}`;
    const marking = record === undefined ? '' : `, ${tlpLabel(record.marking)}`;
    return { text: [name, plain(`${date}${marking} — ${chainText(chainToHead(entity, key))}`)] };
  });
  return { type: 'list', id: 'records', heading: 'Made of', rank: 1, items, ...total };
}

/** One claim wholly: what is said, by whom, where, when, how surely, for whom, and how its record came here. */
export function claimItem(claim: Claim, said: string, composer: Composer): Item {
  const { entity, knowledge, cites, whole } = composer;
  const { provenance } = claim;
  const key = { source: provenance.source, externalId: provenance.record };
  const isOwn = entity.records.some((own) => own.source === key.source && own.externalId === key.externalId);
  const parts = [
    provenance.date === undefined ? 'undated' : dayOf(provenance.date),
    tlpLabel(provenance.marking),
    provenance.confidence === null ? 'no confidence given' : `confidence ${provenance.confidence}`,
    provenance.citation === undefined ? undefined : `citing ${provenance.citation}`,
  ].filter((part) => part !== undefined);
  const quote = provenance.quote === undefined ? '' : `; “${quoted(provenance.quote, whole)}”`;
  const chain = isOwn ? `; ${chainText(chainToHead(entity, key))}` : '';
  const record = knowledge.record(key);
  const where = record === undefined ? '' : `, in ${recordText(key, composer)}`;
  return {
    text: [
      bold(said),
      plain(' — '),
      stated(voiceOf(provenance, knowledge), cites.cite([claim]), provenance.reference),
      plain(`${where}, ${parts.join(', ')}${quote}${chain}`),
    ],
  };
}

function quoted(text: string, whole: boolean): string {
  return whole ? text : shorten(text, 300);
}

/** What a claim says of a name: the name as written there, in what sense, and who coined it. */
export function nameWords({ given }: Claim): string {
  if (given.predicate !== 'alias') return given.predicate === 'name' ? `“${given.text}”, the name` : '';
  const coined = given.coinedBy === undefined ? '' : `, coined by ${given.coinedBy}`;
  return `“${given.text.trim()}”, ${relationLabels[given.relation]}${coined}`;
}

/** What kept the entity apart from others: each proposal that was refused, with what spoke against it. */
export function refusalsSection(composer: Composer, only?: Entity): Section | undefined {
  const { entity, knowledge, cites, whole } = composer;
  // An operator's own decisions stand in a section of their own.
  const refusals = (entity.refusals ?? []).filter(
    ({ rule, other }) => rule !== 'operator' && (only === undefined || other === only.id),
  );
  if (refusals.length === 0) return undefined;
  const { shown, total } = take({ whole }, refusals, 8);
  const items = shown.map((refusal): Item => {
    // What was weighed quotes both records.
    for (const key of [refusal.record, refusal.otherRecord]) {
      cites.noteMarking(knowledge.record(key)?.marking ?? 'clear');
    }
    const other = knowledge.entities.get(refusal.other)?.name ?? recordText(refusal.otherRecord, composer);
    return { text: [bold(other), plain(` — ${ruleWords[refusal.rule]}: ${refusal.detail}`)] };
  });
  return { type: 'list', id: 'not-joined', heading: 'Not joined with', rank: 2, items, ...total };
}

/** Other entities that carry a name, with who says so. */
export function carriersSection(
  name: string,
  carriers: readonly { readonly entity: Entity; readonly claims: readonly Claim[] }[],
  { cites }: Composer,
): Section | undefined {
  if (carriers.length === 0) return undefined;
  const items = carriers.map(({ entity, claims }): Item => {
    const id = entity.externalIds[0];
    const said: Text = claims.length === 0 ? [] : [stated('so say its sources', cites.cite(claims))];
    return {
      text: joinTexts([[bold(entity.name), plain(id === undefined ? '' : ` (${id})`)], said]).filter(
        ({ text }) => text !== '',
      ),
      action: {
        type: 'command',
        label: shorten(entity.name, 60),
        value: { verb: 'brief', entity: entity.id },
      },
    };
  });
  return { type: 'list', id: 'carriers', heading: `Also called ${shorten(name, 60)}`, rank: 2, items };
}
