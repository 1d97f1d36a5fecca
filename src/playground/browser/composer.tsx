import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Suggestion } from '../wire.ts';
import { suggest } from './server.ts';
import { Examples } from './welcome.tsx';

interface ComposerProps {
  readonly examples: readonly string[];
  readonly busy: boolean;
  /** Questions asked so far, oldest first. */
  readonly asked: readonly string[];
  readonly onAsk: (question: string) => void;
}

const typingPauseMs = 90;

/** The chat box: type-ahead as a combobox, Enter sends, the up arrow brings back what was asked. */
export function Composer({ examples, busy, asked, onAsk }: ComposerProps): ReactNode {
  const [text, setText] = useState('');
  const [back, setBack] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const { suggestions, active, setActive, close } = useSuggestions(text, back === 0);
  useFocusKey(box);

  function send(question: string): void {
    if (question.trim() === '') return;
    onAsk(question.trim());
    setText('');
    setBack(0);
    close();
  }

  function recall(steps: number): void {
    const wanted = Math.min(Math.max(steps, 0), asked.length);
    setBack(wanted);
    setText(wanted === 0 ? '' : (asked[asked.length - wanted] ?? ''));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isOpen = suggestions.length > 0;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' && isOpen) setActive((active + 1) % suggestions.length);
    else if (event.key === 'ArrowUp' && isOpen) setActive((active <= 0 ? suggestions.length : active) - 1);
    else if (event.key === 'ArrowUp' && (text === '' || back > 0)) recall(back + 1);
    else if (event.key === 'ArrowDown' && back > 0) recall(back - 1);
    else if (event.key === 'Tab' && isOpen && active >= 0) setText(suggestions[active]?.text ?? text);
    else return;
    if (event.key !== 'Escape') event.preventDefault();
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    send(suggestions[active]?.text ?? text);
  }

  return (
    <footer className="composer">
      {examples.length === 0 ? null : <Examples examples={examples} onAsk={onAsk} />}
      <form className="box" onSubmit={onSubmit}>
        <SuggestionList suggestions={suggestions} active={active} onPick={send} />
        <span className="box-command" aria-hidden="true">
          /apt
        </span>
        <input
          ref={box}
          value={text}
          onChange={(event) => {
            setBack(0);
            setText(event.target.value);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
          placeholder="APT39, chafer, who uses Mimikatz?"
          aria-label="Your question"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={suggestions.length > 0}
          aria-controls="suggestions"
          aria-activedescendant={active >= 0 ? `suggestion-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={8000}
        />
        <button type="submit" className="send" disabled={text.trim() === ''} aria-busy={busy}>
          Ask
        </button>
      </form>
    </footer>
  );
}

interface SuggestionListProps {
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onPick: (text: string) => void;
}

function SuggestionList({ suggestions, active, onPick }: SuggestionListProps): ReactNode {
  if (suggestions.length === 0) return null;
  return (
    <ul className="suggestions" id="suggestions" role="listbox" aria-label="Names">
      {suggestions.map(({ text, hint }, index) => (
        <li
          key={`${text} ${hint}`}
          id={`suggestion-${index}`}
          role="option"
          aria-selected={index === active}
          // Before the box loses the focus, which closes the list.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(text);
          }}
        >
          <span>{text}</span>
          <span className="hint">{hint}</span>
        </li>
      ))}
    </ul>
  );
}

interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  /** The one that the arrow keys chose; -1 for none. */
  readonly active: number;
  setActive(index: number): void;
  close(): void;
}

function useSuggestions(text: string, isWanted: boolean): Suggestions {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(-1);
  useEffect(() => {
    setActive(-1);
    if (!isWanted || text.trim().length < 2) {
      setSuggestions([]);
      return undefined;
    }
    const aborter = new AbortController();
    const update = async (): Promise<void> => {
      const found = await suggest(text, aborter.signal);
      if (!aborter.signal.aborted) setSuggestions(found);
    };
    const timer = setTimeout(() => {
      void update();
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [text, isWanted]);
  return { suggestions, active, setActive, close: () => setSuggestions([]) };
}

/** A slash pressed anywhere else leads to the box. */
function useFocusKey(box: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    box.current?.focus();
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box]);
}
