import type { Rendered } from '../card.ts';
import type { ClearedCard } from '../cleared.ts';
import { slackActionPrefix } from './actions.ts';
import { slackLimits } from './limits.ts';
import { type BlockRoom, renderSlackBlocks } from './render.ts';
import { slackPlainText } from './text.ts';
import type { SlackHome, SlackModal } from './view-types.ts';

/** Of the modal that shows a card. */
export const cardCallbackId = `${slackActionPrefix}card`;
export const homeCallbackId = `${slackActionPrefix}home`;

/** Views hold no tables; of their length in all Slack says nothing, so that this is our own bound. */
const viewRoom: BlockRoom = { blocks: slackLimits.blocksPerView, chars: 20_000, tables: 0 };

/** A card in a modal, to read and to press. `metadata` comes back with each press. */
export function renderSlackCardView(
  cleared: ClearedCard,
  title: string,
  metadata: string,
): Rendered<SlackModal> {
  const { payload: blocks, dropped } = renderSlackBlocks(cleared, viewRoom);
  const view: SlackModal = {
    type: 'modal',
    callback_id: cardCallbackId,
    title: slackPlainText(title, slackLimits.modalTitleChars),
    close: slackPlainText('Close', slackLimits.modalTitleChars),
    private_metadata: metadata,
    blocks,
  };
  return { payload: view, dropped };
}

/** A card as the App Home. */
export function renderSlackHome(cleared: ClearedCard): Rendered<SlackHome> {
  const { payload: blocks, dropped } = renderSlackBlocks(cleared, viewRoom);
  return { payload: { type: 'home', callback_id: homeCallbackId, blocks }, dropped };
}

/** What stands in a modal while its content is being found. */
export function slackWaitingView(title: string, text: string, metadata: string): SlackModal {
  return {
    type: 'modal',
    callback_id: cardCallbackId,
    title: slackPlainText(title, slackLimits.modalTitleChars),
    close: slackPlainText('Close', slackLimits.modalTitleChars),
    private_metadata: metadata,
    blocks: [{ type: 'section', text: slackPlainText(text, slackLimits.sectionTextChars) }],
  };
}
