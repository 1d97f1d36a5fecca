import { expect, it } from 'vitest';
import { createDesk } from '../../src/chat/desk.ts';
import { exitCodeOf } from '../../src/ingest/summary.ts';
import { silentLog } from '../../src/support/log.ts';
import { createWorld } from '../ingest/world.ts';

const clock = { now: () => new Date('2026-01-01T00:10:00Z') };

it('imports the whole of examples/, and answers from it as the tour in README.md says', async () => {
  const world = await createWorld();

  const summary = await world.ingest(['examples']);
  const desk = createDesk({ store: world.store, clock, log: silentLog });
  const hidden = await desk.ask('gateway.example.net', 'green');

  expect(exitCodeOf(summary)).toBe(0);
  expect(summary.sources).toMatchObject([{ name: 'examples', new: 3 }]);
  expect((await desk.ask('EXAMPLE HERON', 'green')).card.marking).toBe('green');
  expect((await desk.ask('192.0.2.71', 'green')).outcome).toBe('answer');
  expect(hidden).toMatchObject({ outcome: 'not-found', withheld: { count: 1 } });
  expect((await desk.ask('gateway.example.net', 'amber')).card.marking).toBe('amber');
  expect((await desk.why('EXAMPLE HERON Iran', 'green')).card.title).toBe('Why EXAMPLE HERON: Iran');
  expect(
    JSON.stringify(await desk.digest({ days: 7, filters: 'sector:telecom', ceiling: 'green' })),
  ).toContain('EXAMPLE HERON sends invoices');
});
