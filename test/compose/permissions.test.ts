import { describe, expect, it } from 'vitest';
import type { Asker, Place } from '../../src/chat/types.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { openPermissions } from '../../src/compose/permissions.ts';
import type { AuditEvent } from '../../src/store/delivery-types.ts';
import { silentLog } from '../../src/support/log.ts';

const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};
const guest: Asker = { role: 'guest' };

describe('openPermissions', () => {
  it('notes a refusal in the audit, and one that is repeated once a minute', async () => {
    let now = Date.parse('2026-01-20T03:00:00Z');
    const events: AuditEvent[] = [];
    const clock = { now: () => new Date(now) };
    const permissions = openPermissions({
      store: { noteAudit: async (event) => void events.push(event) },
      workspaces: createWorkspaceSettings({ store: {}, clock, log: silentLog }),
      settings: { admins: ['slack:T1/U9'] },
      clock,
      log: silentLog,
    });
    const press = (person: string): Promise<string | undefined> =>
      permissions.check('share', { place, person, asker: guest });

    for (let count = 0; count < 50; count += 1) await press('T1/U1');
    await press('T1/U2');
    expect(events.map(({ by }) => by.id)).toEqual(['T1/U1', 'T1/U2']);
    now += 61_000;
    await press('T1/U1');

    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({
      at: Date.parse('2026-01-20T03:00:00Z'),
      by: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' },
      action: 'refused',
      target: 'share',
      detail: { place: 'T1/C1' },
    });
    expect(await press('T1/U9')).toBeUndefined();
  });
});
