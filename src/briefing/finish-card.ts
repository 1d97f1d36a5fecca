import type { Action, Badge, Card, Section, Text } from '../cards/card.ts';
import type { ClearText } from '../cards/clear-text.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import type { CiteBook } from './cites.ts';

/** What a card consists of before its notes and markings are known. */
export type CardParts = CardBody & (NoticeParts | FallbackParts);

interface NoticeParts {
  /** What goes into notifications. */
  readonly notice: ClearText;
}

interface FallbackParts {
  /** The same, which the type does not vouch for: the gate lets it out where all of the card is CLEAR. */
  readonly fallbackText: string;
}

interface CardBody {
  readonly title: string;
  readonly subtitle?: Text;
  readonly badges?: readonly Badge[];
  readonly sections: readonly (Section | undefined)[];
  readonly actions?: readonly Action[];
  readonly withheld?: Withheld;
}

export const nothingWithheld: Withheld = { count: 0, highest: null };

/** Closes a card: source notes, the strictest marking among what was used, and the time of the newest import. */
export function finishCard(parts: CardParts, knowledge: Knowledge, now: Date, cites?: CiteBook): Card {
  const sections = parts.sections.filter((section) => section !== undefined);
  const sources = cites?.notes() ?? [];
  return {
    title: parts.title,
    ...(parts.subtitle === undefined ? {} : { subtitle: parts.subtitle }),
    marking: cites?.marking() ?? 'clear',
    badges: parts.badges ?? [],
    sections,
    sources,
    withheld: parts.withheld ?? nothingWithheld,
    actions: (parts.actions ?? []).filter((action) => leadsSomewhere(action, sections, sources.length)),
    asOf: newestImport(knowledge) ?? now.toISOString(),
    ...('notice' in parts
      ? { fallbackText: parts.notice, notice: parts.notice }
      : { fallbackText: parts.fallbackText }),
  };
}

/** A card of sentences alone has no parts to show more of, and one that cites nothing no sources to tell. */
function leadsSomewhere(action: Action, sections: readonly Section[], sources: number): boolean {
  if (action.type === 'link') return true;
  const { verb, section } = action.value;
  if (verb === 'sources') return sources > 0;
  return verb !== 'more' || section !== undefined || sections.some(({ type }) => type !== 'text');
}

function newestImport(knowledge: Knowledge): string | undefined {
  let newest: string | undefined;
  for (const { importedAt } of knowledge.sources.values()) {
    if (newest === undefined || importedAt > newest) newest = importedAt;
  }
  return newest;
}
