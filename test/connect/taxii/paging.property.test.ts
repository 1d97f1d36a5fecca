import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../helpers/property-runs.ts';
import type { SyncState } from '../../../src/connect/types.ts';
import {
  createStandIn,
  keyOf,
  malware,
  type Quirks,
  type StandIn,
  type StoredObject,
  type SyncSetup,
  syncWith,
} from './stand-in.ts';

/** Few different times, so that many objects share one; some differ behind the millisecond only. */
const addedTimes = fc.constantFrom(
  '2026-01-01T00:00:00.000000Z',
  '2026-01-01T00:00:00.000400Z',
  '2026-01-01T00:00:00.000900Z',
  '2026-01-01T00:00:00.001000Z',
  '2026-01-02T00:00:00.000000Z',
  '2026-01-03T12:00:00.500000Z',
);

const lists = fc
  .array(addedTimes, { maxLength: 24 })
  .map((times) => times.map((added, index) => malware(index, added)));

const quirks: fc.Arbitrary<Quirks> = fc.record(
  {
    next: fc.constantFrom('same', 'none', 'each'),
    noDates: fc.boolean(),
    ignoresAddedAfter: fc.boolean(),
    endsEmpty: fc.boolean(),
    noMatchId: fc.boolean(),
    order: fc.constantFrom('ascending', 'descending'),
    olderMediaType: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Without `next`, times are all there is to go by: the standard's order, and the times, have to be there. */
function possible(given: Quirks): Quirks {
  return given.next === 'none' ? { ...given, noDates: false, order: 'ascending' } : given;
}

describe('reading a collection', () => {
  it('brings every object, whatever the page size, the order, the sharing of times and the interruptions', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        quirks,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
        async (objects, given, pageSize, bundleObjects, interruptions) => {
          const server = createStandIn(objects, pageSize, possible(given));
          const limits = { bundleObjects };
          const connection = asking(pageSize);
          const delivered = new Set<string>();
          let state: SyncState = {};
          for (const stopAfter of interruptions) {
            const run = await syncWith(server, { state, stopAfter, limits, connection });
            ({ state } = run);
            for (const one of run.delivered) delivered.add(one);
          }

          const last = await syncWith(server, { state, limits, connection });

          for (const one of last.delivered) delivered.add(one);
          expect(last.failure).toBeUndefined();
          expect(last.steps.filter(({ kind }) => kind === 'rejection')).toEqual([]);
          expect([...delivered].sort()).toEqual(keys(objects));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('brings what a failure of the server cut off, the next time', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        quirks,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        async (objects, given, pageSize, failing) => {
          const server = createStandIn(objects, pageSize, possible(given));
          const limits = { bundleObjects: 2 };
          const connection = asking(pageSize);
          // The server does its part, and its answer is lost: the worst moment for one that remembers the reader.
          const before = (url: URL, count: number) => {
            if (count !== failing) return undefined;
            server.answer({ path: url.pathname + url.search, headers: {} });
            return { status: 502 };
          };

          const first = await syncWith(server, { limits, before, connection });
          const second = await syncWith(server, { limits, state: first.state, connection });

          expect(second.failure).toBeUndefined();
          expect([...new Set([...first.delivered, ...second.delivered])].sort()).toEqual(keys(objects));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('brings what was added since, and nothing else where the server tells times', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        lists,
        quirks,
        fc.integer({ min: 1, max: 7 }),
        async (old, more, given, pageSize) => {
          const server = createStandIn([...old], pageSize, possible(given));
          const connection = asking(pageSize);
          const first = await syncWith(server, { connection });
          const added = more.map(({ object }, index) =>
            malware(1000 + index, '2026-01-20T00:00:00.000000Z', object),
          );
          server.objects.push(
            ...added.map((one, index) => ({ ...one, object: { ...one.object, id: idOf(1000 + index) } })),
          );

          const second = await syncWith(server, { state: first.state, connection });

          const fresh = keys(server.objects.slice(old.length));
          for (const key of fresh) expect(second.delivered).toContain(key);
          const isDated = possible(given).noDates !== true && given.ignoresAddedAfter !== true;
          if (isDated && old.length > 0) expect([...second.delivered].sort()).toEqual(fresh);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** A connection that asks for so many objects at once. */
function asking(pageSize: number): NonNullable<SyncSetup['connection']> {
  return { options: { limit: String(pageSize) } };
}

function idOf(index: number): unknown {
  return malware(index, '').object['id'];
}

function keys(objects: readonly StoredObject[] | StandIn['objects']): readonly string[] {
  return objects.map(({ object }) => keyOf(object)).sort();
}
