import type { StoredChange } from '../../src/store/types.ts';
import { ids } from './knowledge.ts';

type ChangeParts = Partial<StoredChange> & Pick<StoredChange, 'kind' | 'source' | 'recordId'>;

interface ClaimParts extends Partial<StoredChange> {
  /** The entity's id; the sample's actor when absent. */
  readonly about?: string;
  /** The id of what the claim names, such as a malware that is used. */
  readonly target?: string;
}

export interface ChangeMaker {
  change(parts: ChangeParts): StoredChange;
  /** A claim that was added. */
  claim(source: string, predicate: string, value: string, parts?: ClaimParts): StoredChange;
}

/** Makes changes of the sample knowledge, a day before `now` and numbered one after the other. */
export function createChanges(now: Date): ChangeMaker {
  let nextId = 1;
  const change: ChangeMaker['change'] = (parts) => {
    nextId += 1;
    return {
      id: nextId,
      at: now.getTime() - 86_400_000,
      title: parts.recordId,
      marking: 'clear',
      detail: {},
      ...parts,
    };
  };
  return {
    change,
    claim: (source, predicate, value, { about = ids.actor, target, ...parts } = {}) =>
      change({
        kind: 'claim-added',
        source,
        recordId: `${source}-${value}`,
        detail: {
          predicate,
          value,
          subject: { types: ['intrusion-set'], id: about },
          ...(target === undefined ? {} : { target: { id: target } }),
          ...(predicate === 'alias' ? { relation: 'same-as' } : {}),
        },
        ...parts,
      }),
  };
}
