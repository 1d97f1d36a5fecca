import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Person } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { AnswerStore } from '../store/answer-types.ts';
import type { Log } from '../support/log.ts';
import type { Desk } from './desk.ts';

/** Something that a person looked up. */
export interface RecentLookup {
  readonly id: StixId;
  readonly type: EntityType;
  /** What it is called now, where the look-ups are shown. */
  readonly name: string;
  /** The last time. */
  readonly at: Date;
}

export interface RecentLookupsRequest {
  /** Whose; `personOf(place, person)`. */
  readonly person: Person;
  /** What the place that they are shown in may see: what is above it now is left out. */
  readonly ceiling: Tlp;
  readonly limit: number;
}

/** Port: what people looked up last, for their home page and for type-ahead with nothing typed. */
export interface RecentLookups {
  /** Each thing once, newest first. Never rejects: what cannot be read counts as nothing. */
  recentLookups(request: RecentLookupsRequest): Promise<readonly RecentLookup[]>;
}

export interface RecentLookupsParts {
  readonly store: Pick<AnswerStore, 'lookups'>;
  readonly desk: Pick<Desk, 'contextAt'>;
  readonly log: Log;
}

/** Some of what was looked up may be gone, or above the ceiling. */
const spare = 3;

export function createRecentLookups({ store, desk, log }: RecentLookupsParts): RecentLookups {
  return {
    recentLookups: async ({ person, ceiling, limit }) => {
      try {
        const [{ knowledge }, lookups] = await Promise.all([
          desk.contextAt(ceiling),
          store.lookups(person, limit * spare),
        ]);
        const recent = new Map<StixId, RecentLookup>();
        for (const { entity: id, at } of lookups) {
          const entity = knowledge.entity(id);
          // Two that were looked up may be one by now.
          if (entity === undefined || recent.has(entity.id)) continue;
          const { type, name, houseName } = entity;
          recent.set(entity.id, { id: entity.id, type, name: houseName ?? name, at: new Date(at) });
        }
        return [...recent.values()].slice(0, limit);
      } catch (error) {
        log.error({ error }, 'recent look-ups could not be read');
        return [];
      }
    },
  };
}
