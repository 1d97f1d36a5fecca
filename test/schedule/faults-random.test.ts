import { describe, expect, it } from 'vitest';
import { faultBounds, isLong } from '../helpers/faults/bounds.ts';
import { openCrew, pause } from '../helpers/faults/crew.ts';
import { createRandom } from '../helpers/faults/random.ts';
import { report } from '../helpers/faults/report.ts';
import { manyMisfortunes, noMisfortunes } from '../helpers/faults/stand-in.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

const { subscriptions, kills, seconds } = faultBounds;
const timeoutMs = 2 * seconds * 1_000;
/** Real milliseconds by which two requests may come closer together, or further apart, than they were sent. */
const jitterMs = 40;
const speed = 20;

async function killAtRandom(replicas: number, databaseUrl?: string): Promise<void> {
  const crew = await openCrew({
    subscriptions,
    // Two subscriptions of one place must not come at once.
    perPlace: 2,
    misfortunes: manyMisfortunes,
    seed: replicas,
    speed,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  const random = createRandom(replicas);
  const runReplica = async (): Promise<void> => {
    while (crew.kills < kills) {
      crew.kills += 1;
      const worker = await crew.start();
      await pause(50 + random() * (isLong ? 900 : 400));
      await worker.kill();
    }
    // What is left is delivered soon.
    if (!isLong) crew.standIn.misfortunes = noMisfortunes;
    await crew.start();
  };
  try {
    await Promise.all(Array.from({ length: replicas }, runReplica));
    await crew.untilDone(seconds);

    const tally = await crew.tally();
    report(databaseUrl === undefined ? 'SQLite' : 'PostgreSQL', `${replicas} replicas`, tally);
    expect(tally).toMatchObject({ lost: 0, doubled: 0, kills, states: { posted: subscriptions } });
    expect(tally.smallestGapMs).toBeGreaterThan(1_000 - jitterMs * speed);
  } finally {
    await crew.close();
  }
}

describe(`${kills} kills at random moments over ${subscriptions} subscriptions`, () => {
  it('lose and double nothing with one process on the embedded database', () => killAtRandom(1), timeoutMs);

  it('lose and double nothing with two processes on the embedded database', () => killAtRandom(2), timeoutMs);
});

describeWithPostgres(
  `${kills} kills at random moments over ${subscriptions} subscriptions, on PostgreSQL`,
  (postgres) => {
    it(
      'lose and double nothing with one replica',
      async () => killAtRandom(1, await postgres.createDatabase()),
      timeoutMs,
    );

    it(
      'lose and double nothing with two replicas',
      async () => killAtRandom(2, await postgres.createDatabase()),
      timeoutMs,
    );
  },
);
