import type { SourceNote } from '../cards/card.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Tlp } from '../domain/tlp.ts';
import { strictest } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge, Provenance } from '../knowledge/types.ts';
import { recordOwner } from './record-owners.ts';
import { dayOf } from './text.ts';

/**
 * Numbers the sources of one card, in the order in which they are first cited.
 *
 * A note stands for one publisher's voice: a source and publisher, with one marking and one confidence, so that
 * what a note says of its facts is true of each of them. A report or event has a note of its own, since people
 * open it by itself. The exact reference of each statement stands in the answer's `facts`.
 */
export interface CiteBook {
  /** Numbers of the notes behind these claims, ascending. */
  cite(claims: readonly Claim[]): readonly number[];
  /** Takes claims that shape the card without a number of their own, such as the tactic of a technique. */
  note(claims: readonly Claim[]): void;
  /** Takes the marking of what stands in no claim, such as a record's title or an operator's decision. */
  noteMarking(marking: Tlp): void;
  /** Number for a statement that stands in no claim, such as an indicator's. */
  citeProvenance(provenance: Provenance): number;
  notes(): readonly SourceNote[];
  /** Every claim taken so far, in order, each once. */
  claims(): readonly Claim[];
  /** The strictest marking among all that was taken. */
  marking(): Tlp;
}

interface OpenNote {
  readonly number: number;
  readonly first: Provenance;
  readonly report: Entity | undefined;
  newest: string | undefined;
  /** Addresses of the card's own records, of other records, and of documents that claims refer to, counted. */
  readonly homeUrls: Map<string, number>;
  readonly recordUrls: Map<string, number>;
  readonly referenceUrls: Map<string, number>;
}

export function createCiteBook(knowledge: Knowledge, home?: Entity): CiteBook {
  const open = new Map<string, OpenNote>();
  const taken = new Set<Claim>();
  // A decision shapes its entity wholly: who may not know of it sees another one.
  const beside = new Set((home?.decisions ?? []).flatMap(({ marking }) => marking ?? []));
  const homeRecords = new Set(home?.records.map((key) => `${key.source}\n${key.externalId}`));

  function numberOf(provenance: Provenance, hasOwnReference: boolean): number {
    const owner = recordOwner(knowledge, { source: provenance.source, externalId: provenance.record });
    const report = owner?.type === 'report' ? owner : undefined;
    const key = noteKey(provenance, report);
    let entry = open.get(key);
    if (entry === undefined) {
      entry = {
        number: open.size + 1,
        first: provenance,
        report,
        newest: undefined,
        homeUrls: new Map(),
        recordUrls: new Map(),
        referenceUrls: new Map(),
      };
      open.set(key, entry);
    }
    const { date, reference } = provenance;
    if (date !== undefined && (entry.newest === undefined || date > entry.newest)) entry.newest = date;
    if (reference !== undefined) {
      const isHome = homeRecords.has(`${provenance.source}\n${provenance.record}`);
      const urls = hasOwnReference ? entry.referenceUrls : isHome ? entry.homeUrls : entry.recordUrls;
      urls.set(reference, (urls.get(reference) ?? 0) + 1);
    }
    return entry.number;
  }

  return {
    cite(claims) {
      const numbers = new Set<number>();
      for (const claim of claims) {
        taken.add(claim);
        numbers.add(numberOf(claim.provenance, claim.given.reference !== undefined));
      }
      return [...numbers].sort((a, b) => a - b);
    },
    note(claims) {
      for (const claim of claims) taken.add(claim);
    },
    noteMarking(marking) {
      beside.add(marking);
    },
    citeProvenance: (provenance) => numberOf(provenance, false),
    notes() {
      const entries = [...open.values()];
      return entries.map((entry) => closeNote(entry, entries, knowledge));
    },
    claims: () => [...taken],
    marking() {
      const markings = [...beside, ...[...taken].map((claim) => claim.provenance.marking)];
      for (const entry of open.values()) markings.push(entry.first.marking);
      return strictest(markings) ?? 'clear';
    },
  };
}

function noteKey(provenance: Provenance, report: Entity | undefined): string {
  return [
    provenance.source,
    provenance.publisher ?? '',
    report === undefined ? '' : provenance.record,
    provenance.marking,
    provenance.confidence ?? '',
  ].join('\n');
}

function closeNote(entry: OpenNote, all: readonly OpenNote[], knowledge: Knowledge): SourceNote {
  const { first, report } = entry;
  const url =
    mostFrequent(ownUrls(entry, all)) ??
    mostFrequent(entry.homeUrls) ??
    onlyOne(entry.recordUrls) ??
    onlyOne(entry.referenceUrls);
  return {
    number: entry.number,
    title: noteTitle(first, report, knowledge),
    ...(url === undefined ? {} : { url }),
    ...(entry.newest === undefined ? {} : { date: dayOf(entry.newest) }),
    marking: first.marking,
    confidence: first.confidence,
  };
}

function noteTitle(provenance: Provenance, report: Entity | undefined, knowledge: Knowledge): string {
  const source = knowledge.sources.get(provenance.source);
  const title = source?.title ?? provenance.source;
  const release = source?.version === undefined || title.includes(source.version) ? '' : ` ${source.version}`;
  const { publisher } = provenance;
  // A source that is called like its publisher is named once.
  const voice = publisher === undefined || nameKey(publisher) === nameKey(title) ? '' : `${publisher} — `;
  return `${voice}${title}${release}${report === undefined ? '' : `: ${report.name}`}`;
}

/** Addresses that no other source gives too: a galaxy that copies ATT&CK also links to it. */
function ownUrls(entry: OpenNote, all: readonly OpenNote[]): ReadonlyMap<string, number> {
  const others = all.filter(({ first }) => first.source !== entry.first.source);
  return new Map([...entry.homeUrls].filter(([url]) => !others.some(({ homeUrls }) => homeUrls.has(url))));
}

function mostFrequent(urls: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const [url, count] of urls) {
    if (best === undefined || count > (urls.get(best) ?? 0)) best = url;
  }
  return best;
}

function onlyOne(urls: ReadonlyMap<string, number>): string | undefined {
  return urls.size === 1 ? urls.keys().next().value : undefined;
}

/** Who speaks, in a word: the publisher where it is another than the source, else the source's title. */
export function voiceOf(provenance: Provenance, knowledge: Knowledge): string {
  return provenance.publisher ?? knowledge.sources.get(provenance.source)?.title ?? provenance.source;
}

/** The voices behind some claims, each once, in the claims' order. */
export function voicesOf(claims: readonly Claim[], knowledge: Knowledge): readonly string[] {
  return [...new Set(claims.map((claim) => voiceOf(claim.provenance, knowledge)))];
}
