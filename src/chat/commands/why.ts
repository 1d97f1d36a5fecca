import { readEvidenceId } from '../../briefing/evidence-types.ts';
import { defineCommand } from './types.ts';

export const whyCommand = defineCommand<string>({
  name: 'why',
  summary: 'The reasons behind a join, a name or a fact: rule, records, claims, sources, dates.',
  usage: 'why ACTOR [NAME | FACT | ACTOR], or why E-… for an answer',
  examples: ['why APT39', 'why APT39 chafer', 'why APT39 uses Remexi', 'why not APT38 Lazarus Group'],
  parse: (rest) =>
    rest === ''
      ? { kind: 'usage', problem: 'Say what is in question: an actor, and a name or a fact of it.' }
      : { kind: 'ok', input: rest },
  run: async (text, { desk, place, whole, evidence }) => {
    const id = readEvidenceId(text);
    if (id !== undefined && evidence !== undefined) {
      const explained = await evidence.explain({ id, place, whole, desk });
      return { card: explained.card, audience: 'asker', answer: explained };
    }
    const answer = await desk.why(text, place.ceiling, { whole });
    return { card: answer.card, audience: 'asker', answer };
  },
});
