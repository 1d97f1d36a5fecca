import type { Card, Section, SourceNote } from './card.ts';
import { citedNumbers } from './cited-numbers.ts';
import { clipSection, keepItems } from './clip-section.ts';
import { countOf } from './format.ts';
import { type Hidden, hiddenLabel, sectionName, sizeOf } from './hidden.ts';
import { type Caps, ladder, type Room } from './ladder.ts';
import { clipString, clipText } from './measure.ts';
import { type TidyCard, tidyCard } from './tidy.ts';

/** A card as far as it fits: its sections shortened, and everything that is left out named. */
export interface CardView {
  readonly card: Card;
  /** Position of each shown section in the whole card, in the order of `card.sections`. */
  readonly sectionIndexes: readonly number[];
  readonly hidden: readonly Hidden[];
  /** Most buttons that may be added for what is left out. */
  readonly moreButtons: number;
  /** The whole card, tidied. */
  readonly whole: Card;
}

/**
 * The fullest view of a card that `fits`. Parts go in this order: very long lists are shortened first, then
 * sections of the highest rank are shortened and dropped, rank by rank; rank 0 is only ever shortened.
 * `fits` is called about log2(steps) times, never once per step.
 */
export function fitCard(card: Card, caps: Caps, fits: (view: CardView) => boolean): CardView {
  const tidy = tidyCard(card);
  const steps = ladder(tidy.card, caps);
  const viewAt = (count: number): CardView => viewOf(tidy, steps.roomAfter(count), caps);
  const full = viewAt(0);
  if (fits(full)) return full;
  let tooFull = 0;
  let fitting = steps.count;
  let best = viewAt(fitting);
  while (fitting - tooFull > 1) {
    const middle = Math.floor((tooFull + fitting) / 2);
    const view = viewAt(middle);
    if (fits(view)) {
      fitting = middle;
      best = view;
    } else {
      tooFull = middle;
    }
  }
  return best;
}

function viewOf(tidy: TidyCard, room: Room, caps: Caps): CardView {
  const { card } = tidy;
  const hidden: Hidden[] = [];
  const sections: Section[] = [];
  const sectionIndexes: number[] = [];
  for (const [index, section] of card.sections.entries()) {
    const keep = Math.min(room.items[index] ?? 0, sizeOf(section));
    const label = hiddenLabel(section, keep);
    if (label !== undefined) hidden.push({ label, sectionIndex: index, whole: keep === 0 });
    if (keep === 0) continue;
    const { section: clipped, cut } = clipSection(keepItems(section, keep), room.textChars, caps);
    const cutLabel = `${countOf(cut, 'character')} of ${sectionName(section)}`;
    if (cut > 0) hidden.push({ label: cutLabel, sectionIndex: index, whole: false });
    sections.push(clipped);
    sectionIndexes.push(index);
  }
  const sources = shownSources(card, sections, hidden.length > 0, room.sources);
  note(hidden, card.sources.length - sources.length, 'source');
  const clippedSources = sources.map((source) => ({
    ...source,
    title: clipString(source.title, caps.labelChars),
  }));
  const clippedTitles = sources.filter(({ title }, index) => title !== clippedSources[index]?.title).length;
  if (clippedTitles > 0)
    hidden.push({ label: `the end of ${countOf(clippedTitles, 'source title')}`, whole: true });
  note(hidden, card.badges.length - Math.min(room.badges, card.badges.length), 'badge');
  const lostActions = Math.max(0, card.actions.length - room.actions) + tidy.lostActions;
  note(hidden, lostActions, 'button');
  const view = { ...clipHead(card, room, caps, hidden), sections, sources: clippedSources };
  return { card: view, sectionIndexes, hidden, moreButtons: room.moreButtons, whole: card };
}

function note(hidden: Hidden[], count: number, one: string): void {
  if (count > 0) hidden.push({ label: countOf(count, one), whole: true });
}

/** The sources of what is shown, and those that belong to the card as a whole (cited nowhere in it). */
function shownSources(
  card: Card,
  sections: readonly Section[],
  isShortened: boolean,
  max: number,
): readonly SourceNote[] {
  if (!isShortened) return card.sources.slice(0, max);
  const citedInAll = citedNumbers(card.sections, card.subtitle);
  const citedHere = citedNumbers(sections, card.subtitle);
  return card.sources.filter(({ number }) => citedHere.has(number) || !citedInAll.has(number)).slice(0, max);
}

function clipHead(card: Card, room: Room, caps: Caps, hidden: Hidden[]): Card {
  const title = clipString(card.title, caps.titleChars);
  if (title !== card.title) hidden.push({ label: 'the end of the title', whole: true });
  const subtitle = card.subtitle === undefined ? undefined : clipText(card.subtitle, room.textChars);
  if (subtitle !== undefined && subtitle.cut > 0)
    hidden.push({ label: `${countOf(subtitle.cut, 'character')} of the subtitle`, whole: true });
  const kept = card.badges.slice(0, room.badges);
  const badges = kept.map((badge) => ({ ...badge, text: clipString(badge.text, caps.labelChars) }));
  const clippedBadges = badges.filter(({ text }, index) => text !== kept[index]?.text).length;
  if (clippedBadges > 0) hidden.push({ label: `the end of ${countOf(clippedBadges, 'badge')}`, whole: true });
  return {
    ...card,
    title,
    ...(subtitle === undefined ? {} : { subtitle: subtitle.text }),
    badges,
    actions: card.actions.slice(0, room.actions),
  };
}
