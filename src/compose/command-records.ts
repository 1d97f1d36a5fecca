import { readEvidenceId } from '../briefing/evidence-types.ts';
import type { Answer } from '../briefing/types.ts';
import type { WhyAnswer } from '../briefing/why.ts';
import { createAuditTrail } from '../chat/audit.ts';
import type { Desk } from '../chat/desk.ts';
import { createOperatorEvidence } from '../chat/evidence.ts';
import type { CardOptions } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { sleep } from '../support/sleep.ts';

export interface CommandRecords {
  ask(text: string, ceiling: Tlp, options: CardOptions): Promise<Answer>;
  why(text: string, ceiling: Tlp, options: CardOptions): Promise<WhyAnswer>;
  /** Resolves when what was noted is written, or after a few seconds in which another process held the database. */
  close(): Promise<void>;
}

/** How long an operator waits at the end for what an import holds up. */
const patienceMs = 3_000;

/** An operator's questions, noted like those of chat; the reasons of answers, wherever they were shown. */
export function createCommandRecords(
  desk: Desk,
  parts: {
    readonly store: Store;
    readonly settings: Pick<Settings, 'auditQuestions' | 'auditRetentionDays' | 'encryptionKey'>;
    readonly clock: Clock;
    readonly log: Log;
  },
): CommandRecords {
  const { store, settings, clock, log } = parts;
  const questions = settings.auditQuestions;
  const trail = createAuditTrail({ store, log, questions, hashKey: settings.encryptionKey ?? '' });
  const explain = createOperatorEvidence(store, settings.auditRetentionDays);

  function noted<Given extends Answer>(question: string, ceiling: Tlp, answer: Given): Given {
    const place = { platform: 'cli', id: 'cli', kind: 'direct', ceiling } as const;
    const action = readEvidenceId(question.replace(/^why /, '')) === undefined ? 'ask' : 'evidence';
    const request = { place, person: 'operator', at: clock.now(), action, question } as const;
    const shown = { card: answer.card, answer };
    // What tells of evidence needs none of its own.
    const evidence = trail.note(request, action === 'ask' ? shown : { ...shown, isTransient: true });
    return evidence === undefined ? answer : { ...answer, card: { ...answer.card, evidence } };
  }

  return {
    ask: async (text, ceiling, options) => {
      const { isBulk, ...rest } = options;
      const answer = await desk.ask(text, ceiling, rest);
      return isBulk === true ? answer : noted(text, ceiling, answer);
    },
    why: async (text, ceiling, options) => {
      const id = readEvidenceId(text);
      const answer =
        id === undefined
          ? await desk.why(text, ceiling, options)
          : await explain({ id, ceiling, whole: options.whole, desk });
      return noted(`why ${text}`, ceiling, answer);
    },
    close: async () => {
      const over = new AbortController();
      await Promise.race([trail.stop(), sleep(patienceMs, over.signal)]);
      over.abort();
    },
  };
}
