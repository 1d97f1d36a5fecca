import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { moveStore } from '../../src/compose/move-store.ts';

const clock = { now: () => new Date('2026-11-23T08:00:00Z') };
const home = mkdtempSync(`${tmpdir()}/threatbrief-move-`);

it('asks for the database to move to', async () => {
  await expect(moveStore({ home, databaseUrl: undefined }, clock)).rejects.toThrow(/DATABASE_URL/);
});

it('asks for the folder to move from, and makes none', async () => {
  const databaseUrl = 'postgresql://nobody@127.0.0.1:1/none';

  await expect(moveStore({ home: `${home}/wrong`, databaseUrl }, clock)).rejects.toThrow(
    /no .*threatbrief\.db; set THREATBRIEF_HOME/,
  );
});
