import type { Form, FormValues } from '../../cards/form.ts';
import { runAction } from '../actions.ts';
import type { CommandContext } from '../commands/types.ts';
import { toFound } from '../find.ts';
import { runText } from '../run-text.ts';
import type { FormReply } from '../surfaces-types.ts';
import { optionOf, problem, valueOf } from './form-values.ts';
import type { FormSpec } from './types.ts';

const field = 'entity';
/** Stands for the thing that is chosen, in a question that the form was opened with. */
const hole = '{}';
const maxStateChars = 400;

/**
 * One search field. What is chosen is briefed on; a form that was opened with a question, such as `compare APT39 and {}`,
 * asks that about it.
 */
export const lookUpForm: FormSpec = {
  open: async ({ entity, question }, context) => ({
    kind: 'form',
    form: await lookUp(entity === undefined ? {} : { [field]: [entity] }, question, context),
  }),
  refresh: async ({ values, state }, context) => ({
    kind: 'form',
    form: await lookUp(values, state, context),
  }),
  submit: async ({ values, state }, context) => {
    const chosen = valueOf(values, field);
    if (chosen === undefined)
      return { kind: 'form', form: await lookUp(values, state, context), problems: [problem(field, needed)] };
    return lookedUp(chosen, state, context);
  },
};

const needed = 'Type a name or an id, such as APT39, and choose one.';

async function lookUp(values: FormValues, state: string | undefined, context: CommandContext): Promise<Form> {
  const { knowledge } = await context.desk.contextAt(context.place.ceiling);
  const chosen = knowledge.entity(valueOf(values, field) ?? '');
  const option = chosen === undefined ? undefined : optionOf(chosen.id, toFound(chosen, knowledge).name);
  const isQuestion = state?.includes(hole) === true && state.length <= maxStateChars;
  return {
    id: 'look-up',
    title: isQuestion ? 'Choose' : 'Look up',
    submitLabel: isQuestion ? 'Ask' : 'Brief me',
    fields: [
      {
        type: 'search',
        id: field,
        label: 'Actor, software, technique, vulnerability or report',
        hint: 'By any name, alias or id.',
        source: 'entity',
        placeholder: 'APT39, Chafer, T1566, CVE-2017-11882',
        ...(option === undefined ? {} : { chosen: [option] }),
      },
    ],
    ...(isQuestion ? { state } : {}),
  };
}

/** An id that was chosen, or a text where the platform has no type-ahead. */
async function lookedUp(
  chosen: string,
  state: string | undefined,
  context: CommandContext,
): Promise<FormReply> {
  const { knowledge } = await context.desk.contextAt(context.place.ceiling);
  const entity = knowledge.entity(chosen);
  if (state?.includes(hole) === true) {
    const name = entity?.externalIds[0] ?? entity?.name ?? chosen;
    return {
      kind: 'done',
      reply: await runText(
        state.replaceAll(hole, () => name),
        context,
      ),
    };
  }
  if (entity === undefined) return { kind: 'done', reply: await runText(chosen, context) };
  return { kind: 'done', reply: await runAction({ verb: 'brief', entity: entity.id }, context) };
}
