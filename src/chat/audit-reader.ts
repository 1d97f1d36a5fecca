import type { AnswerStore } from '../store/answer-types.ts';
import type { DeliveryStore } from '../store/delivery-types.ts';
import { type AuditEntry, type AuditQuery, auditEntries } from './audit-entries.ts';
import type { AuditTrail } from './audit-types.ts';
import { personOf } from './destination.ts';
import type { Place } from './types.ts';

export interface AuditPageRequest extends Omit<AuditQuery, 'workspace' | 'action'> {
  /** From whose workspace it is read: nothing of another one is. */
  readonly from: Place;
  /** From 0. */
  readonly page: number;
  readonly perPage: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  readonly isMore: boolean;
}

/** Port: who asked and changed what in a workspace, for those who may read it there. Rejects only when the store does. */
export interface AuditReader {
  read(request: AuditPageRequest): Promise<AuditPage>;
}

export interface AuditReaderParts {
  readonly store: Pick<AnswerStore, 'activities'> & Pick<DeliveryStore, 'auditEvents'>;
  readonly trail: Pick<AuditTrail, 'flush'>;
}

export function createAuditReader({ store, trail }: AuditReaderParts): AuditReader {
  return {
    read: async ({ from, page, perPage, ...query }) => {
      const { platform, workspace } = personOf(from, '');
      // What was asked a moment ago counts.
      await trail.flush();
      const entries: AuditEntry[] = [];
      let at = 0;
      for await (const entry of auditEntries({ ...query, workspace: { platform, workspace } }, store)) {
        if (entries.length === perPage) return { entries, isMore: true };
        if (at >= page * perPage) entries.push(entry);
        at += 1;
      }
      return { entries, isMore: false };
    },
  };
}
