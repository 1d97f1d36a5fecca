import { describe, expect, it } from 'vitest';
import type { Action, Card } from '../../../src/cards/card.ts';
import { walkObjects } from '../../../src/cards/shape.ts';
import { actionsBlocks, createActionIds } from '../../../src/cards/slack/actions.ts';
import { checkSlackPayload } from '../../../src/cards/slack/check.ts';
import { renderSlackMessage } from '../../../src/cards/slack/render.ts';
import type { SlackMessage } from '../../../src/cards/slack/types.ts';
import { cardRendererContract } from '../../contracts/card-renderer-contract.ts';
import { cleared } from '../../helpers/cleared.ts';
import { choiceCard, sampleCard } from '../../helpers/sample-card.ts';

/** Every text of the message, mrkdwn unescaped, with line ends where a reader sees them. */
function shownText(message: SlackMessage): string {
  const parts: string[] = [];
  walkObjects(message.blocks, ({ type, text, elements }) => {
    if (typeof text === 'string') parts.push(type === 'mrkdwn' ? unescape(text) : text);
    if (type === 'rich_text_section' && elements !== undefined) parts.push('\n');
  });
  return parts.join('');
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

cardRendererContract({
  name: 'renderSlackMessage',
  render: (card) => renderSlackMessage(cleared(card)),
  check: (payload) => [
    ...checkSlackPayload(payload),
    ...(/<[!@#](?!date\^)/.test(JSON.stringify(payload)) ? ['a mention token'] : []),
  ],
  shownText,
});

function cardWith(change: Partial<Card>): Card {
  return { ...sampleCard, ...change };
}

function blocksOf(card: Card, type: string): readonly unknown[] {
  return renderSlackMessage(cleared(card)).payload.blocks.filter((block) => block.type === type);
}

describe('renderSlackMessage', () => {
  it('never lets Slack unfurl a link', () => {
    const { payload } = renderSlackMessage(cleared(sampleCard));

    expect(payload).toMatchObject({ unfurl_links: false, unfurl_media: false });
  });

  it('escapes the fallback text and defangs the addresses in it', () => {
    const { payload } = renderSlackMessage(
      cleared({ ...choiceCard, fallbackText: 'A & B <https://evil.example> evil.example 192.0.2.1' }),
    );

    expect(payload.text).toBe(
      'A &amp; B &lt;hxxps://evil[.]example> evil[.]example 192[.]0[.]2[.]1'.replace('>', '&gt;'),
    );
  });

  it('shows three buttons, the primary one first, and puts the rest into an overflow menu', () => {
    const [row] = blocksOf(sampleCard, 'actions');

    expect(row).toMatchObject({
      elements: [
        { type: 'button', style: 'primary', text: { text: 'Share' } },
        { type: 'button', text: { text: 'More Techniques' } },
        { type: 'button', text: { text: 'Sources' } },
        {
          type: 'overflow',
          options: [{ text: { text: 'Open in ATT&CK' } }, { text: { text: 'Compare' } }, {}],
        },
      ],
    });
  });

  it.each([
    [6, 3, [3]],
    [8, 3, [5]],
    [9, 4, [5]],
    [10, 5, [5]],
    [12, 5, [5, 2]],
  ])('keeps Share in sight of %d buttons, and a second menu away', (count, visible, menus) => {
    const ask = (label: string): Action => ({
      type: 'command',
      label,
      value: { verb: 'ask', question: label },
    });
    const share: Action = { type: 'command', label: 'Share', value: { verb: 'share', question: 'q' } };
    const others = Array.from({ length: count - 1 }, (_, index) => ask(`B${index}`));
    const elements = actionsBlocks([...others, share], createActionIds()).flatMap((block) =>
      block.type === 'actions' ? block.elements : [],
    );
    const buttons = elements.flatMap((one) => (one.type === 'button' ? [one.text.text] : []));
    const options = elements.flatMap((one) => (one.type === 'overflow' ? [one.options.length] : []));

    expect(buttons.slice(0, 2)).toEqual(['B0', 'Share']);
    expect(buttons).toHaveLength(visible);
    expect(options).toEqual(menus);
  });

  it('gives a choice a button beside each item', () => {
    const sections = blocksOf(choiceCard, 'section');

    expect(sections).toHaveLength(2);
    expect(sections[0]).toMatchObject({
      text: { type: 'plain_text', text: 'Example Kitten · Nowhere' },
      accessory: { type: 'button', action_id: 'threatbrief:brief:0' },
    });
  });

  it('renders a second table as a list, since Slack takes one a message', () => {
    const table = sampleCard.sections.find(({ type }) => type === 'table');
    const card = cardWith({ sections: table === undefined ? [] : [table, { ...table, id: 'others' }] });

    expect(blocksOf(card, 'table')).toHaveLength(1);
    expect(checkSlackPayload(renderSlackMessage(cleared(card)).payload)).toEqual([]);
  });

  it('drops the highest ranks first and offers a button for what it dropped', () => {
    const long = 'A sentence of an invented report that goes on. '.repeat(40);
    const filler = (id: string, rank: 2 | 7) =>
      ({
        type: 'list',
        id,
        heading: id,
        rank,
        items: Array.from({ length: 4 }, () => ({ text: [{ text: long }] })),
      }) as const;
    const card = cardWith({ sections: [filler('campaigns', 7), filler('aliases', 2)] });

    const { payload, dropped } = renderSlackMessage(cleared(card));

    expect(dropped.join()).toContain('campaigns');
    expect(dropped.join()).not.toMatch(/^4 aliases/);
    expect(JSON.stringify(payload.blocks)).toContain('More Aliases');
  });

  it('shows the date in the zone of each reader', () => {
    expect(JSON.stringify(blocksOf(sampleCard, 'context'))).toContain(
      '<!date^1763625600^As of {date_short_pretty}',
    );
  });
});
