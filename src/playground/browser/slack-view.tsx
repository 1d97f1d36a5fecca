import { type MouseEvent, type ReactNode, useMemo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { SlackBlock, SlackButton } from '../../cards/slack/types.ts';
import type { PanelProps } from './panel-props.ts';
import { SlackActions } from './slack-actions.tsx';
import { pressSlackButton } from './slack-press.ts';

/**
 * A message by slack-blocks-to-jsx, completed where that library only draws: its buttons and menus do nothing when
 * pressed, so `actions` blocks are drawn here, and presses of the other buttons are caught on their way.
 */
export function SlackView({ reply, theme, onPress }: PanelProps): ReactNode {
  const { blocks } = reply.slack.payload;
  const parts = useMemo(() => partsOf(blocks), [blocks]);
  const buttons = useMemo(() => accessoriesOf(blocks), [blocks]);

  function onClickCapture(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const button = buttons.get(event.target.closest('button')?.id ?? '');
    if (button === undefined) return;
    event.stopPropagation();
    pressSlackButton(button, onPress);
  }

  return (
    <div className="slack-message" onClickCapture={onClickCapture}>
      {parts.map((part, index) =>
        part.kind === 'actions' ? (
          <SlackActions key={index} elements={part.elements} onPress={onPress} />
        ) : (
          <Message
            key={index}
            blocks={part.blocks}
            logo=""
            name="threatbrief"
            theme={theme}
            withoutWrapper
            hooks={{ date: localDate }}
          />
        ),
      )}
    </div>
  );
}

type Part =
  | { readonly kind: 'actions'; readonly elements: Extract<SlackBlock, { type: 'actions' }>['elements'] }
  | { readonly kind: 'blocks'; readonly blocks: Block[] };

function partsOf(blocks: readonly SlackBlock[]): readonly Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (block.type === 'actions') parts.push({ kind: 'actions', elements: block.elements });
    // The library's types lag behind Block Kit; it ignores what it does not know.
    else if (last?.kind === 'blocks') last.blocks.push(block as unknown as Block);
    else parts.push({ kind: 'blocks', blocks: [block as unknown as Block] });
  }
  return parts;
}

/** Buttons beside sections, by the id that the library gives their elements. */
function accessoriesOf(blocks: readonly SlackBlock[]): ReadonlyMap<string, SlackButton> {
  const buttons = blocks.flatMap((block) =>
    block.type === 'section' && block.accessory !== undefined ? [block.accessory] : [],
  );
  return new Map(buttons.map((button) => [button.action_id, button]));
}

function localDate({ timestamp, format }: { timestamp: string | number; format: string }): string {
  const date = new Date(Number(timestamp) * 1_000);
  const words = date.toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' });
  return format.replace(/\{date[a-z_]*\}/g, words);
}
