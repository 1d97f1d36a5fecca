import { createSpotter, type Spotter } from '../briefing/spot/spot-mentions.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { SpotMentions } from '../ingest/types.ts';
import type { IdentitySource } from '../knowledge/identity.ts';
import { createKnowledgeBase } from '../knowledge/knowledge-base.ts';
import type { Knowledge, KnowledgeBase } from '../knowledge/types.ts';
import type { Store, StoredRecord } from '../store/types.ts';

/** What names are looked up in. */
export interface SpotterParts {
  readonly store: Pick<Store, 'records' | 'sources' | 'knowledgeVersion'>;
  /** Opens the operator's decisions, which say what is one thing. */
  readonly identity?: () => IdentitySource;
}

/**
 * Finds names in what a command imports, by what the store held when the first text came. Everything is loaded then,
 * which takes a second or so, and not before.
 */
export function storeSpotter(parts: SpotterParts): SpotMentions {
  let base: Promise<KnowledgeBase> | undefined;
  return spotterOver(async (ceiling) => {
    base ??= loadBase(parts);
    return (await base).at(ceiling);
  });
}

/** Finds names by what is known at the time: for a server, which has it loaded. */
export function spotterOver(knowledgeAt: (ceiling: Tlp) => Promise<Knowledge>): SpotMentions {
  const spotters = new WeakMap<Knowledge, Spotter>();
  return async (text, ceiling) => {
    const knowledge = await knowledgeAt(ceiling);
    const spotter = spotters.get(knowledge) ?? createSpotter(knowledge);
    spotters.set(knowledge, spotter);
    return spotter(text);
  };
}

async function loadBase({ store, identity }: SpotterParts): Promise<KnowledgeBase> {
  const version = await store.knowledgeVersion();
  const records: StoredRecord[] = [];
  for await (const record of store.records()) records.push(record);
  const sources = await store.sources();
  const decisions = identity === undefined ? {} : { identity: identity().current().decisions };
  return createKnowledgeBase({ records, sources, version, ...decisions });
}
