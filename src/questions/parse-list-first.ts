import { leavesOf } from './condition.ts';
import type { AskedText, Form } from './form.ts';
import { listForm } from './parse-list.ts';
import type { ListQuestion, Question } from './types.ts';

/**
 * Lists that name one thing and say more than that it is used: "groups using Mimikatz except Chinese ones", "who targets
 * Germany and uses Cobalt Strike", "PlugX -China". Read before the forms of one entity, which would take the name and
 * leave the rest.
 */
export const listFirstForm: Form = (asked, index) => {
  if (!mayNarrow.test(asked.cleaned) && !signOfExclusion.test(asked.text)) return undefined;
  const question = listForm(asked, index);
  return question !== undefined && narrowsUse(question, asked) ? question : undefined;
};

/** Words without which nobody asks for users of something and for something else of them. */
const mayNarrow =
  /\b(?:who|whom|which|what|groups?|actors?|apts?|gangs?|crews?|hackers|adversaries|not|no|except|excluding|exclude|without|minus|besides|apart|other than|never|but|isn't|aren't|don't|doesn't|and|users|operators|using|targeting)\b/i;
const signOfExclusion = /(?:^|\s)[-!\u2010-\u2015\u2212](?=[\p{L}("])/u;

function narrowsUse(question: Question, { cleaned }: AskedText): question is ListQuestion {
  if (question.kind !== 'list') return false;
  // "which technique is only used by Turla"
  if (isOfNobodyElse(question)) return true;
  if (question.types.join() !== 'intrusion-set') return false;
  const leaves = leavesOf(question.where);
  const used = leaves.filter(({ leaf }) => leaf.kind === 'uses' || leaf.kind === 'software');
  if (used.length === 0) return false;
  return (
    used.length < leaves.length ||
    (leaves.some(({ isNegated }) => isNegated) && !/^(?:does|do|is|are|has|have|did)\b/i.test(cleaned))
  );
}

function isOfNobodyElse({ where, types }: ListQuestion): boolean {
  return (
    !types.includes('intrusion-set') &&
    where.kind === 'and' &&
    where.of.some((part) => part.kind === 'not' && part.of.kind === 'of-actors' && part.of.of.kind === 'not')
  );
}
