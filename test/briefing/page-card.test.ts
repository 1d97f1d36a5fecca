import { describe, expect, it } from 'vitest';
import { contentsCard, pageCard, sourcesOfCard } from '../../src/briefing/page-card.ts';
import type { Card, Item } from '../../src/cards/card.ts';
import { sectionTexts } from '../helpers/reading.ts';

const items = Array.from(
  { length: 25 },
  (_, index): Item => ({ text: [{ text: `item ${index}`, cites: [index + 1] }] }),
);
const card: Card = {
  title: 'APT900',
  marking: 'clear',
  badges: [],
  sections: [
    { type: 'list', id: 'things', heading: 'Things', rank: 3, items },
    { type: 'text', id: 'who', rank: 0, paragraphs: [[{ text: 'Who.' }]] },
  ],
  sources: items.map((_, index) => ({
    number: index + 1,
    title: `Note ${index + 1}`,
    marking: 'clear',
    confidence: null,
  })),
  withheld: { count: 1, highest: 'amber' },
  actions: [],
  asOf: '2026-01-01T00:00:00.000Z',
  fallbackText: 'APT900',
};
const subject = { entity: 'intrusion-set--x' };

describe('pageCard', () => {
  it('shows one page with the way on and back', () => {
    const page = pageCard(card, 'things', 1, subject);

    expect(page && sectionTexts(page, 'things')).toEqual(
      items.slice(10, 20).map((_, index) => `item ${index + 10}`),
    );
    expect(page?.subtitle).toEqual([{ text: 'Page 2 of 3' }]);
    expect(page?.actions.map(({ label }) => label)).toEqual(['Next', 'Back', 'Whole Briefing']);
  });

  it('shows every item once over all pages', () => {
    const all = [0, 1, 2].flatMap((page) => {
      const shown = pageCard(card, 'things', page, subject);
      return shown === undefined ? [] : sectionTexts(shown, 'things');
    });

    expect(all).toEqual(items.map((_, index) => `item ${index}`));
  });

  it('keeps the numbers of the notes that it cites, and only those', () => {
    const page = pageCard(card, 'things', 2, subject);

    expect(page?.sources.map(({ number }) => number)).toEqual([21, 22, 23, 24, 25]);
  });

  it.each([-5, 99, Number.NaN])('takes page %s for one that exists', (page) => {
    expect(pageCard(card, 'things', page, subject)?.sections[0]).toMatchObject({ id: 'things' });
  });

  it('is undefined for a section that the card does not have', () => {
    expect(pageCard(card, 'nothing', 0, subject)).toBeUndefined();
  });

  it('keeps what is withheld in view', () => {
    expect(pageCard(card, 'things', 0, subject)?.withheld).toEqual({ count: 1, highest: 'amber' });
  });
});

describe('contentsCard', () => {
  it('has a line and a button for each section with a heading', () => {
    const contents = contentsCard(card, subject);

    expect(sectionTexts(contents, 'contents')).toEqual(['Things: 25 entries']);
    expect(contents.sections[0]).toMatchObject({
      items: [{ action: { label: 'Things', value: { verb: 'more', section: 'things', page: 0 } } }],
    });
  });
});

describe('sourcesOfCard', () => {
  it('lists every source', () => {
    expect(sectionTexts(sourcesOfCard(card, subject), 'sources')).toHaveLength(25);
  });

  it('says so when there is none', () => {
    expect(sectionTexts(sourcesOfCard({ ...card, sources: [] }, {}), 'nothing')).toEqual([
      'This answer cites no source.',
    ]);
  });
});
