import { entityOfChange } from '../briefing/digest-changes.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { WatchedChanges } from '../schedule/plan-at-once.ts';
import type { Store, StoredChange } from '../store/types.ts';
import type { ChangeWindows } from './change-windows.ts';
import type { Desk } from './desk.ts';

export interface WatchedChangesParts {
  readonly desk: Pick<Desk, 'contextAt' | 'state'>;
  readonly store: Pick<Store, 'knowledgeVersion'>;
  readonly windows: ChangeWindows;
}

/**
 * What changed about what, whatever its marking: it only decides who is looked after. What they are told is composed for
 * their ceiling, and is nothing where they may know of nothing.
 */
export function createWatchedChanges({ desk, store, windows }: WatchedChangesParts): WatchedChanges {
  return {
    version: async () => {
      const version = await store.knowledgeVersion();
      return desk.state().version === version ? version : undefined;
    },
    changedSince: async (from) => {
      const { changes } = await windows.window({ from });
      const { knowledge } = await desk.contextAt('red');
      const newest = new Map<string, number>();
      for (const change of changes) {
        for (const id of concerned(change, knowledge)) {
          newest.set(id, Math.max(newest.get(id) ?? change.at, change.at));
        }
      }
      return newest;
    },
  };
}

/** Ids of what a change is about, and of what the report names that it is about. */
function concerned(change: StoredChange, knowledge: Knowledge): readonly string[] {
  const entity = entityOfChange(change, knowledge);
  if (entity === undefined) return [];
  if (entity.type !== 'report') return idsOf(entity);
  const named = knowledge.claimsAbout(entity.id, 'reported-in').flatMap(({ subject }) => {
    const one = knowledge.entity(subject);
    return one === undefined ? [] : idsOf(one);
  });
  return [...idsOf(entity), ...named];
}

function idsOf({ id, otherIds }: Entity): readonly string[] {
  return [id, ...otherIds];
}
