import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SlackButton, SlackOption, SlackOverflow } from '../../cards/slack/types.ts';
import type { OnPress } from './panel-props.ts';
import { pressSlackButton } from './slack-press.ts';

interface SlackActionsProps {
  readonly elements: readonly (SlackButton | SlackOverflow)[];
  readonly onPress: OnPress;
}

/** An `actions` block: buttons, and the menu with those that found no room. */
export function SlackActions({ elements, onPress }: SlackActionsProps): ReactNode {
  return (
    <div className="slack-actions">
      {elements.map((element) =>
        element.type === 'button' ? (
          <button
            key={element.action_id}
            type="button"
            className={`slack-button ${element.style ?? ''}`}
            onClick={() => pressSlackButton(element, onPress)}
          >
            {element.text.text}
          </button>
        ) : (
          <Overflow key={element.action_id} options={element.options} onPress={onPress} />
        ),
      )}
    </div>
  );
}

interface OverflowProps {
  readonly options: readonly SlackOption[];
  readonly onPress: OnPress;
}

function Overflow({ options, onPress }: OverflowProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    menu.current?.querySelector('button')?.focus();
    const close = (event: Event): void => {
      const isInside =
        event.target instanceof Node && menu.current?.parentElement?.contains(event.target) === true;
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !isInside) setIsOpen(false);
    };
    document.addEventListener('mousedown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('mousedown', close);
      document.removeEventListener('keydown', close);
    };
  }, [isOpen]);

  return (
    <div className="slack-overflow">
      <button
        type="button"
        className="slack-button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        ⋯
      </button>
      {isOpen ? (
        <div className="slack-menu" role="menu" ref={menu}>
          {options.map((option) => (
            <button
              key={option.text.text + option.value}
              type="button"
              role="menuitem"
              onClick={() => {
                setIsOpen(false);
                pressSlackButton(option, onPress);
              }}
            >
              {option.text.text}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
