import { type ReactNode, useState } from 'react';
import type { RenderedReply } from '../wire.ts';
import type { PanelProps } from './panel-props.ts';
import { SlackView } from './slack-view.tsx';
import { TeamsView } from './teams-view.tsx';

const count = new Intl.NumberFormat('en-US');

export function SlackPanel(props: PanelProps): ReactNode {
  const { payload, characters } = props.reply.slack;
  const size = `${count.format(characters)} of 10,000 characters, ${payload.blocks.length} of 50 blocks`;
  return (
    <Panel name="Slack" className="slack" size={size} payload={payload} note={audienceNote(props.reply)}>
      <SlackView {...props} />
    </Panel>
  );
}

export function TeamsPanel(props: PanelProps): ReactNode {
  const { payload, bytes } = props.reply.teams;
  const size = `${count.format(Math.ceil(bytes / 1024))} of 25 KB, Adaptive Card ${payload.version}`;
  return (
    <Panel name="Microsoft Teams" className="teams" size={size} payload={payload} note={undefined}>
      <TeamsView {...props} />
    </Panel>
  );
}

export function TextPanel({ reply }: PanelProps): ReactNode {
  return (
    <section className="panel text" aria-label="Text">
      <header className="panel-head">
        <h3>Terminal</h3>
        <span className="size">plain text, nothing left out</span>
        <CopyButton text={reply.text} />
      </header>
      <pre className="terminal">{reply.text}</pre>
    </section>
  );
}

/** Slack shows an answer to the one who asked until they share it. */
function audienceNote({ audience }: RenderedReply): string {
  return audience === 'place' ? 'Posted in #threat-intel' : 'Only visible to you';
}

interface FrameProps {
  readonly name: string;
  readonly className: string;
  readonly size: string;
  readonly payload: object;
  readonly note: string | undefined;
  readonly children: ReactNode;
}

/** A platform's window: its name, how much of its limits is used, the message, and the payload one press away. */
function Panel({ name, className, size, payload, note, children }: FrameProps): ReactNode {
  const [isRaw, setIsRaw] = useState(false);
  return (
    <section className={`panel ${className}`} aria-label={name}>
      <header className="panel-head">
        <h3>{name}</h3>
        <span className="size">{size}</span>
        <button type="button" className="quiet" aria-pressed={isRaw} onClick={() => setIsRaw(!isRaw)}>
          {isRaw ? 'Card' : 'Payload'}
        </button>
      </header>
      {isRaw ? <Payload payload={payload} /> : <Message note={note}>{children}</Message>}
    </section>
  );
}

/** The bot's message in the chat: picture, name, and who can see it. */
function Message({
  note,
  children,
}: {
  readonly note: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="message">
      <img className="avatar" src="/playground/icon.svg" alt="" width="36" height="36" />
      <div className="message-body">
        {note === undefined ? null : <p className="note">{note}</p>}
        <p className="author">
          <strong>threatbrief</strong> <span className="app-badge">APP</span>
        </p>
        {children}
      </div>
    </div>
  );
}

function Payload({ payload }: { readonly payload: object }): ReactNode {
  const text = JSON.stringify(payload, null, 2);
  return (
    <div className="payload">
      <CopyButton text={text} />
      <pre>{text}</pre>
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const [label, setLabel] = useState('Copy');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setLabel('Copied'),
      () => setLabel('Cannot copy'),
    );
  };
  return (
    <button type="button" className="quiet copy" onClick={copy}>
      {label}
    </button>
  );
}
