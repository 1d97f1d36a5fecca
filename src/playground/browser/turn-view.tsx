import type { ReactNode } from 'react';
import type { RenderedReply } from '../wire.ts';
import type { Turn } from './conversation.ts';
import { SlackPanel, TeamsPanel, TextPanel } from './panels.tsx';
import { type Theme, useIsNarrow, type View, views } from './preferences.ts';

interface TurnViewProps {
  readonly turn: Turn;
  readonly theme: Theme;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onPress: (label: string, value: string) => void;
}

const viewNames: Readonly<Record<View, string>> = {
  both: 'Both',
  slack: 'Slack',
  teams: 'Teams',
  text: 'Text',
};

/** One exchange: the question, then its answer in the chosen renderings. */
export function TurnView(props: TurnViewProps): ReactNode {
  const { turn } = props;
  return (
    <>
      <p className={turn.kind === 'asked' ? 'question' : `question ${turn.kind}`}>{titleOf(turn)}</p>
      <AnswerView {...props} />
    </>
  );
}

function titleOf({ kind, label }: Turn): string {
  return kind === 'pressed' ? `Pressed “${label}”` : label;
}

function AnswerView({ turn, theme, view, onView, onPress }: TurnViewProps): ReactNode {
  const isNarrow = useIsNarrow();
  const { reply, problem } = turn;
  if (problem !== undefined) {
    return (
      <p className="problem" role="alert">
        {problem}
      </p>
    );
  }
  if (reply === undefined) return <p className="waiting">Looking it up…</p>;
  const shown = isNarrow && view === 'both' ? 'slack' : view;
  const panel = { reply, theme, onPress };
  return (
    <article className="answer" aria-label={reply.title}>
      <AnswerBar reply={reply} kind={turn.kind} shown={shown} isNarrow={isNarrow} onView={onView} />
      <div className={shown === 'both' ? 'panels two' : 'panels'}>
        {shown === 'both' || shown === 'slack' ? <SlackPanel {...panel} /> : null}
        {shown === 'both' || shown === 'teams' ? <TeamsPanel {...panel} /> : null}
        {shown === 'text' ? <TextPanel {...panel} /> : null}
      </div>
    </article>
  );
}

interface AnswerBarProps {
  readonly reply: RenderedReply;
  readonly kind: Turn['kind'];
  readonly shown: View;
  readonly isNarrow: boolean;
  readonly onView: (view: View) => void;
}

function AnswerBar({ reply, kind, shown, isNarrow, onView }: AnswerBarProps): ReactNode {
  const choices = isNarrow ? views.filter((view) => view !== 'both') : views;
  return (
    <div className="answer-bar">
      <div className="switch" role="group" aria-label="Show as">
        {choices.map((view) => (
          <button key={view} type="button" aria-pressed={view === shown} onClick={() => onView(view)}>
            {viewNames[view]}
          </button>
        ))}
      </div>
      <span className="timing">{kind === 'delivered' ? 'delivered by a subscription' : timingOf(reply)}</span>
    </div>
  );
}

function timingOf({ audience, outcome, latencyMs }: RenderedReply): string {
  return `${audience === 'place' ? 'posted for everyone' : outcome} · ${latencyMs} ms`;
}
