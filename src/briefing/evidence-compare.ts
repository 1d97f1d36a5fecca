import { nameKey } from '../domain/name-key.ts';
import { isAllowed, stricter, strictest, type Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge, Withheld } from '../knowledge/types.ts';
import { keepFact } from './evidence-keep.ts';
import type { KeptAnswer, KeptFact, KeptObject, KeptSource } from './evidence-types.ts';
import { toFacts } from './facts.ts';

/** Against what kept statements are held. */
export interface EvidenceToday {
  /** What the reader may see now. */
  readonly knowledge: Knowledge;
  /** All that is known, whatever its marking: only markings and counts are taken from it. */
  readonly everything: Knowledge;
  /** The strictest marking that the reader may see. */
  readonly ceiling: Tlp;
  /** The last marking of a record that is there no more, by source and key; undefined for one that never was. */
  readonly lastMarking: (source: string, record: string) => Tlp | undefined;
}

/** One source of a statement: how it was, and what became of it. */
export interface SourceThen {
  readonly source: KeptSource;
  /** That of then or of now, whichever is stricter. */
  readonly marking: Tlp;
  /** Its marking now, where it still says so. */
  readonly now: Tlp | undefined;
}

export interface FactThen {
  readonly fact: KeptFact;
  /** How the object is put where the reader is. */
  readonly name: string;
  /** Those that the reader may see; never empty. */
  readonly sources: readonly SourceThen[];
  /** True: nobody whom the reader may see says so any more. */
  readonly isGone: boolean;
}

export interface EvidenceReport {
  readonly facts: readonly FactThen[];
  /** Statements of sources that the reader may not see, now or then. */
  readonly withheld: Withheld;
  /** What the answer named and the reader may know of, with what it is called now; undefined where it is gone. */
  readonly entities: readonly { readonly name: string; readonly entity: Entity | undefined }[];
  /** True: nothing of what was kept is held back, so that what was asked may be told as it was asked. */
  readonly isWhole: boolean;
}

/**
 * Holds what an answer rested on against what is known now. The stricter marking of then and now holds for each source of
 * each statement; what is above the ceiling is counted and nothing else. A statement about a thing that the reader may not
 * know of is withheld whole.
 */
export function compareEvidence(answer: KeptAnswer, today: EvidenceToday): EvidenceReport {
  const current = createCurrent(today.everything);
  const facts: FactThen[] = [];
  const hidden: Tlp[] = [];
  for (const fact of answer.facts) {
    const isHidden =
      isHiddenNow(fact.subject, today) ||
      (fact.object.id !== undefined && isHiddenNow(fact.object.id, today));
    const said = current(fact);
    const sources = fact.sources.map((source) => sourceThen(source, said, today));
    const shown = isHidden ? [] : sources.filter(({ marking }) => isAllowed(marking, today.ceiling));
    for (const { marking } of isHidden ? sources : sources.filter((one) => !shown.includes(one))) {
      hidden.push(marking);
    }
    if (shown.length === 0) continue;
    const isGone = shown.every(({ now }) => now === undefined);
    facts.push({ fact, name: nameNow(fact.object, today.knowledge), sources: shown, isGone });
  }
  const entities = entitiesThen(answer, facts, today);
  const hiddenEntities = answer.entities.length - entities.length;
  const count = hidden.length + (hidden.length === 0 ? hiddenEntities : 0);
  // A thing may be hidden although each statement about it is marked low: then the highest is not told.
  const highest = strictest(hidden.filter((marking) => !isAllowed(marking, today.ceiling))) ?? null;
  const withheld = { count, highest, ...(new Set(hidden).size > 1 ? { isMixed: true } : {}) };
  return { facts, withheld, entities, isWhole: count === 0 };
}

function isHiddenNow(id: string, { knowledge, everything }: EvidenceToday): boolean {
  return everything.entity(id) !== undefined && knowledge.entity(id) === undefined;
}

function sourceThen(source: KeptSource, said: readonly KeptSource[], today: EvidenceToday): SourceThen {
  const now = strictest(said.filter((one) => isSameStatement(source, one)).map(({ tlp }) => tlp));
  if (now !== undefined) return { source, now, marking: stricter(source.tlp, now) };
  const last = (source.records ?? []).flatMap((record) => {
    const known = today.everything.record({ source: source.source, externalId: record });
    return known?.marking ?? today.lastMarking(source.source, record) ?? [];
  });
  return { source, now, marking: strictest([source.tlp, ...last]) ?? source.tlp };
}

/** The same record says it; where none is noted, the same source under the same address. */
function isSameStatement(then: KeptSource, now: KeptSource): boolean {
  if (then.source !== now.source) return false;
  const { records } = then;
  if (records !== undefined && now.records !== undefined) {
    return now.records.some((record) => records.includes(record));
  }
  return then.reference === now.reference && then.publisher === now.publisher;
}

/** Who says now what a statement says, whatever the marking; the statements of a subject are read once. */
function createCurrent(everything: Knowledge): (fact: KeptFact) => readonly KeptSource[] {
  const bySubject = new Map<string, ReadonlyMap<string, readonly KeptSource[]>>();
  return (fact) => {
    const subject = everything.entity(fact.subject);
    if (subject === undefined) return [];
    let said = bySubject.get(subject.id);
    if (said === undefined) {
      const facts = toFacts(everything.claims(subject.id), everything).map(keepFact);
      said = new Map(
        [...Map.groupBy(facts, (one) => statementKey(one, everything))].map(([key, same]) => [
          key,
          same.flatMap(({ sources }) => sources),
        ]),
      );
      bySubject.set(subject.id, said);
    }
    return said.get(statementKey(fact, everything)) ?? [];
  };
}

/** Equal for what says the same of one subject. Ids that lead to one thing by now are one. */
function statementKey({ predicate, object }: KeptFact, everything: Knowledge): string {
  const { id, name, parts } = object;
  const what = id === undefined ? nameKey(name) || name : (everything.entity(id)?.id ?? id);
  return JSON.stringify([predicate, what, parts ?? null]);
}

/** The name that was told, where the reader may still know it for that; else what the thing is called there now. */
function nameNow({ id, name }: KeptObject, knowledge: Knowledge): string {
  const entity = id === undefined ? undefined : knowledge.entity(id);
  return entity === undefined || isNameOf(entity, name) ? name : entity.name;
}

function isNameOf(entity: Entity, name: string): boolean {
  const key = nameKey(name);
  return entity.names.some(({ text }) => nameKey(text) === key);
}

/** What is gone is named only where something that may be told is said of it: its last marking is known by its records alone. */
function entitiesThen(
  { entities, factCount }: KeptAnswer,
  shown: readonly FactThen[],
  today: EvidenceToday,
): EvidenceReport['entities'] {
  const told = new Set(shown.flatMap(({ fact }) => [fact.subject, fact.object.id]));
  return entities.flatMap(({ id, name }) => {
    const entity = today.knowledge.entity(id);
    const isHidden = entity === undefined && factCount > 0 && !told.has(id);
    if (isHidden || isHiddenNow(id, today)) return [];
    return [{ name: nameNow({ id, name }, today.knowledge), entity }];
  });
}
