import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Rendered } from '../../src/cards/card.ts';
import { sizeOf } from '../../src/cards/hidden.ts';
import { anyCard, hostileStrings, marker, sectionId } from '../helpers/cards.ts';
import { choiceCard, sampleCard } from '../helpers/sample-card.ts';

export interface CardRendererUnderTest<Payload> {
  readonly name: string;
  render(card: Card): Rendered<Payload>;
  /** Problems with the payload, found independently of the renderer. */
  check(payload: Payload): readonly string[];
  /** Everything that a person sees of the payload, as they see it: escapes undone. */
  shownText(payload: Payload): string;
}

/** What holds for every renderer of a card, whatever the card. */
export function cardRendererContract<Payload>(renderer: CardRendererUnderTest<Payload>): void {
  describe(`${renderer.name} as a card renderer`, () => {
    it.each([
      ['a rich card', sampleCard],
      ['a choice', choiceCard],
    ])('renders %s without a problem', (_, card) => {
      const { payload } = renderer.render(card);

      expect(renderer.check(payload)).toEqual([]);
      expect(renderer.shownText(payload)).toContain(card.title);
    });

    it('shows every heading, item, source and badge of a card that fits', () => {
      const shown = renderer.shownText(renderer.render(sampleCard).payload);

      for (const { heading } of sampleCard.sections)
        if (heading !== undefined) expect(shown).toContain(heading);
      for (const { title, number } of sampleCard.sources) {
        expect(shown).toContain(title);
        expect(shown).toContain(`[${number}]`);
      }
      for (const { text } of sampleCard.badges) expect(shown).toContain(text);
      expect(shown).toContain('2 items withheld: TLP:AMBER');
      expect(shown).toContain('+18 techniques');
    });

    it('defangs what is marked as an indicator', () => {
      const shown = renderer.shownText(renderer.render(sampleCard).payload);

      expect(shown).toContain('update[.]example[.]com');
      expect(shown).not.toContain('update.example.com');
      expect(shown).not.toContain('192.0.2.10');
    });

    it.each(hostileStrings)('renders %j everywhere without a problem', (words) => {
      const { payload } = renderer.render(cardOf(words));

      expect(renderer.check(payload)).toEqual([]);
    });

    it('survives a text of a megabyte and says what it cut', () => {
      const { payload, dropped } = renderer.render(hugeCard());

      expect(renderer.check(payload)).toEqual([]);
      for (const label of dropped) expect(renderer.shownText(payload)).toContain(label);
    });

    it.each([1_400, 1_496, 9_000])(
      'offers what it can of a card about a question of %i characters',
      (length) => {
        const { payload } = renderer.render(cardAbout('?'.repeat(length)));

        expect(renderer.check(payload)).toEqual([]);
      },
    );

    it('keeps within the limits, and tells everything that it leaves out, for any card', {
      timeout: 120_000,
    }, () => {
      fc.assert(
        fc.property(anyCard, (card) => {
          const { payload, dropped } = renderer.render(card);
          const shown = renderer.shownText(payload);

          expect(renderer.check(payload)).toEqual([]);
          for (const label of dropped) expect(shown).toContain(label);
          expect(untold(card, shown, dropped)).toEqual([]);
        }),
        // Shrinking a failing card of this size would take half an hour.
        { numRuns: 150, endOnFailure: true },
      );
    });
  });
}

/** Sections of which something is neither shown nor named in `dropped`. */
function untold(card: Card, shown: string, dropped: readonly string[]): readonly string[] {
  if (dropped.some((label) => label.endsWith('other parts'))) return [];
  return card.sections.flatMap((section, index) => {
    const size = sizeOf(section);
    const missing = Array.from({ length: size }, (_, part) => marker(index, part)).filter(
      (mark) => !shown.includes(mark),
    );
    const isTold = dropped.some((label) => label.includes(sectionId(index)) || label.includes(wordOf(index)));
    return missing.length > 0 && !isTold ? [`${missing.length} of ${section.id}`] : [];
  });
}

function wordOf(index: number): string {
  return sectionId(index).slice(0, -1);
}

/** A card too big for any platform, whose every button would carry the question. */
function cardAbout(question: string): Card {
  const text = [{ text: 'word '.repeat(600) }];
  return {
    ...cardOf('x'),
    sections: Array.from({ length: 6 }, (_, index) => ({
      id: sectionId(index),
      rank: 3,
      type: 'list',
      items: Array.from({ length: 30 }, () => ({ text })),
    })),
    actions: [{ type: 'command', label: 'Share', value: { verb: 'share', question } }],
  };
}

function hugeCard(): Card {
  const text = [{ text: '<!channel> [x](https://evil.example) 😀'.repeat(25_000) }];
  const small = cardOf('x');
  return {
    ...small,
    title: text[0]?.text ?? '',
    sections: [
      { id: 'overview', heading: 'Overview', rank: 1, type: 'text', paragraphs: [text] },
      { id: 'aliases', rank: 2, type: 'list', items: [{ text }] },
    ],
  };
}

function cardOf(words: string): Card {
  const text = [{ text: words }, { text: words, link: words, cites: [1] }, { text: words, defang: true }];
  const action = { type: 'command', label: words, value: { verb: 'ask', question: words } } as const;
  const base = { id: words, heading: words, rank: 3 } as const;
  return {
    title: words,
    subtitle: text,
    marking: 'clear',
    badges: [{ text: words, tone: 'warning' }],
    sections: [
      { ...base, type: 'text', paragraphs: [text, text] },
      { ...base, type: 'fields', fields: [{ label: words, value: text }] },
      { ...base, type: 'list', items: [{ text }, { text, action }] },
      { ...base, type: 'table', columns: [words, words], rows: [[text, text], [text]] },
      { ...base, type: 'timeline', items: [{ date: words, text }] },
    ],
    sources: [{ number: 1, title: words, url: words, date: words, marking: 'clear', confidence: 50 }],
    withheld: { count: 1, highest: 'red' },
    actions: [action, { type: 'link', label: words, url: words }],
    asOf: words,
    fallbackText: words,
  };
}
