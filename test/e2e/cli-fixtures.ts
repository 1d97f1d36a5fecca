import { fakeId } from '../helpers/knowledge.ts';

interface Bundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly unknown[];
}

const stamp = { created: '2024-01-01T00:00:00.000Z', modified: '2024-02-01T00:00:00.000Z' };

/**
 * A small STIX 2.1 bundle of an invented laboratory: one actor, called Quartz Walrus besides its name, one malware,
 * and that the one uses the other; three records. `series` keeps the ids of several bundles apart.
 */
export function acmeBundle(more: readonly unknown[] = [], name = 'XPT901', series = 0): Bundle {
  const number = 901 + series * 10;
  const actor = fakeId('intrusion-set', number);
  const malware = fakeId('malware', number + 1);
  const common = { spec_version: '2.1', ...stamp };
  return {
    type: 'bundle',
    id: `bundle--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    objects: [
      {
        ...common,
        type: 'identity',
        id: 'identity--00000000-0000-4000-8000-000000000900',
        name: 'Example Lab',
        identity_class: 'organization',
      },
      {
        ...common,
        type: 'intrusion-set',
        id: actor,
        name,
        aliases: series === 0 ? ['Quartz Walrus'] : [`Walrus ${number}`],
        created_by_ref: 'identity--00000000-0000-4000-8000-000000000900',
      },
      { ...common, type: 'malware', id: malware, name: `WalrusDoor ${number}`, is_family: true },
      {
        ...common,
        type: 'relationship',
        id: `relationship--00000000-0000-4000-8000-${String(number + 2).padStart(12, '0')}`,
        relationship_type: 'uses',
        source_ref: actor,
        target_ref: malware,
      },
      ...more,
    ],
  };
}

/** Objects that no importer can take: without a name, with an id that is none, and not an object at all. */
export const brokenObjects: readonly unknown[] = [
  { type: 'intrusion-set', spec_version: '2.1', id: fakeId('intrusion-set', 990), ...stamp },
  { type: 'intrusion-set', spec_version: '2.1', id: 'not-an-id', name: 'Broken', ...stamp },
  42,
];
