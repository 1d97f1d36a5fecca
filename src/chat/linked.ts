import { answerEntity } from '../briefing/answer.ts';
import type { Card, Section } from '../cards/card.ts';
import { citedNumbers } from '../cards/cited-numbers.ts';
import { namedEntity } from './commands/named-entity.ts';
import type { CommandContext } from './commands/types.ts';
import { actorPathPrefix } from './surfaces-types.ts';

const maxPathChars = 600;
const maxSections = 3;
/** What concerns the workspace that asks is nobody else's business, and a preview is forwarded. */
const ofAsker = 'is-it-us';

/**
 * The short card behind `/actor/ID-OR-NAME`, out of what the context's place may see; undefined where nothing, or more than
 * one thing, is called so.
 */
export async function linkedCard(path: string, context: CommandContext): Promise<Card | undefined> {
  const name = nameIn(path);
  if (name === undefined) return undefined;
  const found = await namedEntity(name, context, () => 'help');
  if (found.kind === 'card') return undefined;
  const answer = await answerEntity(
    found.entity.id,
    'overview',
    await context.desk.contextAt(context.place.ceiling),
  );
  return answer === undefined ? undefined : shortCard(answer.card, found.entity.id);
}

/** What stands behind the prefix, decoded; undefined for another path, or for what cannot be decoded. */
function nameIn(path: string): string | undefined {
  if (!path.startsWith(actorPathPrefix) || path.length > maxPathChars) return undefined;
  const [encoded = ''] = path.slice(actorPathPrefix.length).split(/[?#]/, 1);
  try {
    const name = decodeURIComponent(encoded.replace(/(?<!\/)\/+$/, '')).trim();
    return name === '' || name.includes('/') ? undefined : name;
  } catch {
    return undefined;
  }
}

/** Who, who says so, whom: the first screen without its lists, and the whole behind one button. */
function shortCard(card: Card, entity: string): Card {
  const sections = card.sections
    .filter(({ id, rank }) => rank <= 1 && id !== ofAsker)
    .slice(0, maxSections)
    .map(shortSection);
  const cited = citedNumbers(sections, card.subtitle);
  return {
    ...card,
    sections,
    sources: card.sources.filter(({ number }) => cited.has(number)),
    actions: [{ type: 'command', label: 'Brief', value: { verb: 'brief', entity } }],
  };
}

const shownItems = 4;

function shortSection(section: Section): Section {
  if (section.type !== 'list' || section.items.length <= shownItems) return section;
  return {
    ...section,
    items: section.items.slice(0, shownItems),
    total: section.total ?? section.items.length,
  };
}
