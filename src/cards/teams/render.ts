import { assertNever } from '../../support/assert-never.ts';
import type { Badge, Card, Rendered, SourceNote } from '../card.ts';
import type { ClearedCard } from '../cleared.ts';
import { type CardView, fitCard } from '../fit.ts';
import { asOfLine, markingLabel, sourceDetails, withheldLine } from '../format.ts';
import type { Caps } from '../ladder.ts';
import { clipString } from '../measure.ts';
import { closingNote, droppedLabels, moreActions, sectionNote } from '../more.ts';
import { adaptiveActions } from './actions.ts';
import { cardBudgetBytes, payloadBytes, teamsLimits } from './limits.ts';
import { sectionElements, textBlock } from './sections.ts';
import { escapeMarkdown, markdownText, plainWords } from './text.ts';
import type { AdaptiveCard, AdaptiveElement, TextRun } from './types.ts';

const caps: Caps = {
  titleChars: 200,
  textChars: 3_000,
  labelChars: 140,
  tableRows: 100,
  tableColumns: 20,
};

/** Notifications show about a line; screen readers read all of it. */
const maxSpokenChars = 600;

/**
 * A card as an Adaptive Card 1.5 below 25 KB, for light and dark themes and any width: no colours of our own, no
 * pixel widths, no images. Data is escaped, so none of it becomes a link, an image or a list.
 */
export function renderAdaptiveCard({ card }: ClearedCard): Rendered<AdaptiveCard> {
  const view = fitCard(card, caps, (candidate) => fits(adaptiveCardOf(candidate)));
  return { payload: adaptiveCardOf(view), dropped: droppedLabels(view) };
}

function fits(payload: AdaptiveCard): boolean {
  const actionCount = payload.actions?.length ?? 0;
  return (
    payloadBytes(payload) <= cardBudgetBytes &&
    actionCount <= teamsLimits.shownActions + teamsLimits.secondaryActions
  );
}

function adaptiveCardOf(view: CardView): AdaptiveCard {
  const { card } = view;
  const spoken = clipString(plainWords(card.fallbackText), maxSpokenChars);
  const actions = adaptiveActions([
    ...card.actions.slice(0, 1),
    ...moreActions(view),
    ...card.actions.slice(1),
  ]);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: teamsLimits.version,
    fallbackText: spoken,
    speak: spoken,
    msteams: { width: 'Full' },
    body: [
      ...headElements(card),
      ...card.sections.flatMap((section, index) => sectionElements(section, sectionNote(view, index))),
      ...sourceElements(card.sources),
      ...closingElements(view),
    ],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function headElements(card: Card): readonly AdaptiveElement[] {
  return [
    textBlock(escapeMarkdown(card.title), { size: 'Large', weight: 'Bolder', style: 'heading' }),
    ...(card.subtitle === undefined ? [] : [textBlock(markdownText(card.subtitle), { spacing: 'None' })]),
    { type: 'RichTextBlock', spacing: 'Small', inlines: markRuns(card) },
  ];
}

/** Marking, badges and date on one line; a badge's tone is a colour of the reader's own theme. */
function markRuns(card: Card): readonly TextRun[] {
  const marks = [
    smallRun(markingLabel(card.marking), { weight: 'Bolder' }),
    ...card.badges.map(({ text, tone }) => smallRun(text, toneLooks(tone))),
    smallRun(asOfLine(card.asOf), { isSubtle: true }),
  ];
  return marks.flatMap((mark, index) => (index === 0 ? [mark] : [smallRun(' · ', { isSubtle: true }), mark]));
}

function smallRun(text: string, looks: Pick<TextRun, 'weight' | 'color' | 'isSubtle'>): TextRun {
  return { type: 'TextRun', text: plainWords(text), size: 'Small', ...looks };
}

function toneLooks(tone: Badge['tone']): Pick<TextRun, 'color' | 'isSubtle'> {
  switch (tone) {
    case 'neutral':
      return { isSubtle: true };
    case 'good':
      return { color: 'Good' };
    case 'warning':
      return { color: 'Warning' };
    case 'attention':
      return { color: 'Attention' };
    default:
      return assertNever(tone);
  }
}

function sourceElements(sources: readonly SourceNote[]): readonly AdaptiveElement[] {
  if (sources.length === 0) return [];
  const lines = sources.map((note) => `- ${sourceLine(note)}`);
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      separator: true,
      items: [
        textBlock('Sources', { weight: 'Bolder', style: 'heading', size: 'Small' }),
        textBlock(lines.join('\n'), { size: 'Small', spacing: 'Small' }),
      ],
    },
  ];
}

function sourceLine(note: SourceNote): string {
  const title = escapeMarkdown(note.title);
  const linked = note.url === undefined ? title : `[${title}](${note.url})`;
  const details = escapeMarkdown(sourceDetails(note).join(' · '));
  return `${escapeMarkdown(`[${note.number}]`)} ${linked} · ${details}`;
}

function closingElements(view: CardView): readonly AdaptiveElement[] {
  const lines = [withheldLine(view.card.withheld), closingNote(view)].filter((line) => line !== undefined);
  return lines.map((line) =>
    textBlock(escapeMarkdown(line), { size: 'Small', isSubtle: true, spacing: 'Small' }),
  );
}
