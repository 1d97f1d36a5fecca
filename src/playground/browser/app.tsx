import { type ReactNode, useEffect, useRef } from 'react';
import type { PageConfig } from '../wire.ts';
import { Composer } from './composer.tsx';
import { useConversation } from './conversation.ts';
import { systemTheme, type Theme, themes, useRemembered, views } from './preferences.ts';
import { TurnView } from './turn-view.tsx';
import { Welcome } from './welcome.tsx';

export function App({ config }: { readonly config: PageConfig }): ReactNode {
  const conversation = useConversation();
  const [theme, setTheme] = useRemembered('theme', themes, systemTheme);
  const [view, setView] = useRemembered('view', views, () => 'both');
  const end = useRef<HTMLLIElement>(null);
  useLinkedActor(conversation.ask);
  const { turns, busy } = conversation;
  const lastKind = turns.at(-1)?.kind;

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    // Once more when the answer is there: while it was awaited, the page had nothing to scroll over. What comes by
    // itself does not pull the page away from someone who reads further up.
    const isInSight = (end.current?.getBoundingClientRect().top ?? 0) <= window.innerHeight;
    if (lastKind !== 'delivered' || isInSight) end.current?.scrollIntoView({ block: 'start' });
  }, [turns.length, busy, lastKind]);

  return (
    <div className="page">
      <TopBar
        ceiling={config.ceiling}
        theme={theme}
        onTheme={setTheme}
        onClear={turns.length === 0 ? undefined : conversation.clear}
      />
      <main className="main">
        {turns.length === 0 ? (
          <Welcome examples={config.examples} onAsk={conversation.ask} />
        ) : (
          <ol className="turns" aria-live="polite">
            {turns.map((turn, index) => (
              <li key={turn.id} className="turn" ref={index === turns.length - 1 ? end : null}>
                <TurnView
                  turn={turn}
                  theme={theme}
                  view={view}
                  onView={setView}
                  onPress={(label, value) => conversation.press(turn, label, value)}
                />
              </li>
            ))}
          </ol>
        )}
      </main>
      <Composer
        examples={turns.length === 0 ? [] : config.examples}
        busy={busy}
        asked={turns.filter(({ kind }) => kind === 'asked').map(({ label }) => label)}
        onAsk={conversation.ask}
      />
    </div>
  );
}

/**
 * Asks, once, for what a link named (`/?actor=APT39`). As a briefing and never as typed: whoever made the link must not be
 * able to make the page change something.
 */
function useLinkedActor(ask: (question: string) => void): void {
  const isAsked = useRef(false);
  useEffect(() => {
    const name = new URLSearchParams(window.location.search).get('actor')?.trim();
    if (isAsked.current || !name) return;
    isAsked.current = true;
    window.history.replaceState(null, '', window.location.pathname);
    ask(`brief ${name}`);
  }, [ask]);
}

interface TopBarProps {
  readonly ceiling: string;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly onClear: (() => void) | undefined;
}

function TopBar({ ceiling, theme, onTheme, onClear }: TopBarProps): ReactNode {
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top">
      <img src="/playground/icon.svg" alt="" width="26" height="26" />
      <h1>threatbrief</h1>
      <span className="top-note">playground</span>
      <span className="top-space" />
      <span className="ceiling" title="The strictest marking that this page shows">
        <span className="ceiling-lead">up to </span>
        {ceiling}
      </span>
      {onClear === undefined ? null : (
        <button type="button" className="quiet clear" onClick={onClear}>
          Clear
        </button>
      )}
      <button
        type="button"
        className="quiet"
        onClick={() => onTheme(other)}
        aria-label={`Use the ${other} theme`}
      >
        {other === 'dark' ? 'Dark' : 'Light'}
      </button>
    </header>
  );
}
