import { describe, expect, it } from 'vitest';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import type { Terminal } from '../../src/cli/runtime.ts';
import { renderCard } from '../../src/compose/render-card.ts';
import { cleared } from '../helpers/cleared.ts';
import { sampleCard } from '../helpers/sample-card.ts';

async function* nothing(): AsyncGenerator<string> {}

function terminal(colour: boolean, width: number): Terminal {
  return { stdin: nothing(), out: () => {}, err: () => {}, width, colour, verbose: false };
}

describe('renderCard', () => {
  it('paints text only where the terminal shows colours', () => {
    expect(renderCard(cleared(sampleCard), 'text', terminal(true, 80))).toContain('\u001b[');
    expect(renderCard(cleared(sampleCard), 'text', terminal(false, 80))).not.toContain('\u001b');
    expect(renderCard(cleared(sampleCard), 'plain', terminal(true, 80))).not.toContain('\u001b');
  });

  it('keeps text within the terminal’s width, and plain text the same on all', () => {
    const lines = renderCard(cleared(sampleCard), 'text', terminal(false, 60)).split('\n');

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(renderCard(cleared(sampleCard), 'plain', terminal(false, 60))).toBe(
      renderCard(cleared(sampleCard), 'plain', terminal(true, 200)),
    );
  });

  it('gives the platforms’ payloads as JSON', () => {
    const slack: unknown = JSON.parse(renderCard(cleared(sampleCard), 'slack', terminal(false, 80)));
    const teams: unknown = JSON.parse(renderCard(cleared(sampleCard), 'teams', terminal(false, 80)));

    expect(checkSlackPayload(slack)).toEqual([]);
    expect(checkAdaptiveCard(teams)).toEqual([]);
  });

  it('gives HTML with the title', () => {
    expect(renderCard(cleared(sampleCard), 'html', terminal(true, 80))).toMatch(/^<[\s\S]*APT99/);
  });
});
