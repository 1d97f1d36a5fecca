import { describe, expect, it } from 'vitest';
import { deliverySteps } from '../../src/schedule/engine-types.ts';
import { isLong } from '../helpers/faults/bounds.ts';
import { openCrew } from '../helpers/faults/crew.ts';
import { report } from '../helpers/faults/report.ts';
import { manyMisfortunes, noMisfortunes } from '../helpers/faults/stand-in.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

/** Where a process is killed: at each step of a delivery, and while its request is on the way. */
const steps = ['in-flight', ...deliverySteps];
/** A process takes up to sixteen at a time, and leaves them behind. */
const subscriptions = 180;

async function killAtEveryStep(databaseUrl?: string): Promise<void> {
  const crew = await openCrew({
    subscriptions,
    // Many answers are lost, so that there is something to settle.
    misfortunes: { ...manyMisfortunes, lost: 0.2 },
    seed: 1,
    speed: 25,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  try {
    const workers = await Promise.all(
      steps.map((step, index) => crew.start({ step, times: 1 + (index % 3) })),
    );
    for (const worker of workers) {
      worker.begin();
      await worker.ended;
      crew.kills += 1;
    }
    // What is left is delivered soon.
    if (!isLong) crew.standIn.misfortunes = noMisfortunes;
    await crew.start();
    await crew.untilDone(40);

    const tally = await crew.tally();
    report(databaseUrl === undefined ? 'SQLite' : 'PostgreSQL', 'every step', tally);
    expect(tally).toMatchObject({
      lost: 0,
      doubled: 0,
      kills: steps.length,
      states: { posted: subscriptions },
    });
  } finally {
    await crew.close();
  }
}

describe('a process that is killed at any step', () => {
  it('loses and doubles nothing on the embedded database', () => killAtEveryStep());
});

describeWithPostgres('a process that is killed at any step, on PostgreSQL', (postgres) => {
  it('loses and doubles nothing', async () => killAtEveryStep(await postgres.createDatabase()));
});
