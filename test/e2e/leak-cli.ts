import { clearFor } from '../../src/cards/cleared.ts';
import { runCli } from '../../src/cli/program.ts';
import type { CommandDesk, Runtime } from '../../src/cli/runtime.ts';
import { createCommandRecords } from '../../src/compose/command-records.ts';
import { renderCard } from '../../src/compose/render-card.ts';
import { exportAnswer } from '../../src/export/export-answer.ts';
import { silentLog } from '../../src/support/log.ts';
import { capturedTerminal } from '../helpers/captured-terminal.ts';
import type { LeakWorld } from './leak-world.ts';

/** What a command line printed and what it wrote into files. */
export interface Printed {
  readonly exitCode: number;
  readonly text: string;
}

/** Runs a command line over a world as the program does, in this process. */
export async function runIn(world: LeakWorld, ...args: readonly string[]): Promise<Printed> {
  const texts: string[] = [];
  const terminal = capturedTerminal(texts);
  const notHere = (): never => {
    throw new Error('not in this test');
  };
  const runtime: Runtime = {
    terminal,
    clock: world.clock,
    openDesk: async () => commandDesk(world, runtime),
    ingest: notHere,
    openSources: notHere,
    openSubscriptions: notHere,
    openDeliveries: notHere,
    openAudit: async () => {
      const { openAuditDesk } = await import('../../src/compose/audit-desk.ts');
      return openAuditDesk(world.settings, world.clock, silentLog);
    },
    moveStore: notHere,
    resealSecrets: notHere,
    startServer: notHere,
    checks: notHere,
    slackManifest: notHere,
    writeTeamsPackage: notHere,
    saveFile: async (_, text) => void texts.push(text),
    renderCard: async (card, form, ceiling) => renderCard(clearFor(card, ceiling), form, terminal),
  };
  const exitCode = await runCli(args, '0.0.0', runtime);
  return { exitCode, text: texts.join('\n') };
}

function commandDesk({ desk, store, settings, clock }: LeakWorld, runtime: Runtime): CommandDesk {
  const records = createCommandRecords(desk, { store, settings, clock, log: silentLog });
  return {
    ask: records.ask,
    why: records.why,
    digest: (request) => desk.digest(request),
    diff: (options) => desk.diff(options),
    stats: (at) => desk.stats(at),
    export: async (text, form, at) => {
      const answer = await desk.ask(text, at, { whole: true });
      const plain = form === 'json' ? await runtime.renderCard(answer.card, 'plain', at) : '';
      return exportAnswer(answer, form, await desk.contextAt(at), plain);
    },
    close: () => records.close(),
  };
}
