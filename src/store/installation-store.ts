import type { Engine } from './engine.ts';
import type { InstallationStore } from './installation-types.ts';
import {
  deleteInstallation,
  deleteInstallationTeam,
  dropRefreshLease,
  readInstallation,
  readInstallationOfTeam,
  readInstallations,
  readTeamsOfInstallation,
  takeRefreshLease,
  writeBroken,
  writeInstallation,
  writeInstallationTeam,
  writeTokens,
} from './installations.ts';
import type { Seals } from './sealed.ts';
import { readSealedState, resealRows } from './sealed-rows.ts';

type Run = <T>(work: () => Promise<T>) => Promise<T>;

/** The part of the store that holds installations and what is encrypted; `run` translates errors. */
export function createInstallationStore(engine: Engine, seals: Seals, run: Run): InstallationStore {
  const { db } = engine;
  const write = <T>(work: Parameters<typeof engine.statement<T>>[0]): Promise<T> =>
    run(() => engine.statement(work));
  return {
    saveInstallation: (facts, tokens) => write((writer) => writeInstallation(writer, seals, facts, tokens)),
    installation: (key) => run(() => readInstallation(db, seals, key)),
    installations: () => run(() => readInstallations(db)),
    leaseRefresh: (key, version, lease) => write((writer) => takeRefreshLease(writer, key, version, lease)),
    endRefresh: (key, lease) => write((writer) => dropRefreshLease(writer, key, lease)),
    saveTokens: (key, version, tokens) => write((writer) => writeTokens(writer, seals, key, version, tokens)),
    markBroken: (key, version, reason) => write((writer) => writeBroken(writer, key, version, reason)),
    removeInstallation: (key, by) => write((writer) => deleteInstallation(writer, key, by)),
    noteInstallationTeam: (team, key) => write((writer) => writeInstallationTeam(writer, team, key)),
    installationOfTeam: (team) => run(() => readInstallationOfTeam(db, team)),
    teamsOfInstallation: (key) => run(() => readTeamsOfInstallation(db, key)),
    forgetInstallationTeam: (team) => write((writer) => deleteInstallationTeam(writer, team)),
    resealSecrets: () => run(() => resealRows(engine, seals)),
    sealedState: () => run(() => readSealedState(db, seals)),
  };
}
