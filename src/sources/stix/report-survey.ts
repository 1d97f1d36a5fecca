import type { KnownObjects } from './known-objects.ts';

/** A report that names more actors is a list of them, and says nothing of them by the reports that it holds. */
const maxActors = 100;
/** An inner report takes so many actors at most, whatever reports hold it. */
const maxActorsOfReport = 500;

interface Referred {
  /** Numbers of the indicators, in order. */
  readonly indicators: Uint32Array;
  /** Actors and inner reports, where there are both. */
  readonly playbook?: { readonly actors: readonly string[]; readonly inner: readonly string[] };
}

/**
 * Which report carries which indicator, and which actors an inner report is about. Only of reports that become
 * records: an indicator of a refused report, or of an older version of one, is a record of its own.
 */
export class ReportSurvey {
  readonly #objects: KnownObjects;
  /** The newest readable version of each report, by number: what it refers to. */
  readonly #referred = new Map<number, Referred>();
  /** Intrusion sets of a report that refers to a report: the inner one is about them too. */
  readonly actorsOfReport = new Map<string, readonly string[]>();

  constructor(objects: KnownObjects) {
    this.#objects = objects;
  }

  /** `refs` undefined: this version cannot be read, and the report becomes no record. */
  note(report: number, refs: readonly string[] | undefined): void {
    if (refs === undefined) {
      this.#referred.delete(report);
      return;
    }
    const ids = refs.map((ref) => ref.trim().toLowerCase());
    const indicators = Uint32Array.from(
      ids.filter((id) => id.startsWith('indicator--')),
      (id) => this.#objects.number(id),
    );
    const actors = ids.filter((id) => id.startsWith('intrusion-set--') || id.startsWith('threat-actor--'));
    const inner = ids.filter((id) => id.startsWith('report--'));
    const isPlaybook = actors.length > 0 && actors.length <= maxActors && inner.length > 0;
    this.#referred.set(report, { indicators, ...(isPlaybook ? { playbook: { actors, inner } } : {}) });
  }

  /** Once all objects were noted. */
  settle(): void {
    const actorsOf = new Map<string, string[]>();
    for (const [report, { indicators, playbook }] of this.#referred) {
      for (const indicator of indicators) this.#objects.setReport(indicator, report);
      for (const id of playbook?.inner ?? []) {
        const actors = actorsOf.get(id) ?? [];
        if (actors.length < maxActorsOfReport) actors.push(...(playbook?.actors ?? []));
        actorsOf.set(id, actors);
      }
    }
    for (const [id, actors] of actorsOf) this.actorsOfReport.set(id, actors);
    this.#referred.clear();
  }
}
