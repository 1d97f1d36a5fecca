import type { AuditEntry } from '../chat/audit-entries.ts';
import { isoTime } from './sources-json.ts';

/** One line of `audit --json`: `kind` is `asked` or `changed`. Times are ISO 8601, UTC. */
export function auditJson(entry: AuditEntry): Readonly<Record<string, unknown>> {
  if (entry.kind === 'changed') {
    const { at, by, action, target, detail } = entry;
    const { platform, workspace, id } = by;
    return { kind: 'changed', at: isoTime(at), platform, workspace, person: id, action, target, detail };
  }
  const { platform, workspace, id } = entry.person;
  return {
    kind: 'asked',
    at: isoTime(entry.at),
    id: entry.id,
    platform,
    workspace,
    person: id,
    place: entry.place,
    placeKind: entry.placeKind,
    thread: entry.thread,
    action: entry.action,
    question: entry.question,
    outcome: entry.outcome,
    audience: entry.audience,
    ceiling: entry.ceiling,
    marking: entry.marking,
    markings: entry.markings,
    withheld: { count: entry.withheldCount, highest: entry.withheldHighest },
    entities: entry.entities,
    entityCount: entry.entityCount,
    evidence: entry.evidence,
  };
}
