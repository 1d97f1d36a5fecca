import { uuidV5 } from '../domain/stix-id.ts';
import { isAllowed, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { Exported, ExportedIndicator } from './collect.ts';
import {
  createStixBook,
  epoch,
  markingIds,
  ownId,
  type StixBook,
  type StixOut,
  timestamp,
} from './stix-book.ts';
import { putEntity } from './stix-entities.ts';
import { stixPattern } from './stix-pattern.ts';
import { putStatements } from './stix-statements.ts';

export interface StixBundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly StixOut[];
}

/**
 * A STIX 2.1 bundle of everything exported. Ids are the same in every export of the same thing; each object carries the
 * TLP 2.0 marking of what it says and a reference for each of its sources. `notes` tell what STIX has no object for.
 */
export function toStixBundle(exported: Exported): {
  readonly bundle: StixBundle;
  readonly notes: readonly string[];
} {
  const { entity, knowledge, claims, claimsAbout } = exported;
  const book = createStixBook(knowledge);
  book.marking(knowledge.ceiling);
  putEntity(entity, book, { whole: true, subject: entity.id, fallback: [...claims, ...claimsAbout] });
  const untold = putStatements([...claims, ...claimsAbout], book);
  const { skipped, byReport } = putIndicators(exported, book);
  const objects = book.objects().map((object) => completeReport(object, exported, byReport, book));
  const notes: string[] = [];
  if (untold > 0) notes.push(`${untold} statements have no object of STIX and are left out`);
  if (skipped > 0) notes.push(`${skipped} indicators are of types that no STIX pattern stands for`);
  const content = JSON.stringify(objects);
  return {
    bundle: { type: 'bundle', id: `bundle--${uuidV5(`export\nbundle\n${content}`)}`, objects },
    notes,
  };
}

interface PutIndicators {
  readonly skipped: number;
  readonly byReport: ReadonlyMap<string, readonly string[]>;
}

function putIndicators({ entity, indicators }: Exported, book: StixBook): PutIndicators {
  const byReport = new Map<string, string[]>();
  let skipped = 0;
  for (const one of indicators) {
    const id = putIndicator(one, book);
    if (id === undefined) {
      skipped += 1;
      continue;
    }
    const report = one.report?.id ?? (entity.type === 'report' ? entity.id : undefined);
    if (report === undefined) continue;
    const ids = byReport.get(report);
    if (ids === undefined) byReport.set(report, [id]);
    else ids.push(id);
  }
  return { skipped, byReport };
}

function putIndicator({ indicator, record, marking }: ExportedIndicator, book: StixBook): string | undefined {
  const pattern = stixPattern({ ...indicator, value: indicator.value.toWellFormed() });
  if (pattern === undefined) return undefined;
  const { knowledge } = book;
  const known = knowledge.record(record);
  const at =
    timestamp(indicator.date) ??
    timestamp(known?.date) ??
    timestamp(knowledge.sources.get(record.source)?.importedAt) ??
    epoch;
  const title = knowledge.sources.get(record.source)?.title ?? record.source;
  const link = known?.url === undefined ? { external_id: record.externalId } : { url: known.url };
  return book.put({
    type: 'indicator',
    spec_version: '2.1',
    id: ownId('indicator', [record.source, record.externalId, pattern, marking].join('\n')),
    created: at,
    modified: at,
    created_by_ref: book.sourceIdentity(record.source),
    name: indicator.type,
    ...(indicator.comment === undefined || indicator.comment === ''
      ? {}
      : { description: indicator.comment.toWellFormed() }),
    pattern,
    pattern_type: 'stix',
    valid_from: at,
    external_references: [{ source_name: title, description: known?.title ?? title, ...link }],
    object_marking_refs: book.marking(marking),
  });
}

/** A report names all that it is about here, and never fewer than one object (STIX 2.1, 4.16). */
function completeReport(
  object: StixOut,
  { claims, claimsAbout, entity, knowledge }: Exported,
  byReport: ReadonlyMap<string, readonly string[]>,
  book: StixBook,
): StixOut {
  if (object.type !== 'report') return object;
  const own = byReport.get(object.id) ?? [];
  const about = [...claims, ...claimsAbout]
    .filter(({ predicate, object: report }) => predicate === 'reported-in' && report === object.id)
    .filter(({ provenance }) => isWithin(provenance.marking, object))
    .map(({ subject }) => subject)
    .filter((id) => book.has(id));
  const refs = [...new Set([...about, ...own])].sort();
  if (refs.length > 0) return { ...object, object_refs: refs };
  // All that ties it to anything here is marked more strictly than the report itself, and so the tie is.
  return { ...object, object_refs: [entity.id], object_marking_refs: [markingIds[knowledge.ceiling]] };
}

/** What the report is about is told with it where it is marked no more strictly. */
function isWithin(marking: Tlp, object: StixOut): boolean {
  const refs: unknown = object['object_marking_refs'];
  const own = tlpLevels.find((tlp) => Array.isArray(refs) && refs.includes(markingIds[tlp]));
  return own === undefined || isAllowed(marking, own);
}
