import * as fc from 'fast-check';
import { fieldNames, parseMapping } from '../../../src/sources/csv/mapping.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile } from '../words.ts';

const headers = ['Threat Actor', 'Aliases', 'Country', 'Group', 'Synonyms', 'Tools', '1', '2'] as const;
const column: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.constantFrom<unknown>(...headers), weight: 6 },
  {
    arbitrary: fc.record(
      {
        column: fc.oneof(fc.constantFrom<unknown>(...headers), fc.nat(20)),
        split: fc.oneof(fc.constantFrom(';', ',', '/', '\n'), hostile()),
        relation: fc.constantFrom('same-as', 'overlaps', 'x'),
        coinedBy: hostile(),
        format: fc.oneof(fc.constantFrom('DD.MM.YYYY', 'YYYY', 'MM/DD/YY'), hostile()),
      },
      { requiredKeys: ['column'] },
    ),
    weight: 3,
  },
  { arbitrary: hostile(), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
);

const mappingObjects = fc.record(
  {
    source: fc.record(
      {
        name: fc.oneof(fc.constant('acme-actors'), hostile()),
        marking: fc.oneof(fc.constantFrom('amber', 'red', 'CLEAR'), hostile()),
        reliability: fc.constantFrom('A', 'F', 'Z'),
        complete: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    table: fc.record(
      {
        delimiter: fc.oneof(fc.constantFrom(';', ',', '\t', '|'), hostile()),
        header: fc.nat(4),
        comment: hostile(),
      },
      { requiredKeys: [] },
    ),
    type: fc.oneof(fc.constantFrom('actor', 'malware', 'technique', 'report', 'vulnerability'), hostile()),
    columns: fc
      .tuple(
        fc.dictionary(
          fc.constantFrom(...fieldNames, '__proto__'),
          fc.oneof(column, fc.array(column, { maxLength: 3 })),
          { maxKeys: 6 },
        ),
        column,
      )
      .map(([columns, name]) => ({ name, ...columns })),
  },
  { requiredKeys: ['columns'] },
);

const yaml =
  'source:\n  name: acme\ntable:\n  delimiter: ";"\ncolumns:\n  name: Group\n  aliases:\n    - { column: Synonyms, split: "," }\n';

/** Mappings of tables as operators write them: JSON, YAML, and what is neither. */
export const mappings: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: mappingObjects.map((value) => JSON.stringify(value)), weight: 6 },
  { arbitrary: edited(fc.constant(yaml)), weight: 3 },
  {
    arbitrary: edited(
      mappingObjects.map((value) => JSON.stringify(value)),
      2,
    ),
    weight: 2,
  },
  { arbitrary: hostile(), weight: 1 },
);

export const mappingTarget = defineTarget<string>('mappings', 'mappings of tables', () => ({
  inputs: mappings,
  problemsOf: (text) => {
    const read = parseMapping(text);
    if (read.ok) return read.mapping.columns.name === undefined ? ['a mapping without a name'] : [];
    return /^mapping: ./.test(read.reason) && read.reason.length < 8_000
      ? []
      : [`its reason: ${read.reason.slice(0, 200)}`];
  },
}));
