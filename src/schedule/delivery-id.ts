import { hash } from 'node:crypto';
import type { Destination } from '../domain/subscription.ts';

/** The ledger's id of a subscription's period: the same wherever it is planned, 32 hexadecimal digits. */
export function deliveryId(subscription: string, period: string): string {
  return hash('sha256', `${subscription}\n${period}`, 'hex').slice(0, 32);
}

/** What a message carries so that it is found again: the delivery's id and the number of its part, from 0. */
export function messageKey(delivery: string, part: number): string {
  return `${delivery}/${part}`;
}

/** A share from 0 to below 1 that is always the same for a text. */
export function stableShare(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16) / 0x1_0000_0000;
}

/** One text for each place. */
export function placeKey({ platform, workspace, id }: Destination): string {
  return JSON.stringify([platform, workspace, id]);
}

/** One text for everything that shares a platform's limits. */
export function workspaceKey({ platform, workspace }: Destination): string {
  return JSON.stringify([platform, workspace]);
}
