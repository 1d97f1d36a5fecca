import { searchCard } from '../../briefing/message-cards.ts';
import type { Match, SearchIndex } from '../../search/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import { defineCommand } from './types.ts';

const maxSuggestions = 50;

export const searchCommand = defineCommand<string>({
  name: 'search',
  summary: 'Everything whose name begins with or resembles a text.',
  usage: 'search TEXT',
  examples: ['search lazarus', 'search kitten'],
  parse: (rest) =>
    rest === '' ? { kind: 'usage', problem: 'Say what to search for.' } : { kind: 'ok', input: rest },
  run: async (text, { desk, place, whole }) => {
    const { knowledge, index, now } = await desk.contextAt(place.ceiling);
    const matches = everyMatch(text, index);
    return { card: searchCard(matches, text, knowledge, now, whole).card, audience: 'asker' };
  },
});

/** What the text names, then what it begins, each entity once. */
function everyMatch(text: string, index: SearchIndex): readonly Match[] {
  const found = [...lookupMatches(text, index), ...index.suggest(text, maxSuggestions)];
  const seen = new Set<string>();
  return found.filter(({ entity }) => {
    const isNew = !seen.has(entity.id);
    seen.add(entity.id);
    return isNew;
  });
}

function lookupMatches(text: string, index: SearchIndex): readonly Match[] {
  const lookup = index.lookup(text);
  switch (lookup.kind) {
    case 'found':
      return [lookup.match];
    case 'ambiguous':
      return lookup.matches;
    case 'suggest':
      return lookup.suggestions;
    case 'not-found':
      return [];
    default:
      return assertNever(lookup);
  }
}
