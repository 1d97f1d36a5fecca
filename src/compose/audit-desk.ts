import { createDesk } from '../chat/desk.ts';
import type { AuditDesk, AuditEntry, AuditRequest } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { parseStixId } from '../domain/stix-id.ts';
import { type ActivityAction, activityActions, type StoredActivity } from '../store/answer-types.ts';
import type { AuditEvent } from '../store/delivery-types.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openIdentity } from './identity.ts';
import { storeSettingsOf } from './store-settings.ts';

const pageSize = 500;
/** Changes are few beside questions: all of a window are read at once. */
const maxChanges = 50_000;

/** Who asked what and who changed what, for the operator. */
export async function openAuditDesk(settings: Settings, clock: Clock, log: Log): Promise<AuditDesk> {
  const store = await openStore(storeSettingsOf(settings));
  return {
    entries: (request) => entriesOf(request, store, () => entitiesOf(request, settings, store, clock, log)),
    close: () => store.close(),
  };
}

/** Newest first, of both kinds, read page by page. */
async function* entriesOf(
  request: AuditRequest,
  store: Store,
  entities: () => Promise<readonly string[] | undefined>,
): AsyncGenerator<AuditEntry> {
  const changes = await changesOf(request, store);
  let at = 0;
  for await (const activity of activitiesOf(request, store, await entities())) {
    for (; (changes[at]?.at ?? Number.NEGATIVE_INFINITY) > activity.at; at += 1) {
      const change = changes[at];
      if (change !== undefined) yield { kind: 'changed', ...change };
    }
    yield { kind: 'asked', ...activity };
  }
  for (const change of changes.slice(at)) yield { kind: 'changed', ...change };
}

async function* activitiesOf(
  { since, until, person, place, action }: AuditRequest,
  store: Pick<Store, 'activities'>,
  entities: readonly string[] | undefined,
): AsyncGenerator<StoredActivity> {
  const actions = action === undefined ? undefined : activityActions.filter((one) => one === action);
  if (actions?.length === 0) return;
  let before: Pick<StoredActivity, 'at' | 'id'> | undefined;
  for (;;) {
    const page = await store.activities({
      since,
      limit: pageSize,
      ...(until === undefined ? {} : { until }),
      ...(person === undefined ? {} : { person }),
      ...(place === undefined ? {} : { place }),
      ...(entities === undefined ? {} : { entities }),
      ...(actions === undefined ? {} : { actions }),
      ...(before === undefined ? {} : { before }),
    });
    yield* page;
    before = page.at(-1);
    if (before === undefined || page.length < pageSize) return;
  }
}

/** A change is found by the part of its action before the dot, too; none is about an actor but a watch. */
async function changesOf(request: AuditRequest, store: Store): Promise<readonly AuditEvent[]> {
  const { since, until = Number.POSITIVE_INFINITY, person, place, action, actor } = request;
  if (actor !== undefined || (action !== undefined && isActivityAction(action))) return [];
  const events = await store.auditEvents({ since, limit: maxChanges });
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

/** Every id under which what the operator names may have been noted. */
async function entitiesOf(
  { actor }: AuditRequest,
  settings: Settings,
  store: Store,
  clock: Clock,
  log: Log,
): Promise<readonly string[] | undefined> {
  if (actor === undefined) return undefined;
  const desk = createDesk({ store, clock, log, identity: openIdentity(settings) });
  await desk.refresh();
  const { knowledge, index } = await desk.contextAt('red');
  const id = parseStixId(actor);
  const known = knowledge.entity(actor);
  if (known !== undefined) return [known.id, ...known.otherIds];
  if (id !== undefined) return [id];
  const lookup = index.lookup(actor);
  const entity = lookup.kind === 'found' ? knowledge.entity(lookup.match.entity.id) : undefined;
  if (entity !== undefined) return [entity.id, ...entity.otherIds];
  const names = lookup.kind === 'ambiguous' ? lookup.matches.map((one) => one.entity.name) : [];
  const hint = names.length === 0 ? 'give another name or an id' : `it may be ${names.join(', ')}`;
  throw new AppError('usage', `audit: --actor: "${actor}" names nothing for sure; ${hint}.`);
}
