import type { Card } from './card.ts';
import { sizeOf } from './hidden.ts';

/** What a platform can take at the very most, before the whole is measured. */
export interface Caps {
  readonly titleChars: number;
  /** Of one paragraph, item, cell or value. */
  readonly textChars: number;
  /** Of a heading, a field's label, a badge, a column's or a source's title. */
  readonly labelChars: number;
  readonly tableRows: number;
  readonly tableColumns: number;
}

/** How much of a card may be shown. */
export interface Room {
  /** Things kept per section, by the section's position; 0 drops it. */
  readonly items: readonly number[];
  readonly sources: number;
  readonly badges: number;
  readonly actions: number;
  /** Buttons for what is left out. */
  readonly moreButtons: number;
  /** Of one paragraph, item, cell or value. */
  readonly textChars: number;
}

type MutableRoom = {
  -readonly [Key in keyof Room]: Room[Key] extends readonly number[] ? number[] : Room[Key];
};
type Step = (room: MutableRoom) => void;

/** The steps from the whole card down to its bare minimum, each leaving less than the one before. */
export interface Ladder {
  readonly count: number;
  roomAfter(steps: number): Room;
}

/** Lists beyond this length are shortened before anything is dropped. */
const longListSizes = [40, 20, 12] as const;
const shortListSizes = [8, 5, 3] as const;
/** Sections of rank 0 that the bare minimum keeps. */
const minimumSections = 4;
/** Most sections that get a More button of their own, with one for the sources; the closing note names the others. */
const maxMoreButtons = 5;

/** The order in which a card gives way when room is short. */
export function ladder(card: Card, caps: Caps): Ladder {
  const steps = [
    ...longListSizes.flatMap((size) => shortenAll(card, size)),
    sources(24),
    texts(1_200),
    ...ranks(card, [9, 8, 7, 6, 5, 4, 3]),
    texts(600),
    sources(12),
    ...ranks(card, [2, 1]),
    badges(6),
    sources(4),
    texts(300),
    ...shortListSizes.flatMap((size) => shortenAll(card, size)),
    actions(5),
    texts(120),
    ...shortenAll(card, 1),
    sources(0),
    ...dropBeyondMinimum(card),
    badges(2),
    actions(2),
    texts(40),
    actions(0),
    moreButtons(1),
  ];
  return { count: steps.length, roomAfter };

  function roomAfter(count: number): Room {
    const room: MutableRoom = {
      items: card.sections.map((section) =>
        section.type === 'table' ? Math.min(caps.tableRows, sizeOf(section)) : sizeOf(section),
      ),
      sources: card.sources.length,
      badges: card.badges.length,
      actions: card.actions.length,
      moreButtons: maxMoreButtons,
      textChars: caps.textChars,
    };
    for (const step of steps.slice(0, count)) step(room);
    return room;
  }
}

/** Positions of the sections, the first to give way first: highest rank, then last in the card. */
function byRank(card: Card): readonly number[] {
  const ranksOf = card.sections.map(({ rank }, index) => ({ rank, index }));
  return ranksOf.sort((a, b) => b.rank - a.rank || b.index - a.index).map(({ index }) => index);
}

function shortenAll(card: Card, size: number): readonly Step[] {
  return byRank(card)
    .filter((index) => isLonger(card, index, size))
    .map((index) => keep(index, size));
}

function ranks(card: Card, wanted: readonly number[]): readonly Step[] {
  return byRank(card)
    .filter((index) => wanted.includes(card.sections[index]?.rank ?? 0))
    .flatMap((index) => [
      ...shortListSizes.filter((size) => isLonger(card, index, size)).map((size) => keep(index, size)),
      keep(index, 0),
    ]);
}

function dropBeyondMinimum(card: Card): readonly Step[] {
  const lastFirst = card.sections
    .map((_, index) => index)
    .filter((index) => card.sections[index]?.rank === 0);
  return lastFirst
    .slice(minimumSections)
    .reverse()
    .map((index) => keep(index, 0));
}

function isLonger(card: Card, index: number, size: number): boolean {
  const section = card.sections[index];
  return section !== undefined && sizeOf(section) > size;
}

function keep(index: number, size: number): Step {
  return (room) => {
    room.items[index] = Math.min(room.items[index] ?? 0, size);
  };
}

function sources(max: number): Step {
  return (room) => {
    room.sources = Math.min(room.sources, max);
  };
}

function badges(max: number): Step {
  return (room) => {
    room.badges = Math.min(room.badges, max);
  };
}

function actions(max: number): Step {
  return (room) => {
    room.actions = Math.min(room.actions, max);
  };
}

function moreButtons(max: number): Step {
  return (room) => {
    room.moreButtons = Math.min(room.moreButtons, max);
  };
}

function texts(max: number): Step {
  return (room) => {
    room.textChars = Math.min(room.textChars, max);
  };
}
