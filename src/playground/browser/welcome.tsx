import type { ReactNode } from 'react';

interface WelcomeProps {
  readonly examples: readonly string[];
  readonly onAsk: (question: string) => void;
}

/** What is seen before anything was asked: what this is, and questions to press. */
export function Welcome({ examples, onAsk }: WelcomeProps): ReactNode {
  return (
    <section className="welcome">
      <h2>Ask about a threat actor</h2>
      <p>
        A name, an alias, an ATT&amp;CK id, a technique, a tool, or a whole question. Each answer is shown as
        Slack and as Microsoft Teams would show it, and every fact in it names its source.
      </p>
      <Examples examples={examples} onAsk={onAsk} />
    </section>
  );
}

export function Examples({ examples, onAsk }: WelcomeProps): ReactNode {
  return (
    <ul className="examples" aria-label="Example questions">
      {examples.map((example) => (
        <li key={example}>
          <button type="button" className="chip" onClick={() => onAsk(example)}>
            {example}
          </button>
        </li>
      ))}
    </ul>
  );
}
