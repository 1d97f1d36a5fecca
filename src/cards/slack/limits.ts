/**
 * Slack's limits as Slack documents them, in characters unless named otherwise. What has no public page is marked.
 */
export const slackLimits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  /** Undocumented `msg_blocks_too_long`: failed at 11,341 characters over all blocks of one message. */
  messageChars: 10_000,
  /** `text` beside blocks: 4,000 advised. */
  fallbackChars: 4_000,
  sectionTextChars: 3_000,
  sectionFields: 10,
  fieldChars: 2_000,
  headerChars: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonTextChars: 75,
  buttonValueChars: 2_000,
  urlChars: 3_000,
  options: 100,
  optionGroups: 100,
  optionTextChars: 75,
  optionValueChars: 75,
  overflowOptions: 5,
  choiceOptions: 10,
  placeholderChars: 150,
  idChars: 255,
  privateMetadataChars: 3_000,
  modalTitleChars: 24,
  confirmTitleChars: 100,
  confirmTextChars: 300,
  confirmButtonChars: 30,
  markdownChars: 12_000,
  tablesPerMessage: 1,
  tableRows: 100,
  tableColumns: 20,
  tableChars: 10_000,
  inputLabelChars: 2_000,
  inputChars: 3_000,
} as const;

/** Share of a limit that the renderer uses, since Slack may count emoji in bytes. */
const headroom = 0.95;

/** A limit as the renderer keeps to it: 5 % below Slack's. */
export function withHeadroom(limit: number): number {
  return Math.floor(limit * headroom);
}

/** How a card's buttons are laid out: few in sight, the rest behind the overflow menu. */
export const slackLayout = { visibleButtons: 3, mostVisibleButtons: 5 } as const;
