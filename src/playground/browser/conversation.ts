import { useCallback, useRef, useState } from 'react';
import type { DeliveredMessage, RenderedReply } from '../wire.ts';
import { useDeliveries } from './deliveries.ts';
import { ask, press, ServerProblem } from './server.ts';

/** One exchange: what was asked or pressed, and what came of it; or a message that came by itself. */
export interface Turn {
  readonly id: number;
  /** What the person did: `APT39`, `Pressed Share`; for what was delivered, when that was. */
  readonly label: string;
  readonly kind: 'asked' | 'pressed' | 'delivered';
  readonly reply?: RenderedReply;
  readonly problem?: string;
}

export interface Conversation {
  readonly turns: readonly Turn[];
  readonly busy: boolean;
  ask(question: string): void;
  press(turn: Turn, label: string, value: string): void;
  clear(): void;
}

/** The transcript: questions and presses add a turn, but for answers that take the place of what was pressed. */
export function useConversation(): Conversation {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [running, setRunning] = useState(0);
  const nextId = useRef(1);

  const change = useCallback((id: number, values: Partial<Turn>): void => {
    setTurns((all) => all.map((turn) => (turn.id === id ? { ...turn, ...values } : turn)));
  }, []);

  const add = useCallback((turn: Omit<Turn, 'id'>): number => {
    const id = nextId.current++;
    setTurns((all) => [...all, { ...turn, id }]);
    return id;
  }, []);

  const take = useCallback(
    (messages: readonly DeliveredMessage[]): void => {
      for (const { at, isReply, reply } of messages) {
        const time = new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
        add({ label: isReply ? `In its thread, ${time}` : `Delivered ${time}`, kind: 'delivered', reply });
      }
    },
    [add],
  );
  useDeliveries(take);

  const settle = useCallback(
    async (
      work: Promise<RenderedReply>,
      done: (reply: RenderedReply) => void,
      failed: (problem: string) => void,
    ) => {
      setRunning((count) => count + 1);
      try {
        done(await work);
      } catch (error) {
        failed(error instanceof ServerProblem ? error.message : 'The answer could not be shown.');
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [],
  );

  return {
    turns,
    busy: running > 0,
    ask: useCallback(
      (question) => {
        const id = add({ label: question, kind: 'asked' });
        void settle(
          ask(question),
          (reply) => change(id, { reply }),
          (problem) => change(id, { problem }),
        );
      },
      [add, change, settle],
    ),
    press: useCallback(
      (turn, label, value) => {
        void settle(
          press(value),
          (reply) => {
            if (reply.audience === 'replace') change(turn.id, { reply });
            else add({ label, kind: 'pressed', reply });
          },
          (problem) => add({ label, kind: 'pressed', problem }),
        );
      },
      [add, change, settle],
    ),
    clear: useCallback(() => setTurns([]), []),
  };
}
