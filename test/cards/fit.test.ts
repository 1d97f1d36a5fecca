import { describe, expect, it } from 'vitest';
import { text } from '../../src/cards/build.ts';
import type { Card, Rank, Section } from '../../src/cards/card.ts';
import { type CardView, fitCard } from '../../src/cards/fit.ts';
import { hiddenLabel } from '../../src/cards/hidden.ts';
import type { Caps } from '../../src/cards/ladder.ts';
import { closingNote, droppedLabels, moreActions, sectionNote } from '../../src/cards/more.ts';
import { sampleCard } from '../helpers/sample-card.ts';

const caps: Caps = { titleChars: 100, textChars: 1_000, labelChars: 100, tableRows: 100, tableColumns: 20 };

function list(id: string, rank: Rank, count: number, total?: number): Section {
  const items = Array.from({ length: count }, (_, index) => ({ text: text(`${id} ${index}`) }));
  return { type: 'list', id, heading: id, rank, items, ...(total === undefined ? {} : { total }) };
}

function cardOf(...sections: readonly Section[]): Card {
  return { ...sampleCard, sections, sources: [] };
}

/** Fits when at most this many items are shown. */
function itemsUpTo(max: number): (view: CardView) => boolean {
  return ({ card }) =>
    card.sections.reduce((sum, section) => sum + (section.type === 'list' ? section.items.length : 0), 0) <=
    max;
}

function shown(view: CardView): readonly [string, number][] {
  return view.card.sections.map((section) => [
    section.id,
    section.type === 'list' ? section.items.length : 0,
  ]);
}

describe('fitCard', () => {
  it('leaves a card alone that fits', () => {
    const view = fitCard(cardOf(list('aliases', 2, 5)), caps, () => true);

    expect(shown(view)).toEqual([['aliases', 5]]);
    expect(view.hidden).toEqual([]);
  });

  it('shortens very long lists before it drops a section', () => {
    const view = fitCard(cardOf(list('aliases', 2, 100), list('reports', 9, 4)), caps, itemsUpTo(50));

    expect(shown(view)).toEqual([
      ['aliases', 40],
      ['reports', 4],
    ]);
    expect(sectionNote(view, 0)).toBe('+60 aliases');
  });

  it('drops the highest rank first, the last of equals first', () => {
    const card = cardOf(list('who', 0, 3), list('tools', 5, 3), list('reports', 9, 3), list('changes', 9, 3));

    expect(shown(fitCard(card, caps, itemsUpTo(9))).map(([id]) => id)).toEqual(['who', 'tools', 'reports']);
    expect(shown(fitCard(card, caps, itemsUpTo(6))).map(([id]) => id)).toEqual(['who', 'tools']);
  });

  it('shortens rank 0, and never drops it', () => {
    const view = fitCard(cardOf(list('choices', 0, 30), list('reports', 9, 3)), caps, itemsUpTo(4));

    expect(shown(view)).toEqual([['choices', 3]]);
    expect(droppedLabels(view)).toEqual(['27 choices', '3 reports']);
    expect(closingNote(view)).toBe('Not shown here: 3 reports');
  });

  it('tells what the card itself had left out already', () => {
    const view = fitCard(cardOf(list('techniques', 3, 12, 24)), caps, () => true);

    expect(droppedLabels(view)).toEqual(['12 techniques']);
  });

  it('drops the sources that only dropped sections cite', () => {
    const citing = (id: string, rank: Rank, cites: readonly number[]): Section => ({
      type: 'list',
      id,
      rank,
      items: [{ text: [{ text: id, cites }] }],
    });
    const card = { ...sampleCard, sections: [citing('who', 0, [1]), citing('reports', 9, [3])] };

    const view = fitCard(card, caps, itemsUpTo(1));

    expect(view.card.sources.map(({ number }) => number)).toEqual([1, 2]);
    expect(droppedLabels(view)).toContain('1 source');
  });
});

describe('moreActions', () => {
  it('offers the sections that are left out, the foremost first, but none that the card offers itself', () => {
    const card = cardOf(
      list('aliases', 2, 3),
      list('techniques', 3, 3),
      list('software', 4, 3),
      list('what-now', 5, 3),
    );

    const view = fitCard(card, caps, ({ card: { sections } }) => sections.length === 0);

    expect(moreActions(view).map(({ label }) => label)).toEqual([
      'More Aliases',
      'More Software',
      'More: what-now',
    ]);
  });

  it('offers nothing when no button of the card says what it is about', () => {
    const view = fitCard({ ...cardOf(list('aliases', 2, 3, 9)), actions: [] }, caps, () => true);

    expect(moreActions(view)).toEqual([]);
  });
});

describe('hiddenLabel', () => {
  it.each([
    [list('techniques', 3, 13), 12, '1 technique'],
    [list('aliases', 3, 2), 1, '1 alias'],
    [list('industries', 3, 2), 1, '1 industry'],
    [list('software', 3, 2), 0, '2 software'],
    [list('first-look', 3, 3), 1, '2 more in “first-look”'],
    [list('techniques', 3, 2, 5_000), 2, '4,998 techniques'],
    [list('techniques', 3, 2), 2, undefined],
  ])('counts what is left out of %o', (section, keep, label) => {
    expect(hiddenLabel(section, keep)).toBe(label);
  });
});
