import { type AuditEntry, auditEntries } from '../chat/audit-entries.ts';
import { createDesk } from '../chat/desk.ts';
import type { AuditDesk, AuditRequest } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { parseStixId } from '../domain/stix-id.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openIdentity } from './identity.ts';
import { storeSettingsOf } from './store-settings.ts';

/** Who asked what and who changed what, for the operator. */
export async function openAuditDesk(settings: Settings, clock: Clock, log: Log): Promise<AuditDesk> {
  const store = await openStore(storeSettingsOf(settings));
  return {
    entries: (request) => entriesOf(request, store, () => entitiesOf(request, settings, store, clock, log)),
    close: () => store.close(),
  };
}

async function* entriesOf(
  request: AuditRequest,
  store: Store,
  entities: () => Promise<readonly string[] | undefined>,
): AsyncGenerator<AuditEntry> {
  const { actor, ...query } = request;
  const named = actor === undefined ? undefined : await entities();
  yield* auditEntries({ ...query, ...(named === undefined ? {} : { entities: named }) }, store);
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
