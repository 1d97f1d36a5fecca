import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/ingest/decode.ts';
import { webFeedImporter } from '../../../src/sources/web-feed/index.ts';

/** A feed in bytes of one encoding, whatever it declares. */
function titlesOf(declared: string, title: readonly number[] | string): readonly string[] {
  const bytes = Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="${declared}"?><rss version="2.0"><channel><item><title>`),
    typeof title === 'string' ? Buffer.from(title) : Buffer.from(title),
    Buffer.from('</title></item></channel></rss>'),
  ]);
  const decoded = decode(bytes, 1_000_000);
  if (!decoded.ok) throw new Error(decoded.reason);
  return [...webFeedImporter.read({ place: 'x', bytes: decoded.bytes }, {})].flatMap((item) =>
    item.kind === 'record' ? [item.record.title] : [],
  );
}

describe('the encoding of a feed', () => {
  it.each([
    ['windows-1251', [0xd2, 0xe5, 0xed, 0xfc], 'Тень'],
    ['ISO-8859-2', [0xb1, 0xe6], 'ąć'],
    ['ISO-8859-1', [0xe9, 0x80], 'é€'],
    ['Shift_JIS', [0x83, 0x65], 'テ'],
    ['no-such-encoding', [0xe9], 'é'],
    ['windows-1251', 'Тень é', 'Тень é'],
    ['utf-8', [0xe9], 'é'],
  ])('that declares %s is read as what it is (%#)', (declared, title, expected) => {
    expect(titlesOf(declared, title)).toEqual([expected]);
  });
});
