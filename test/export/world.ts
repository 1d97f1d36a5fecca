import type { AnswerContext } from '../../src/briefing/context.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { collectExport, type Exported } from '../../src/export/collect.ts';
import { exportAnswer } from '../../src/export/export-answer.ts';
import type { ExportForm, ExportOutcome } from '../../src/export/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, type SampleWorld } from '../helpers/knowledge.ts';

/** What one audience may export of the sample, or of another world. */
export async function contextAt(ceiling: Tlp, world: SampleWorld = {}): Promise<AnswerContext> {
  return deskOf(world).contextAt(ceiling);
}

function deskOf(world: SampleWorld): ReturnType<typeof createDesk> {
  const { store } = createMemoryStore(world);
  return createDesk({ store, clock: { now: () => new Date('2026-01-20T03:00:00Z') }, log: silentLog });
}

export async function collected(id: string, ceiling: Tlp, world: SampleWorld = {}): Promise<Exported> {
  const context = await contextAt(ceiling, world);
  const entity = context.knowledge.entity(id);
  if (entity === undefined) throw new Error(`${id} is not known at ${ceiling}`);
  return collectExport(entity, context);
}

export async function exported(
  question: string,
  form: ExportForm,
  ceiling: Tlp,
  world: SampleWorld = {},
): Promise<ExportOutcome> {
  const desk = deskOf(world);
  const answer = await desk.ask(question, ceiling, { whole: true });
  return exportAnswer(answer, form, await desk.contextAt(ceiling), 'the card as text');
}
