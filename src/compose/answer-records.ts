import { createAuditTrail } from '../chat/audit.ts';
import { auditedChat } from '../chat/audit-chat.ts';
import { auditedCompose } from '../chat/audit-digests.ts';
import { createHandoverDesk, type HandoverDesk } from '../chat/audit-handover.ts';
import { type AuditReader, createAuditReader } from '../chat/audit-reader.ts';
import { auditedSurfaces } from '../chat/audit-surfaces.ts';
import type { AuditTrail } from '../chat/audit-types.ts';
import { createEvidenceDesk, type EvidenceDesk } from '../chat/evidence.ts';
import { createLimits } from '../chat/limits.ts';
import { limitedChat, limitedSurfaces } from '../chat/limits-chat.ts';
import type { Surfaces } from '../chat/surfaces-types.ts';
import type { Chat } from '../chat/types.ts';
import type { Settings } from '../config/settings.ts';
import { createForgetting } from '../schedule/forgetting.ts';
import type { TickTask } from '../schedule/task-runner.ts';
import type { ComposeDelivery } from '../schedule/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Metrics } from '../support/metrics.ts';

export interface AnswerRecordsParts {
  readonly store: Store;
  readonly settings: Pick<
    Settings,
    | 'auditRetentionDays'
    | 'auditQuestions'
    | 'encryptionKey'
    | 'limitPersonPerMinute'
    | 'limitWorkspacePerMinute'
  >;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Resolves when the store may be written by others than who fills it first. */
  readonly filled: Promise<void>;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
}

/** What is kept of what was asked and answered, and how much may be asked. */
export interface AnswerRecords {
  readonly trail: AuditTrail;
  readonly services: {
    readonly evidence: EvidenceDesk;
    readonly handovers: HandoverDesk;
    readonly auditReader: AuditReader;
  };
  /** The same chat within the limits of who asks, with everything noted. */
  chat(chat: Chat): Chat;
  surfaces(surfaces: Surfaces): Surfaces;
  /** The same, with what is delivered noted. */
  digests(compose: ComposeDelivery): ComposeDelivery;
  /** Forgets what is older than the settings say. */
  readonly task: TickTask;
}

const dayMs = 86_400_000;
/** So few that nobody who writes waits for long. */
const rowsAtOnce = 500;
const maxRounds = 40;

export function createAnswerRecords(parts: AnswerRecordsParts): AnswerRecords {
  const { store, settings, log, metrics, filled } = parts;
  const trail = createAuditTrail({
    store,
    log,
    questions: settings.auditQuestions,
    hashKey: settings.encryptionKey ?? '',
    metrics,
    writable: filled,
  });
  const rules = {
    personPerMinute: settings.limitPersonPerMinute,
    workspacePerMinute: settings.limitWorkspacePerMinute,
  };
  const limits = createLimits({ rules, nowMs: parts.nowMs, metrics });
  return {
    trail,
    services: {
      evidence: createEvidenceDesk({ store, trail, keptDays: settings.auditRetentionDays }),
      handovers: createHandoverDesk({ store, trail }),
      auditReader: createAuditReader({ store, trail }),
    },
    chat: (chat) => auditedChat(limitedChat(chat, limits), trail),
    digests: (compose) => auditedCompose(compose, trail),
    surfaces: (surfaces) => auditedSurfaces(limitedSurfaces(surfaces, limits), trail),
    task: { name: 'forget old answers', run: createTrim(parts) },
  };
}

function createTrim({ store, settings, clock, filled }: AnswerRecordsParts): () => Promise<void> {
  return createForgetting(clock, async (now) => {
    await filled;
    const before = now - settings.auditRetentionDays * dayMs;
    for (let round = 0; round < maxRounds; round += 1) {
      const most = await store.trimAnswers({ activities: before, evidence: before }, rowsAtOnce);
      if (most < rowsAtOnce) break;
    }
  });
}
