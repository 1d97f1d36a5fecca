import { canEncodeActionValue } from './action-value.ts';
import type { Action, ActionValue, Card } from './card.ts';
import type { CardView } from './fit.ts';
import { formatCount } from './format.ts';
import { type Hidden, pluralWord } from './hidden.ts';
import { clipString } from './measure.ts';

/** Most labels that the closing note names one by one. */
const maxNamedLabels = 12;
/** Most sections that get a More button of their own; the note names the others. */
const maxSectionButtons = 4;

/** What stands under a section of which something is left out: `+12 techniques`. Undefined when all is shown. */
export function sectionNote(view: CardView, shownIndex: number): string | undefined {
  const wanted = view.sectionIndexes[shownIndex];
  const labels = view.hidden.filter(({ sectionIndex, whole }) => !whole && sectionIndex === wanted);
  return labels.length === 0 ? undefined : labels.map(({ label }) => `+${label}`).join(', ');
}

/** What stands at the card's end when parts are left out whole: `Not shown here: 3 reports, “Overview”`. */
export function closingNote(view: CardView): string | undefined {
  const labels = closingLabels(view);
  return labels.length === 0 ? undefined : `Not shown here: ${labels.join(', ')}`;
}

/** Everything left out, in the very words of the card's notes. */
export function droppedLabels(view: CardView): readonly string[] {
  return [...view.hidden.filter(({ whole }) => !whole).map(({ label }) => label), ...closingLabels(view)];
}

function closingLabels(view: CardView): readonly string[] {
  const whole = view.hidden.filter((hidden) => hidden.whole);
  const named = orderForNaming(whole)
    .slice(0, maxNamedLabels)
    .map(({ label }) => label);
  const rest = whole.length - named.length;
  return rest > 0 ? [...named, `${formatCount(rest)} other parts`] : named;
}

/** Sources, badges and buttons before sections, so that a long row of sections never swallows them. */
function orderForNaming(hidden: readonly Hidden[]): readonly Hidden[] {
  return [
    ...hidden.filter(({ sectionIndex }) => sectionIndex === undefined),
    ...hidden.filter(({ sectionIndex }) => sectionIndex !== undefined),
  ];
}

/**
 * Buttons that show what is left out: one for each of the foremost such sections, and one for the sources. Empty
 * when the card has no subject to ask again about, or already offers the same.
 */
export function moreActions(view: CardView): readonly Action[] {
  const subject = subjectOf(view.whole);
  if (subject === undefined) return [];
  const offered = new Set(view.card.actions.map(sectionAskedFor));
  const indexes = [...new Set(view.hidden.flatMap(({ sectionIndex }) => sectionIndex ?? []))];
  const byImportance = indexes
    .map((index) => view.whole.sections[index])
    .filter((section) => section !== undefined)
    .sort((a, b) => a.rank - b.rank)
    .filter(({ id }) => !offered.has(id))
    .slice(0, maxSectionButtons);
  const buttons = byImportance.map(
    (section): Action => ({
      type: 'command',
      label: moreLabel(section.id, section.heading),
      value: { verb: 'more', ...subject, section: section.id },
    }),
  );
  const wanted = missesSources(view) ? [...buttons, sourcesAction(subject)] : buttons;
  return wanted.filter(canBeCarried).slice(0, view.moreButtons);
}

/** A long question leaves no room in a button's value for the section besides. */
function canBeCarried(action: Action): boolean {
  return action.type === 'link' || canEncodeActionValue(action.value);
}

function moreLabel(id: string, heading: string | undefined): string {
  const word = pluralWord(id);
  if (word !== undefined) return `More ${word.replace(/(^| )[a-z]/g, (letter) => letter.toUpperCase())}`;
  return clipString(`More: ${heading ?? id.replaceAll('-', ' ')}`, 40);
}

function missesSources({ card, whole }: CardView): boolean {
  const isOffered = card.actions.some(
    (action) => action.type === 'command' && action.value.verb === 'sources',
  );
  return card.sources.length < whole.sources.length && !isOffered;
}

function sourcesAction(subject: Subject): Action {
  return { type: 'command', label: 'All Sources', value: { verb: 'sources', ...subject } };
}

type Subject = Pick<ActionValue, 'entity' | 'question'>;

/** What the card is about, as its own buttons say it. */
function subjectOf(card: Card): Subject | undefined {
  for (const action of card.actions) {
    if (action.type !== 'command') continue;
    const { entity, question } = action.value;
    if (entity !== undefined) return { entity };
    if (question !== undefined) return { question };
  }
  return undefined;
}

function sectionAskedFor(action: Action): string | undefined {
  return action.type === 'command' && action.value.verb === 'more' ? action.value.section : undefined;
}
