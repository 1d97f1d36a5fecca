import type { Answer, AnswerEntity, Fact } from '../briefing/types.ts';
import { cleanLine } from '../cards/clean-text.ts';
import type { StixId } from '../domain/stix-id.ts';

/**
 * Where a spreadsheet begins a formula, in any width; blanks in front do not hinder it. In half of the world a semicolon
 * begins another cell, inside quotation marks too.
 */
const formulas = /(^|;)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%])/gu;

/** Data as one cell (RFC 4180): quoted where needed, never a formula, never two lines. */
export function csvCell(data: string): string {
  const line = cleanLine(data);
  const plain = line.replace(formulas, "$1'");
  const text = plain === line && /^[\t\r]/.test(data) ? `'${line}` : plain;
  return /[",']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rowsToCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

/** The things that a list names, a row each, with what the answer states of each and who says so. */
export function listToCsv({ answers, facts }: Pick<Answer, 'answers' | 'facts'>): string {
  const byEntity = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const id of new Set([fact.subject, fact.object.id])) {
      if (id === undefined) continue;
      const known = byEntity.get(id);
      if (known === undefined) byEntity.set(id, [fact]);
      else known.push(fact);
    }
  }
  const names = new Map(answers.map(({ id, name }) => [id, name]));
  const rows = answers.map((answer) => listRow(answer, byEntity.get(answer.id) ?? [], names));
  return rowsToCsv([['id', 'type', 'name', 'aliases', 'external_ids', 'statements', 'sources'], ...rows]);
}

function listRow(
  entity: AnswerEntity,
  facts: readonly Fact[],
  names: ReadonlyMap<StixId, string>,
): readonly string[] {
  const sources = new Set(facts.flatMap((fact) => fact.sources.map(({ source }) => source)));
  const statements = facts.map(({ subject, predicate, object }) =>
    subject === entity.id
      ? `${predicate}: ${object.name}`
      : `${predicate} (of ${names.get(subject) ?? subject})`,
  );
  return [
    entity.id,
    entity.type,
    entity.name,
    entity.aliases.join('; '),
    entity.externalIds.join('; '),
    statements.join('; '),
    [...sources].join('; '),
  ];
}

/** Every statement about one thing, a row for each source that makes it. */
export function factsToCsv(facts: readonly Fact[]): string {
  const rows = facts.flatMap(({ subject, predicate, object, sources }) =>
    sources.map(({ source, publisher, reference, date, tlp, confidence }) => [
      subject,
      predicate,
      object.name,
      object.id ?? '',
      source,
      publisher ?? '',
      reference ?? '',
      date ?? '',
      tlp,
      confidence === null ? '' : String(confidence),
    ]),
  );
  const head = [
    'subject',
    'predicate',
    'value',
    'value_id',
    'source',
    'publisher',
    'reference',
    'date',
    'tlp',
    'confidence',
  ];
  return rowsToCsv([head, ...rows]);
}
