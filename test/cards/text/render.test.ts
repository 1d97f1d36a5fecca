import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../../src/cards/text/render.ts';
import { columnsOf } from '../../../src/cards/text/width.ts';
import { cardRendererContract } from '../../contracts/card-renderer-contract.ts';
import { anyCard } from '../../helpers/cards.ts';
import { cleared } from '../../helpers/cleared.ts';
import { sampleCard } from '../../helpers/sample-card.ts';

const forbidden = /(?!\n)\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

cardRendererContract({
  name: 'renderText',
  render: (card) => ({ payload: renderText(cleared(card), { width: 200 }), dropped: [] }),
  check: (text) => (forbidden.test(text) ? ['a control or invisible character'] : []),
  shownText: (text) => text,
});

describe('renderText', () => {
  it('keeps within the width asked for, links apart', () => {
    const lines = renderText(cleared(sampleCard), { width: 40 }).split('\n');

    expect(lines.filter((line) => columnsOf(line) > 40 && !line.includes('https://'))).toEqual([]);
  });

  it('writes escape sequences only when colour is asked for', () => {
    expect(renderText(cleared(sampleCard))).not.toContain('\u001b');
    expect(renderText(cleared(sampleCard), { color: true })).toContain(
      '\u001b[1mAPT99 (Example Kitten)\u001b[0m',
    );
  });

  it('is the same with colour, but for the colour', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const colored = renderText(cleared(card), { color: true });

        // oxlint-disable-next-line no-control-regex
        expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderText(cleared(card)));
      }),
      { numRuns: 30 },
    );
  });

  it('shows an escape sequence in the data as visible characters', () => {
    const text = renderText(cleared({ ...sampleCard, title: 'APT\u001b[2J\u202e99' }));

    expect(text.split('\n')[0]).toBe('APT␛[2J‹U+202E›99');
  });
});
