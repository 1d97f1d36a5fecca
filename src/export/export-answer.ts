import { answerToJson } from '../briefing/answer-json.ts';
import { type AnswerContext, ceilingOf } from '../briefing/context.ts';
import type { Answer } from '../briefing/types.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import { tlpLabel } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { collectExport } from './collect.ts';
import { factsToCsv, listToCsv } from './csv.ts';
import { toMarkdown } from './markdown.ts';
import { toStixBundle } from './stix.ts';
import type { ExportForm, ExportOutcome } from './types.ts';

/**
 * Writes what a question found in one of the forms. STIX and markdown take one thing; CSV and JSON take lists too. Nothing
 * above the context's ceiling is in it; what it keeps back is counted in the notes.
 * @param plainText the answer's card as plain text, for JSON
 */
export async function exportAnswer(
  answer: Answer,
  form: ExportForm,
  context: AnswerContext,
  plainText: string,
): Promise<ExportOutcome> {
  const [first] = answer.answers;
  const isList = answer.outcome === 'answer';
  if (first === undefined || (answer.outcome !== 'found' && !isList)) return { kind: 'unclear', answer };
  switch (form) {
    case 'json':
      return exported(
        `${jsonLineFor(answerToJson(answer, 0, plainText), ceilingOf(context))}\n`,
        answer.withheld,
        [],
      );
    case 'csv': {
      const text = isList ? listToCsv(answer) : factsToCsv(answer.facts);
      return exported(text, answer.withheld, []);
    }
    case 'stix':
    case 'markdown':
      return isList ? { kind: 'unclear', answer } : exportOne(first.id, form, answer, context);
    default:
      return assertNever(form);
  }
}

async function exportOne(
  id: string,
  form: 'stix' | 'markdown',
  answer: Answer,
  context: AnswerContext,
): Promise<ExportOutcome> {
  const entity = context.knowledge.entity(id);
  if (entity === undefined) return { kind: 'unclear', answer };
  const collected = await collectExport(entity, context);
  if (form === 'markdown') return exported(toMarkdown(collected), collected.withheld, collected.notes);
  const { bundle, notes } = toStixBundle(collected);
  return exported(`${JSON.stringify(bundle, null, 2)}\n`, collected.withheld, [...collected.notes, ...notes]);
}

function exported(text: string, { count, highest }: Withheld, notes: readonly string[]): ExportOutcome {
  const most = highest === null ? '' : `: up to ${tlpLabel(highest)}`;
  const held =
    count === 0 ? [] : [`${count} ${count === 1 ? 'item' : 'items'} withheld by their marking${most}`];
  return { kind: 'exported', text, notes: [...held, ...notes] };
}
