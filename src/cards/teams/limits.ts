/** Limits of Adaptive Cards in Microsoft Teams (Microsoft's documentation, and field reports where named). */
export const teamsLimits = {
  /** Version for bot cards and dialogs. */
  version: '1.5',
  /** Version for previews of links. */
  linkVersion: '1.3',
  /** Field reports of failures begin at 25 KB; Teams itself answers 413 at about 100 KB. Counted as UTF-16. */
  targetBytes: 25 * 1024,
  maxBytes: 80 * 1024,
  shownActions: 5,
  /** Behind the "…" menu of a card. */
  secondaryActions: 15,
  actionTitleChars: 60,
  tableColumns: 4,
} as const;

/** Share of the target size that the renderer uses: the activity around the card needs some too. */
export const cardBudgetBytes = Math.floor(teamsLimits.targetBytes * 0.95);

/** What the body of an answer in a channel takes at most: a screen, with the rest behind its buttons. */
export const shortBodyBytes = 8 * 1024;

/** The verb of every `Action.Execute`, and the key of the data under which its encoded value stands. */
export const teamsActionKey = 'threatbrief';

/** A payload's size as Teams counts it: UTF-16, two bytes a unit. */
export function payloadBytes(payload: unknown): number {
  return JSON.stringify(payload).length * 2;
}
