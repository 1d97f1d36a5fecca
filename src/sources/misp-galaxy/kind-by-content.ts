import type { EntityType } from '../../domain/entity-type.ts';
import { kindByWords } from '../galaxy-kinds.ts';
import { isJsonObject, ownValue } from '../json-document.ts';
import type { ClusterFile } from './schema.ts';

/** Keys of an entry's `meta` that only entries of one kind have. */
const telling: readonly (readonly [EntityType, readonly string[]])[] = [
  [
    'intrusion-set',
    [
      'attribution-confidence',
      'cfr-suspected-state-sponsor',
      'cfr-suspected-victims',
      'cfr-type-of-incident',
      'suspected-victims',
      'threat-actor-classification',
      'motive',
    ],
  ],
  [
    'malware',
    ['encryption', 'extensions', 'ransomnotes', 'ransomnotes-filenames', 'malware_type', 'payment-method'],
  ],
  ['attack-pattern', ['kill_chain', 'mitre_platforms']],
];
const maxLooked = 500;

/**
 * What the entries of a galaxy are that says nothing of it in its type and category: by its name, else by keys of the
 * entries' metadata; undefined where these tell nothing either.
 */
export function kindByContent(file: ClusterFile): EntityType | undefined {
  const byName = kindByWords(file.name ?? '');
  if (byName !== undefined) return byName;
  let best: { type: EntityType; count: number } | undefined;
  for (const [type, keys] of telling) {
    const count = file.values.slice(0, maxLooked).filter((value) => hasAny(value, keys)).length;
    if (count > (best?.count ?? 0)) best = { type, count };
  }
  return best?.type;
}

function hasAny(value: unknown, keys: readonly string[]): boolean {
  const meta = isJsonObject(value) ? ownValue(value, 'meta') : undefined;
  return isJsonObject(meta) && keys.some((key) => Object.hasOwn(meta, key));
}
