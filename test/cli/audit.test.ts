import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/chat/audit-entries.ts';
import type { AuditRequest } from '../../src/cli/runtime.ts';
import { activity } from '../contracts/answers-contract.ts';
import { run } from './fake-runtime.ts';

const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' } as const;
const changed: AuditEntry = {
  kind: 'changed',
  at: 1_000,
  by: person,
  action: 'settings.change',
  target: 'slack:T1',
  detail: { setting: 'tlp', from: 'green', to: 'amber' },
};

async function audit(args: readonly string[], entries: readonly AuditEntry[] = []) {
  const requests: AuditRequest[] = [];
  let isClosed = false;
  const ran = await run(['audit', ...args], {
    openAudit: async () => ({
      entries: async function* (request) {
        requests.push(request);
        yield* entries;
      },
      close: async () => {
        isClosed = true;
      },
    }),
  });
  return { ...ran, requests, isClosed };
}

describe('threatbrief audit', () => {
  it('asks for the last day unless told, and passes on what is asked for', async () => {
    const now = Date.parse('2026-01-20T03:00:00Z');

    expect((await audit([])).requests).toEqual([{ since: now - 86_400_000 }]);
    const { requests, isClosed } = await audit([
      '--since=2026-01-01',
      '--until=2026-01-02',
      '--person=U1',
      '--place=C1',
      '--actor=APT39',
      '--action=share',
    ]);
    expect(requests).toEqual([
      {
        since: Date.UTC(2026, 0, 1),
        until: Date.UTC(2026, 0, 3),
        person: 'U1',
        place: 'C1',
        actor: 'APT39',
        action: 'share',
      },
    ]);
    expect(isClosed).toBe(true);
  });

  it('prints an entry a line, with nothing that a terminal obeys', async () => {
    const hostile = activity(2, { question: 'APT\u001b[31m\n\u202e39', evidence: 'E-7KQ2MX4P' });

    const { out, exitCode } = await audit([], [{ kind: 'asked', ...hostile }, changed]);

    expect(exitCode).toBe(0);
    expect(out.split('\n')).toHaveLength(3);
    expect(out).not.toMatch(/\u001b|\u202e/);
    expect(out).toContain('slack T1/U1  in T1/C1  ask “APT');
    expect(out).toContain('2 withheld  E-7KQ2MX4P');
    expect(out).toContain('settings.change  slack:T1  setting="tlp" from="green" to="amber"');
  });

  it('prints one JSON object a line', async () => {
    const { out } = await audit(['--json', '--limit', '1'], [{ kind: 'asked', ...activity(2) }, changed]);

    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({
        kind: 'asked',
        at: '1970-01-01T00:00:00.002Z',
        person: 'T1/U1',
        entities: ['intrusion-set--2'],
        withheld: { count: 2, highest: 'amber' },
      }),
    ]);
  });

  it.each([
    [['--since', 'never'], '--since'],
    [['--action', 'nothing'], 'known: ask'],
    [['--limit', '0'], 'whole number'],
  ])('refuses %j', async (args, said) => {
    const { exitCode, err } = await audit(args);

    expect(exitCode).toBe(2);
    expect(err).toContain(said);
  });
});
