import { cardOf, clearFor } from '../cards/cleared.ts';
import { countMessageChars } from '../cards/slack/count.ts';
import { renderSlackMessage } from '../cards/slack/render.ts';
import { payloadBytes } from '../cards/teams/limits.ts';
import { renderAdaptiveCard } from '../cards/teams/render.ts';
import { renderText } from '../cards/text/render.ts';
import type { Reply } from '../chat/types.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { RenderedReply } from './wire.ts';

const textWidth = 88;

/** A reply as Slack, as Teams and as a terminal get it, with the sizes that their limits are about. */
export function renderReply(
  { card, audience, answer, ceiling: chosen }: Reply,
  ceiling: Tlp,
  latencyMs: number,
): RenderedReply {
  const cleared = clearFor(card, chosen ?? ceiling);
  const slack = renderSlackMessage(cleared);
  const teams = renderAdaptiveCard(cleared);
  return {
    title: cardOf(cleared).title,
    outcome: answer?.outcome ?? 'answer',
    audience,
    latencyMs: Math.round(latencyMs * 10) / 10,
    slack: { ...slack, characters: countMessageChars(slack.payload.blocks) },
    teams: { ...teams, bytes: payloadBytes(teams.payload) },
    text: renderText(cleared, { width: textWidth }),
  };
}
