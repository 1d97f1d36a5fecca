import type { SourceRecord } from '../../src/domain/record.ts';
import { isUuid, uuidOf } from '../../src/domain/stix-id.ts';
import { tlpLevels } from '../../src/domain/tlp.ts';

/** Why the store could not keep a record, or a reader of it not take it for what its type says; empty when all is well. */
export function storableProblems(record: SourceRecord): readonly string[] {
  const problems: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) problems.push(`the record ${JSON.stringify(record.externalId.slice(0, 80))}: ${what}`);
  };
  const isAddress = (text: string): boolean => /^https?:\/\//.test(text);
  must(record.externalId.trim() !== '' && record.externalId.length <= 500, 'its id');
  must(record.title.trim() !== '', 'no title');
  must(record.entity === undefined || record.entity.name.trim() !== '', 'a thing without a name');
  must(record.entity?.id === undefined || isUuid(uuidOf(record.entity.id)), 'the id of its thing');
  must(record.marking === undefined || tlpLevels.includes(record.marking.tlp), 'its marking');
  must(record.url === undefined || isAddress(record.url), 'its address');
  for (const date of [record.created, record.modified]) {
    must(date === undefined || !Number.isNaN(Date.parse(date)), `its date ${date}`);
  }
  const { confidence = 0 } = record;
  must(confidence >= 0 && confidence <= 100, `its confidence ${confidence}`);
  for (const claim of record.claims) {
    must(
      claim.reference === undefined || isAddress(claim.reference),
      `the reference of a ${claim.predicate}`,
    );
    must(claim.predicate !== 'reference' || isAddress(claim.url), 'the address of a reference');
    must(!('text' in claim) || typeof claim.text === 'string', `the text of a ${claim.predicate}`);
  }
  for (const { value, lookupValues } of record.indicators ?? []) {
    must(value !== '' && value.length <= 4096, 'the value of an indicator');
    must(
      lookupValues.every((text) => typeof text === 'string'),
      'what an indicator is looked up by',
    );
  }
  const json = JSON.stringify(record);
  must(JSON.stringify(JSON.parse(json)) === json, 'its JSON');
  return problems;
}
