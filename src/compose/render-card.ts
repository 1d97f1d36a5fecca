import type { ClearedCard } from '../cards/cleared.ts';
import { renderHtml } from '../cards/html/render.ts';
import { renderSlackMessage } from '../cards/slack/render.ts';
import { renderAdaptiveCard } from '../cards/teams/render.ts';
import { renderText } from '../cards/text/render.ts';
import type { CardForm, Terminal } from '../cli/runtime.ts';
import { assertNever } from '../support/assert-never.ts';

/** A card in any form that the command line prints; the platforms' payloads as indented JSON. */
export function renderCard(card: ClearedCard, form: CardForm | 'plain', terminal: Terminal): string {
  switch (form) {
    case 'text':
      return renderText(card, { width: terminal.width, color: terminal.colour });
    case 'plain':
      return renderText(card, { width: 100 });
    case 'slack':
      return JSON.stringify(renderSlackMessage(card).payload, null, 2);
    case 'teams':
      return JSON.stringify(renderAdaptiveCard(card).payload, null, 2);
    case 'html':
      return renderHtml(card);
    default:
      return assertNever(form);
  }
}
