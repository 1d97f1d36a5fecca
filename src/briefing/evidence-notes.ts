import type { SourceNote } from '../cards/card.ts';
import { isAllowed, stricter, strictest, type Tlp } from '../domain/tlp.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { SourceThen } from './evidence-compare.ts';

/** The source notes of kept statements, numbered as they are cited. */
export interface EvidenceNotes {
  /** The numbers of the notes for these sources, ascending. */
  cite(sources: readonly SourceThen[]): readonly number[];
  notes(): readonly SourceNote[];
  /** The strictest marking among what was cited. */
  marking(): Tlp;
}

export function createEvidenceNotes(knowledge: Knowledge): EvidenceNotes {
  const notes = new Map<string, SourceNote>();
  return {
    cite: (sources) => {
      const numbers = sources.map(({ source, marking }) => {
        const key = JSON.stringify([source.source, source.publisher ?? null]);
        const known = notes.get(key);
        const note = noteOf(source, marking, known, knowledge, notes.size + 1);
        notes.set(key, note);
        return note.number;
      });
      return [...new Set(numbers)].sort((a, b) => a - b);
    },
    notes: () => [...notes.values()],
    marking: () => strictest([...notes.values()].map(({ marking }) => marking)) ?? 'clear',
  };
}

function noteOf(
  { source, publisher, date, confidence, reference }: SourceThen['source'],
  marking: Tlp,
  known: SourceNote | undefined,
  knowledge: Knowledge,
  number: number,
): SourceNote {
  const title = knowledge.sources.get(source)?.title ?? source;
  const newest = [known?.date, date]
    .flatMap((one) => one ?? [])
    .sort()
    .at(-1);
  // The note links where all that is cited of it stands in one place; otherwise each statement links for itself.
  const url = known === undefined || known.url === reference ? reference : undefined;
  return {
    number: known?.number ?? number,
    title: publisher === undefined ? title : `${publisher}: ${title}`,
    ...(url === null || url === undefined ? {} : { url }),
    ...(newest === undefined ? {} : { date: newest }),
    marking: known === undefined ? marking : stricter(known.marking, marking),
    confidence: known === undefined || known.confidence === confidence ? confidence : null,
  };
}

/** Notes of a card without statements, as they were: those that may still be told. */
export function keptNotes(
  notes: readonly SourceNote[],
  ceiling: Tlp,
): { readonly shown: readonly SourceNote[]; readonly hidden: readonly Tlp[] } {
  const shown = notes.filter(({ marking }) => isAllowed(marking, ceiling));
  const hidden = notes.filter((note) => !shown.includes(note)).map(({ marking }) => marking);
  return { shown: shown.map((note, index) => ({ ...note, number: index + 1 })), hidden };
}
