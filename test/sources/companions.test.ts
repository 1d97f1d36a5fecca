import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { companionReason } from '../../src/sources/companions.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';

const uuid = '00000000-0000-4000-8000-000000000001';

describe('what stands beside the events of a MISP feed', () => {
  it.each([
    ['a manifest', `{"${uuid}": {"info": "x"}}`, /manifest/],
    ['a manifest with a mark in front', `\uFEFF\r\n {\n "${uuid}" :\n{}}`, /manifest/],
    ['hashes of values', `${'a'.repeat(32)},${uuid}\n`, /name the file itself/],
    ['hashes of files', `${uuid}.json,${'a'.repeat(32)},${'b'.repeat(40)}\n`, /a connection to the feed/],
  ])('is known for what it is: %s', (_name, text, expected) => {
    expect(companionReason(text)).toMatch(expected);
  });

  it.each(['', '{}', '{"Event": {"uuid": "x"}}', 'a,b\n1,2\n', `{"uuid": "${uuid}"}`, 'prose', '[1]'])(
    'is not %j',
    (text) => {
      expect(companionReason(text)).toBeUndefined();
    },
  );
});

describeWithCorpus('the feeds of the corpus', () => {
  it('have an index and hashes, and no event is taken for one', () => {
    for (const feed of ['chrome-mal-ids', 'derived-eset-circl']) {
      for (const name of ['manifest.json', 'hashes.csv']) {
        expect(companionReason(readFileSync(corpusPath('misp-feed', feed, name), 'utf8'))).toBeDefined();
      }
    }
    const event = corpusPath('misp-feed/derived-eset-circl/57c4445b-c548-4654-af0b-4be3950d210f.json');
    expect(companionReason(readFileSync(event, 'utf8'))).toBeUndefined();
  });
});
