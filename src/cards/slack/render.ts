import type { Action, Card, Rendered, SourceNote } from '../card.ts';
import type { ClearedCard } from '../cleared.ts';
import { type CardView, fitCard } from '../fit.ts';
import { asOfLine, formatDate, markingLabel, sourceDetails, withheldLine } from '../format.ts';
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

/**
 * A card as a Slack message within every limit of `slackLimits`. Data stands in `plain_text` and `rich_text`
 * only, where nothing is read as markup; `mrkdwn` carries our own words.
 */
export function renderSlackMessage({ card }: ClearedCard): Rendered<SlackMessage> {
  const view = fitCard(card, caps, (candidate) => fits(messageOf(candidate)));
  return { payload: messageOf(view), dropped: droppedLabels(view).map(breakTokens) };
}

function fits({ blocks }: SlackMessage): boolean {
  return (
    blocks.length <= slackLimits.blocksPerMessage &&
    countMessageChars(blocks) <= withHeadroom(slackLimits.messageChars) &&
    countTableChars(blocks) <= withHeadroom(slackLimits.tableChars)
  );
}

function messageOf(view: CardView): SlackMessage {
  const { card } = view;
  const nextActionId = createActionIds();
  let tablesLeft = slackLimits.tablesPerMessage;
  const body = card.sections.flatMap((section, index) => {
    const mayUseTable = section.type === 'table' && tablesLeft > 0;
    if (mayUseTable) tablesLeft -= 1;
    return sectionBlocks(section, { note: sectionNote(view, index), mayUseTable, nextActionId });
  });
  const blocks: readonly SlackBlock[] = [
    { type: 'header', text: slackPlainText(card.title, slackLimits.headerChars) },
    ...subtitleBlocks(card),
    ...markingBlocks(card),
    ...body,
    ...sourceBlocks(card.sources),
    ...closingBlocks(view),
    ...actionsBlocks(withMore(card.actions, moreActions(view)), nextActionId),
  ];
  return { text: slackFallback(card.fallbackText), blocks, unfurl_links: false, unfurl_media: false };
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
