import * as fc from 'fast-check';
import { answerToJson } from '../../../src/briefing/answer-json.ts';
import { createDesk } from '../../../src/chat/desk.ts';
import type { Tlp } from '../../../src/domain/tlp.ts';
import { parseQuestion } from '../../../src/questions/parse-question.ts';
import { createMemoryStore } from '../../helpers/knowledge.ts';
import { answerProblems, cardProblems } from '../sound.ts';
import { defineTarget } from '../target.ts';
import { questionTexts } from '../texts.ts';
import { ceilings, createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';

interface Asked {
  readonly text: string;
  readonly ceiling: Tlp;
}

export const questionTarget = defineTarget<Asked>(
  'questions',
  'questions of every kind, to all that comes with the product',
  async () => {
    const { world, canaries } = fuzzKnowledge(true);
    const log = createWatchedLog();
    const desk = createDesk({ store: createMemoryStore(world).store, clock: { now: () => fuzzNow }, log });
    await desk.refresh();
    return {
      inputs: fc.record({ text: questionTexts(canaries), ceiling: fc.constantFrom(...ceilings) }),
      problemsOf: async ({ text, ceiling }) => {
        const { index } = await desk.contextAt(ceiling);
        parseQuestion(text, index);
        const answer = await desk.ask(text, ceiling);
        const json = JSON.stringify(answerToJson(answer, 0, ''));
        return [
          ...answerProblems(answer),
          ...cardProblems(answer.card, { ceiling, typed: text, canaries }),
          ...(JSON.parse(json) === null ? ['no JSON'] : []),
          ...log.take(),
        ];
      },
    };
  },
);
