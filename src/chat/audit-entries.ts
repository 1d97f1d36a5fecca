import {
  type ActivityAction,
  type AnswerStore,
  activityActions,
  type StoredActivity,
} from '../store/answer-types.ts';
import type { AuditEvent, DeliveryStore } from '../store/delivery-types.ts';

/** One thing that somebody did, or that somebody changed or was refused. */
export type AuditEntry =
  | ({ readonly kind: 'asked' } & StoredActivity)
  | ({ readonly kind: 'changed' } & AuditEvent);

export interface AuditQuery {
  /** Epoch milliseconds, `since <= at < until`. */
  readonly since: number;
  readonly until?: number;
  /** Absent: of all workspaces. */
  readonly workspace?: Pick<StoredActivity['person'], 'platform' | 'workspace'>;
  /** The platform's id, with or without the workspace before it. */
  readonly person?: string;
  readonly place?: string;
  /** Ids, any of which was shown. */
  readonly entities?: readonly string[];
  /** An action, or the part of one before its dot. */
  readonly action?: string;
}

const pageSize = 500;
/** Changes are few beside questions: all of a window are read at once. */
const maxChanges = 50_000;

/** Newest first, of both kinds, read page by page as far as they are taken. */
export async function* auditEntries(
  query: AuditQuery,
  store: Pick<AnswerStore, 'activities'> & Pick<DeliveryStore, 'auditEvents'>,
): AsyncGenerator<AuditEntry> {
  const changes = await changesOf(query, store);
  let at = 0;
  for await (const activity of activitiesOf(query, store)) {
    for (; (changes[at]?.at ?? Number.NEGATIVE_INFINITY) > activity.at; at += 1) {
      const change = changes[at];
      if (change !== undefined) yield { kind: 'changed', ...change };
    }
    yield { kind: 'asked', ...activity };
  }
  for (const change of changes.slice(at)) yield { kind: 'changed', ...change };
}

async function* activitiesOf(
  { action, ...where }: AuditQuery,
  store: Pick<AnswerStore, 'activities'>,
): AsyncGenerator<StoredActivity> {
  const actions = action === undefined ? undefined : activityActions.filter((one) => one === action);
  if (actions?.length === 0) return;
  let before: Pick<StoredActivity, 'at' | 'id'> | undefined;
  for (;;) {
    const page = await store.activities({
      ...where,
      limit: pageSize,
      ...(actions === undefined ? {} : { actions }),
      ...(before === undefined ? {} : { before }),
    });
    yield* page;
    before = page.at(-1);
    if (before === undefined || page.length < pageSize) return;
  }
}

/** A change is found by the part of its action before the dot, too; none is about what was shown. */
async function changesOf(
  query: AuditQuery,
  store: Pick<DeliveryStore, 'auditEvents'>,
): Promise<readonly AuditEvent[]> {
  const { since, until = Number.POSITIVE_INFINITY, workspace, person, place, action, entities } = query;
  if (entities !== undefined || (action !== undefined && isActivityAction(action))) return [];
  const of =
    workspace === undefined ? {} : { workspace: { platform: workspace.platform, id: workspace.workspace } };
  const events = await store.auditEvents({ since, ...of, limit: maxChanges });
  return events.filter(
    (event) =>
      event.at < until &&
      (person === undefined || isIdOf(event.by.id, person)) &&
      (place === undefined || isIn(event, place)) &&
      (action === undefined || event.action === action || event.action.startsWith(`${action}.`)),
  );
}

function isActivityAction(action: string): action is ActivityAction {
  return activityActions.some((one) => one === action);
}

function isIn({ detail }: AuditEvent, place: string): boolean {
  const kept = detail['place'];
  return typeof kept === 'string' && isIdOf(kept, place);
}

/** An id as it is kept, or without the workspace that stands before it. */
function isIdOf(kept: string, id: string): boolean {
  return kept === id || kept.endsWith(`/${id}`);
}
