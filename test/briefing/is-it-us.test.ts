import { describe, expect, it } from 'vitest';
import { actorCard } from '../../src/briefing/actor-card.ts';
import type { Ours } from '../../src/briefing/context.ts';
import type { Card } from '../../src/cards/card.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { cleared } from '../helpers/cleared.ts';
import { ids, sampleKnowledge } from '../helpers/knowledge.ts';
import { sectionTexts } from '../helpers/reading.ts';

function cardFor(ours: Ours | undefined, ceiling: Tlp = 'green'): Card {
  const knowledge = sampleKnowledge(ceiling);
  const entity = knowledge.entity(ids.actor);
  if (entity === undefined) throw new Error('no actor');
  return actorCard(entity, knowledge, new Date('2026-01-20T00:00:00Z'), false, [], ours).card;
}

describe('whether an actor concerns us', () => {
  it.each([
    [['telecommunications'], ['europe'], 'Concerns us: targets Telecommunications; Germany (in Europe).'],
    [['telecommunications', 'energy'], [], 'Concerns us: targets Telecommunications.'],
    [[], ['DE'], 'Concerns us: targets Germany.'],
    [['energy'], ['asia'], 'No source records our sectors or regions among its targets.'],
    [['energy'], [], 'No source records our sectors among its targets.'],
    [[], ['FR'], 'No source records our regions among its targets.'],
  ])('is told for sectors %j and regions %j', (sectors, regions, expected) => {
    expect(sectionTexts(cardFor({ sectors, regions }), 'is-it-us')).toEqual([expected]);
  });

  it('cites who says so, and stands behind whom they hit', () => {
    const card = cardFor({ sectors: ['telecommunications'], regions: [] });
    const at = card.sections.findIndex(({ id }) => id === 'is-it-us');
    const section = card.sections[at];
    const cites =
      section?.type === 'text' ? section.paragraphs.flat().flatMap((span) => span.cites ?? []) : [];

    expect(card.sections[at - 1]?.id).toBe('targets');
    expect(section?.rank).toBe(0);
    expect(cites.length).toBeGreaterThanOrEqual(2);
  });

  it('is not asked where nobody said what we are', () => {
    expect(sectionTexts(cardFor(undefined), 'is-it-us')).toEqual([]);
    expect(sectionTexts(cardFor({ sectors: [], regions: [] }), 'is-it-us')).toEqual([]);
  });

  it('stands on every platform', () => {
    const card = cardFor({ sectors: ['telecommunications'], regions: ['europe'] });
    const shown = [
      renderText(cleared(card), { width: 100 }),
      renderHtml(cleared(card)),
      JSON.stringify(renderSlackMessage(cleared(card)).payload),
      JSON.stringify(renderAdaptiveCard(cleared(card)).payload),
    ];

    for (const text of shown) expect(text).toContain('Concerns us');
  });
});
