import { searchCard } from '../../briefing/message-cards.ts';
import { searchEntities } from '../../briefing/search-entities.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { everyMatchOf } from '../../search/every-match.ts';
import { insideNamesOf } from '../../search/inside-names.ts';
import type { Match, SearchIndex } from '../../search/types.ts';
import { defineCommand } from './types.ts';

/** As many beginnings as the index weighs, so that the count on the card is not cut short. */
const maxSuggestions = 1_024;

export const searchCommand = defineCommand<string>({
  name: 'search',
  summary: 'Everything with a name that holds or resembles a text.',
  usage: 'search TEXT',
  examples: ['search lazarus', 'search kitten'],
  parse: (rest) =>
    rest === '' ? { kind: 'usage', problem: 'Say what to search for.' } : { kind: 'ok', input: rest },
  run: async (text, { desk, place, whole }) => {
    const { knowledge, index, now } = await desk.contextAt(place.ceiling);
    const matches = everyMatch(text, index, knowledge);
    return { card: searchCard(matches, text, knowledge, now, whole).card, audience: 'asker' };
  },
});

/** What the text names, then what it begins, then what has it as a later word, each entity once. */
function everyMatch(text: string, index: SearchIndex, knowledge: Knowledge): readonly Match[] {
  const found = [
    ...everyMatchOf(index.lookup(text)),
    ...index.suggest(text, maxSuggestions),
    ...insideNamesOf(index, () => searchEntities(knowledge)).find(text),
  ];
  const seen = new Set<string>();
  return found.filter(({ entity }) => {
    const isNew = !seen.has(entity.id);
    seen.add(entity.id);
    return isNew;
  });
}
