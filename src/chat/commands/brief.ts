import { answerText } from './ask.ts';
import { defineCommand } from './types.ts';

export const briefCommand = defineCommand<string>({
  name: 'brief',
  summary: 'The whole briefing on an actor, software, technique or report.',
  usage: 'brief ACTOR',
  examples: ['brief APT39', 'brief Lazarus Group'],
  parse: (rest) => {
    if (rest === '') return { kind: 'usage', problem: 'Say whom the briefing is about.' };
    // "brief me on APT39" is a sentence that the question grammar reads by itself.
    return /^(?:me|us)\b/i.test(rest) ? { kind: 'question' } : { kind: 'ok', input: rest };
  },
  run: (name, context) => answerText(name, context),
});
