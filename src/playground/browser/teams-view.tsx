import {
  type Action,
  AdaptiveCard,
  ExecuteAction,
  GlobalRegistry,
  HostConfig,
  OpenUrlAction,
  SubmitAction,
  Table,
} from 'adaptivecards';
import { type ReactNode, useEffect, useRef } from 'react';
import type { AdaptiveCard as CardPayload } from '../../cards/teams/types.ts';
import type { OnPress, PanelProps } from './panel-props.ts';
import type { Theme } from './preferences.ts';
import { teamsHost } from './teams-host.ts';
import { markdownToHtml } from './teams-markdown.ts';

// The library marks all of its modules as free of effects, so its tables are left out unless they are named.
GlobalRegistry.defaultElements.register('Table', Table);

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/** A card by Microsoft's own renderer, with the settings and colours of Teams. */
export function TeamsView({ reply, theme, onPress }: PanelProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const press = useRef(onPress);
  press.current = onPress;
  const { payload } = reply.teams;
  useEffect(() => {
    const card = renderCard(payload, theme, (label, value) => press.current(label, value));
    place.current?.replaceChildren(...(card === undefined ? [] : [card]));
  }, [payload, theme]);
  return <div className="teams-card" ref={place} />;
}

function renderCard(payload: CardPayload, theme: Theme, onPress: OnPress): HTMLElement | undefined {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(teamsHost(theme));
  card.onExecuteAction = (action) => execute(action, onPress);
  card.parse(payload);
  return card.render();
}

function execute(action: Action, onPress: OnPress): void {
  if (action instanceof OpenUrlAction) {
    if (action.url !== undefined) window.open(action.url, '_blank', 'noopener,noreferrer');
    return;
  }
  if (!(action instanceof ExecuteAction) && !(action instanceof SubmitAction)) return;
  const { data } = action;
  const value = data !== undefined && 'threatbrief' in data ? data.threatbrief : undefined;
  if (typeof value === 'string') onPress(action.title ?? '', value);
}
