import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Card, Item } from '../../../src/cards/card.ts';
import { walkObjects } from '../../../src/cards/shape.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { renderAdaptiveCard } from '../../../src/cards/teams/render.ts';
import type { AdaptiveCard } from '../../../src/cards/teams/types.ts';
import { cardRendererContract } from '../../contracts/card-renderer-contract.ts';
import { cleared } from '../../helpers/cleared.ts';
import { choiceCard, sampleCard } from '../../helpers/sample-card.ts';

/** Every text of the card with its markdown escapes undone. */
function shownText(card: AdaptiveCard): string {
  const parts: string[] = [];
  walkObjects(card.body, ({ text, title, value }) => {
    for (const words of [text, title, value]) if (typeof words === 'string') parts.push(words);
  });
  return parts.join('\n').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

cardRendererContract({
  name: 'renderAdaptiveCard',
  render: (card) => renderAdaptiveCard(cleared(card)),
  check: checkAdaptiveCard,
  shownText,
});

interface Parser {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void };
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): { message: string } };
}

describe('renderAdaptiveCard', () => {
  it('is understood whole by the reference parser', () => {
    const require = createRequire(import.meta.url);
    const { AdaptiveCard, SerializationContext }: Parser = require('adaptivecards/dist/adaptivecards.js');
    for (const card of [sampleCard, choiceCard]) {
      const context = new SerializationContext();

      new AdaptiveCard().parse(renderAdaptiveCard(cleared(card)).payload, context);

      expect(Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message)).toEqual([]);
    }
  });

  it('shows five buttons and keeps the rest behind the menu', () => {
    const actions = renderAdaptiveCard(cleared(sampleCard)).payload.actions ?? [];

    expect(actions.map(({ title, mode }) => [title, mode])).toEqual([
      ['Share', undefined],
      ['More Techniques', undefined],
      ['Sources', undefined],
      ['Open in ATT&CK', undefined],
      ['Compare', undefined],
      ['Campaigns', 'secondary'],
    ]);
  });

  it('puts long buttons below their text, and short ones beside it', () => {
    const item = (label: string): Item => ({
      text: [{ text: `${label}: 2 entries` }],
      action: { type: 'command', label, value: { verb: 'ask', question: label } },
    });
    const items = [item('Software'), item('What they use, rarest in these sources first')];
    const card: Card = { ...sampleCard, sections: [{ type: 'list', id: 'contents', rank: 0, items }] };

    const { body } = renderAdaptiveCard(cleared(card)).payload;

    const types = body.map(({ type }) => type);
    expect(types.slice(types.indexOf('ColumnSet')).slice(0, 3)).toEqual([
      'ColumnSet',
      'TextBlock',
      'ActionSet',
    ]);
  });

  it('gives each command a fallback that carries the same data', () => {
    const [share] = renderAdaptiveCard(cleared(sampleCard)).payload.actions ?? [];

    expect(share).toMatchObject({
      type: 'Action.Execute',
      verb: 'threatbrief',
      data: { threatbrief: 's|intrusion-set--00000000-0000-4000-8000-000000000039' },
      fallback: {
        type: 'Action.Submit',
        data: { threatbrief: 's|intrusion-set--00000000-0000-4000-8000-000000000039' },
      },
    });
  });

  it('fixes no colour and no width', () => {
    const json = JSON.stringify(renderAdaptiveCard(cleared(sampleCard)).payload);

    expect(json).not.toMatch(/\d+px|#[0-9a-f]{6}|"width":"?\d{2,}/i);
  });
});
