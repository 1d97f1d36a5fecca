import { assertNever } from '../../support/assert-never.ts';
import type { ActionValue, Badge, Card, Rendered, SourceNote } from '../card.ts';
import { type ClearedCard, cardOf } from '../cleared.ts';
import { type CardView, fitCard } from '../fit.ts';
import { asOfLine, evidenceLine, markingLabel, sourceDetails, withheldLine } from '../format.ts';
import type { Caps } from '../ladder.ts';
import { clipString } from '../measure.ts';
import { closingNote, droppedLabels, moreActions, sectionNote } from '../more.ts';
import { adaptiveActions, type CardPlace, privatelyAction } from './actions.ts';
import { cardBudgetBytes, payloadBytes, shortBodyBytes, teamsLimits } from './limits.ts';
import { headingStyle, sectionElements, textBlock } from './sections.ts';
import { escapeMarkdown, markdownText, plainWords } from './text.ts';
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement, TextRun } from './types.ts';

const caps: Caps = {
  titleChars: 200,
  textChars: 3_000,
  labelChars: 140,
  tableRows: 100,
  tableColumns: 20,
};

/** Notifications show about a line; screen readers read all of it. */
const maxSpokenChars = 600;

export interface CardLook {
  /** In a message when not given. */
  readonly place?: CardPlace;
  /** For channels: a screen of it, with the rest behind its buttons. */
  readonly isShort?: boolean;
  /** What "More Privately" asks for in the chat with the one who presses it; absent: there is no such button. */
  readonly privately?: ActionValue;
}

/**
 * A card as an Adaptive Card below 25 KB, for light and dark themes and any width: no colours of our own, no
 * pixel widths, no images. Data is escaped, so none of it becomes a link, an image or a list. Version 1.5, and 1.3 for
 * the preview of a link.
 */
export function renderAdaptiveCard(cleared: ClearedCard, look: CardLook = {}): Rendered<AdaptiveCard> {
  const view = fitCard(cardOf(cleared), caps, (candidate) => fits(adaptiveCardOf(candidate, look), look));
  return { payload: adaptiveCardOf(view, look), dropped: droppedLabels(view) };
}

function fits(payload: AdaptiveCard, { place, isShort }: CardLook): boolean {
  const actionCount = payload.actions?.length ?? 0;
  const menu = place === 'link' ? 0 : teamsLimits.secondaryActions;
  return (
    payloadBytes(payload) <= cardBudgetBytes &&
    (!isShort || payloadBytes(payload.body) <= shortBodyBytes) &&
    actionCount <= teamsLimits.shownActions + menu
  );
}

function adaptiveCardOf(view: CardView, { place = 'message', privately }: CardLook): AdaptiveCard {
  const { card } = view;
  const spoken = clipString(plainWords(card.fallbackText), maxSpokenChars);
  // A preview has room for a few buttons, and nobody who would answer those for the rest.
  const more = place === 'link' ? [] : moreActions(view);
  const own = adaptiveActions([...card.actions.slice(0, 1), ...more, ...card.actions.slice(1)], place);
  const actions = privately === undefined ? own : withSecond(own, privatelyAction(privately));
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: place === 'link' ? teamsLimits.linkVersion : teamsLimits.version,
    fallbackText: spoken,
    speak: spoken,
    msteams: { width: 'Full' },
    body: [
      ...headElements(card, place),
      ...card.sections.flatMap((section, index) => sectionElements(section, sectionNote(view, index), place)),
      ...sourceElements(card.sources, place),
      ...closingElements(view),
    ],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** The second button of a card; what was fifth in sight goes to the menu. */
function withSecond(actions: readonly AdaptiveAction[], second: AdaptiveAction): readonly AdaptiveAction[] {
  const [first, ...rest] = actions;
  const all = first === undefined ? [second] : [first, second, ...rest];
  return all.map((action, index) =>
    index < teamsLimits.shownActions ? action : { ...action, mode: 'secondary' },
  );
}

function headElements(card: Card, place: CardPlace): readonly AdaptiveElement[] {
  return [
    textBlock(escapeMarkdown(card.title), { size: 'Large', weight: 'Bolder', ...headingStyle(place) }),
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
    ...(card.evidence === undefined ? [] : [smallRun(evidenceLine(card.evidence), { isSubtle: true })]),
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

function sourceElements(sources: readonly SourceNote[], place: CardPlace): readonly AdaptiveElement[] {
  if (sources.length === 0) return [];
  const lines = sources.map((note) => `- ${sourceLine(note)}`);
  return [
    {
      type: 'Container',
      spacing: 'Medium',
      separator: true,
      items: [
        textBlock('Sources', { weight: 'Bolder', ...headingStyle(place), size: 'Small' }),
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
