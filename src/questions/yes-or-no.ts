import { cleanQuestion } from './clean.ts';

const opening = /^(?:is|are|was|were|does|do|did|has|have|had|can|could)\b/i;

/** True for a text that asks for a yes: "is Chafer APT39?". */
export function isYesOrNo(text: string): boolean {
  return opening.test(cleanQuestion(text.slice(0, maxLength)));
}

const maxLength = 300;
