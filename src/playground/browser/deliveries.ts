import { useEffect, useRef } from 'react';
import type { DeliveredMessage } from '../wire.ts';
import { delivered } from './server.ts';

const everyMs = 2_000;
const afterFailureMs = 15_000;

/** Asks the server for what was delivered, again and again while the page is looked at. */
export function useDeliveries(take: (messages: readonly DeliveredMessage[]) => void): void {
  const after = useRef(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    let isOver = false;

    const askLater = (ms: number): void => {
      clearTimeout(timer);
      if (!isOver && !document.hidden) timer = setTimeout(ask, ms);
    };
    const ask = async (): Promise<void> => {
      if (isAsking || isOver) return;
      isAsking = true;
      try {
        const messages = await delivered(after.current);
        if (isOver) return;
        after.current = messages.at(-1)?.sequence ?? after.current;
        if (messages.length > 0) take(messages);
        askLater(everyMs);
      } catch {
        // The server may be starting again; the next question tells the person if it is not.
        askLater(afterFailureMs);
      } finally {
        isAsking = false;
      }
    };
    const onVisible = (): void => {
      if (!document.hidden) void ask();
    };

    void ask();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [take]);
}
