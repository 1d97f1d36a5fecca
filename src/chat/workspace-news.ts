import type { DeliveryStore } from '../store/delivery-types.ts';
import { pauseFor, resumeAfter, type WaitingParts } from './waiting-subscriptions.ts';

/** A workspace, by the platform and the platform's id of it. */
export interface WorkspaceRef {
  readonly platform: string;
  readonly id: string;
}

/** What platforms tell of whole workspaces. No method rejects: what fails is logged. */
export interface WorkspaceNews {
  /** Nothing can be delivered there any more: its subscriptions wait, and say why. */
  gone(workspace: WorkspaceRef, reason: string): Promise<void>;
  /** What waited for one of these reasons, and for nothing else, goes on. */
  back(workspace: WorkspaceRef, reasons: readonly string[]): Promise<void>;
}

export interface WorkspaceNewsParts extends WaitingParts {
  readonly store: WaitingParts['store'] & Pick<DeliveryStore, 'subscriptions'>;
}

export function createWorkspaceNews(parts: WorkspaceNewsParts): WorkspaceNews {
  const { store, log } = parts;

  async function quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ error }, 'what became of a workspace could not be noted');
    }
  }

  return {
    gone: (workspace, reason) =>
      quietly(async () => {
        for (const one of await store.subscriptions({ workspace })) await pauseFor(one, reason, parts);
      }),
    back: (workspace, reasons) =>
      quietly(async () => {
        for (const one of await store.subscriptions({ workspace })) await resumeAfter(one, reasons, parts);
      }),
  };
}
