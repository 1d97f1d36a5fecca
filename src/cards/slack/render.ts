import type { Action, Card, Rendered, SourceNote } from '../card.ts';
import { type ClearedCard, cardOf } from '../cleared.ts';
import { type CardView, fitCard } from '../fit.ts';
import { asOfLine, evidenceLine, formatDate, markingLabel, sourceDetails, withheldLine } from '../format.ts';
import type { Caps } from '../ladder.ts';
import { closingNote, droppedLabels, moreActions, sectionNote } from '../more.ts';
import { actionsBlocks, createActionIds } from './actions.ts';
import { countMessageChars, countTableChars } from './count.ts';
import { slackLimits, withHeadroom } from './limits.ts';
import { sectionBlocks } from './sections.ts';
import {
  breakTokens,
  escapeMrkdwn,
  richElements,
  richLines,
  richSection,
  richText,
  run,
  slackFallback,
  slackPlainText,
} from './text.ts';
import type { Mrkdwn, PlainText, SlackBlock, SlackMessage, SlackRichTextElement } from './types.ts';

const caps: Caps = {
  titleChars: withHeadroom(slackLimits.headerChars),
  textChars: withHeadroom(slackLimits.sectionTextChars),
  labelChars: 140,
  tableRows: slackLimits.tableRows - 1,
  tableColumns: slackLimits.tableColumns,
};

/** How much room a surface has for blocks. */
export interface BlockRoom {
  readonly blocks: number;
  /** Characters over all blocks. */
  readonly chars: number;
  readonly tables: number;
}

const messageRoom: BlockRoom = {
  blocks: slackLimits.blocksPerMessage,
  chars: withHeadroom(slackLimits.messageChars),
  tables: slackLimits.tablesPerMessage,
};

/**
 * A card as a Slack message within every limit of `slackLimits`. Data stands in `plain_text` and `rich_text`
 * only, where nothing is read as markup; `mrkdwn` carries our own words.
 */
export function renderSlackMessage(cleared: ClearedCard): Rendered<SlackMessage> {
  const { view, dropped } = fitted(cardOf(cleared), messageRoom);
  const text = slackFallback(view.card.fallbackText);
  const blocks = blocksOf(view, messageRoom);
  return { payload: { text, blocks, unfurl_links: false, unfurl_media: false }, dropped };
}

/** A card's blocks alone, for a surface with other room than a message has. */
export function renderSlackBlocks(cleared: ClearedCard, room: BlockRoom): Rendered<readonly SlackBlock[]> {
  const { view, dropped } = fitted(cardOf(cleared), room);
  return { payload: blocksOf(view, room), dropped };
}

function fitted(
  card: Card,
  room: BlockRoom,
): { readonly view: CardView; readonly dropped: readonly string[] } {
  const view = fitCard(card, caps, (candidate) => fits(blocksOf(candidate, room), room));
  return { view, dropped: droppedLabels(view).map(breakTokens) };
}

function fits(blocks: readonly SlackBlock[], room: BlockRoom): boolean {
  return (
    blocks.length <= room.blocks &&
    countMessageChars(blocks) <= room.chars &&
    countTableChars(blocks) <= withHeadroom(slackLimits.tableChars)
  );
}

function blocksOf(view: CardView, room: BlockRoom): readonly SlackBlock[] {
  const { card } = view;
  const nextActionId = createActionIds();
  let tablesLeft = room.tables;
  const body = card.sections.flatMap((section, index) => {
    const mayUseTable = section.type === 'table' && tablesLeft > 0;
    if (mayUseTable) tablesLeft -= 1;
    return sectionBlocks(section, { note: sectionNote(view, index), mayUseTable, nextActionId });
  });
  return [
    { type: 'header', text: slackPlainText(card.title, slackLimits.headerChars) },
    ...subtitleBlocks(card),
    ...markingBlocks(card),
    ...body,
    ...sourceBlocks(card.sources),
    ...closingBlocks(view),
    ...actionsBlocks(withMore(card.actions, moreActions(view)), nextActionId),
  ];
}

function subtitleBlocks({ subtitle }: Card): readonly SlackBlock[] {
  return subtitle === undefined ? [] : [richText([richSection(richElements(subtitle))])];
}

/** Marking, badges and date: one line under the title, further lines of ten only for a card with many badges. */
function markingBlocks(card: Card): readonly SlackBlock[] {
  const elements: (PlainText | Mrkdwn)[] = [
    { type: 'mrkdwn', text: `*${markingLabel(card.marking)}*` },
    ...card.badges.map((badge) => slackPlainText(badge.text, slackLimits.sectionTextChars)),
    asOfElement(card.asOf),
    ...(card.evidence === undefined
      ? []
      : [slackPlainText(evidenceLine(card.evidence), slackLimits.headerChars)]),
  ];
  const lines: SlackBlock[] = [];
  for (let start = 0; start < elements.length; start += slackLimits.contextElements) {
    lines.push({ type: 'context', elements: elements.slice(start, start + slackLimits.contextElements) });
  }
  return lines;
}

/** A date that each reader sees in their own zone; plain words when the card's date cannot be read. */
function asOfElement(asOf: string): Mrkdwn | PlainText {
  const milliseconds = Date.parse(asOf);
  if (Number.isNaN(milliseconds) || milliseconds < 0) {
    return slackPlainText(asOfLine(asOf), slackLimits.headerChars);
  }
  const seconds = Math.floor(milliseconds / 1_000);
  const text = `<!date^${seconds}^As of {date_short_pretty}|As of ${escapeMrkdwn(formatDate(asOf))}>`;
  return { type: 'mrkdwn', text };
}

/** One line a source: number, linked title, details. */
function sourceBlocks(sources: readonly SourceNote[]): readonly SlackBlock[] {
  if (sources.length === 0) return [];
  const lines = [[run('Sources', { bold: true })], ...sources.map(sourceElements)];
  return [richText(richLines(lines))];
}

function sourceElements(note: SourceNote): readonly SlackRichTextElement[] {
  const title: SlackRichTextElement =
    note.url === undefined ? run(note.title) : { ...run(note.title), type: 'link', url: note.url };
  return [run(`[${note.number}] `), title, run(` · ${sourceDetails(note).join(' · ')}`)];
}

/** What is withheld and what is not shown here, in small print above the buttons. */
function closingBlocks(view: CardView): readonly SlackBlock[] {
  const lines = [withheldLine(view.card.withheld), closingNote(view)].filter((line) => line !== undefined);
  if (lines.length === 0) return [];
  const elements = lines.map((line) => slackPlainText(line, slackLimits.sectionTextChars));
  return [{ type: 'context', elements }];
}

/** More buttons right behind the first of the card's own. */
function withMore(actions: readonly Action[], more: readonly Action[]): readonly Action[] {
  return [...actions.slice(0, 1), ...more, ...actions.slice(1)];
}
