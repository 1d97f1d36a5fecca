import type { Kysely } from 'kysely';
import { canonicalJson } from './canonical-json.ts';
import type { AuditEvent, DeliveryStore } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import { parseStoredObject, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

export async function insertAuditEvent(db: Kysely<Tables>, event: AuditEvent): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      at: event.at,
      by_platform: event.by.platform,
      by_workspace: storableText(event.by.workspace),
      by_person: storableText(event.by.id),
      action: storableText(event.action),
      target: storableText(event.target),
      detail: canonicalJson(event.detail),
    })
    .execute();
}

export async function readAuditEvents(
  db: Kysely<Tables>,
  { since, workspace, limit }: Parameters<DeliveryStore['auditEvents']>[0],
): Promise<readonly AuditEvent[]> {
  let query = db.selectFrom('audit_event').selectAll().where('at', '>=', since);
  if (workspace !== undefined) {
    query = query
      .where('by_platform', '=', workspace.platform)
      .where('by_workspace', '=', storableText(workspace.id));
  }
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    at: row.at,
    by: toPerson(row.by_platform, row.by_workspace, row.by_person),
    action: row.action,
    target: row.target,
    detail: parseStoredObject(row.detail),
  }));
}
