import { sourcesCard } from '../../briefing/source-cards.ts';
import { defineCommand } from './types.ts';

export const sourcesCommand = defineCommand<undefined>({
  name: 'sources',
  summary: 'What is loaded and connected: every source with its release, date, marking, licence and state.',
  usage: 'sources',
  examples: ['sources'],
  // "sources of APT39" asks about an actor.
  parse: (rest) => (rest === '' ? { kind: 'ok', input: undefined } : { kind: 'question' }),
  run: async (_, { desk, place, whole }) => ({
    card: sourcesCard(await desk.contextAt(place.ceiling, { whole }), await desk.connections()),
    audience: 'asker',
  }),
});
