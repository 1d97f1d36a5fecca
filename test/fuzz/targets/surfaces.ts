import * as fc from 'fast-check';
import { type FormValues, formIds, optionSources } from '../../../src/cards/form.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { renderForm } from '../../../src/cards/teams/form.ts';
import { forms } from '../../../src/chat/forms/index.ts';
import { actorPathPrefix, type FormReply, linkCeiling } from '../../../src/chat/surfaces-types.ts';
import { openSurfaceWorld } from '../../helpers/surfaces.ts';
import { type Audience, cardProblems, replyProblems } from '../sound.ts';
import { defineTarget } from '../target.ts';
import { questionTexts } from '../texts.ts';
import { edited, hostile } from '../words.ts';
import { createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';
import { askedBy, speaking } from './conversation.ts';
import { filterTexts } from './filters.ts';

type Speaking = Parameters<typeof askedBy>[0];

/** A path behind our own address, whole, encoded wrongly, or another. */
const paths = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    {
      arbitrary: texts.map((text) => `${actorPathPrefix}${encodeURIComponent(text.toWellFormed())}`),
      weight: 5,
    },
    { arbitrary: edited(texts.map((text) => `${actorPathPrefix}${text}`)), weight: 4 },
    { arbitrary: hostile(), weight: 1 },
  );

export const linkTarget = defineTarget<Speaking & { readonly path: string }>(
  'links',
  'links of our own that somebody shares',
  async () => {
    const { world, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const opened = await openSurfaceWorld({ world, now: fuzzNow, log });
    return {
      inputs: fc.tuple(speaking, paths(questionTexts(canaries))).map(([who, path]) => ({ ...who, path })),
      problemsOf: async ({ path, ...who }) => {
        const card = await opened.surfaces.linked({ ...askedBy(who), path });
        const audience = { ceiling: linkCeiling, typed: path, canaries };
        return [...(card === undefined ? [] : cardProblems(card, audience)), ...log.take()];
      },
      close: () => opened.close(),
    };
  },
);

interface Filled extends Speaking {
  readonly form: (typeof formIds)[number];
  readonly how: 'open' | 'refresh' | 'submit';
  readonly values: FormValues;
  readonly state?: string;
  readonly button?: string;
  /** What is typed in a search field, and pasted to be briefed on. */
  readonly text: string;
}

const fields = [
  'filters',
  'actors',
  'rhythm',
  'time',
  'day',
  'zone',
  'when',
  'shape',
  'empty',
  'where',
  'ceiling',
  'entity',
  'question',
  'watch',
  'tlp',
  'house',
  'sectors',
  '__proto__',
] as const;
const plain = [
  'daily',
  'weekly',
  'weekdays',
  'other',
  '9:30',
  '25:99',
  'Europe/Berlin',
  'thread',
  'amber',
  'red',
  'monday',
  '1',
  'pause',
  'end',
];

export const formTarget = defineTarget<Filled>(
  'forms',
  'dialogs: opened, changed and sent with any values, search fields, and pasted texts',
  async () => {
    const { world, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const opened = await openSurfaceWorld({ world, now: fuzzNow, log });
    const { surfaces } = opened;
    const texts = questionTexts(canaries);
    const value = fc.oneof(fc.constantFrom(...plain), filterTexts, hostile(), texts);
    const name = fc.oneof(
      { arbitrary: fc.constantFrom<string>(...fields), weight: 8 },
      { arbitrary: hostile(), weight: 1 },
    );
    const filled = fc.record(
      {
        form: fc.constantFrom(...formIds),
        how: fc.constantFrom('open', 'refresh', 'submit', 'submit'),
        values: fc.dictionary(name, fc.array(value, { maxLength: 4 }), { maxKeys: 8 }),
        state: fc.oneof(fc.constantFrom('abcdefg234', 'techniques of {}', '{}'), hostile()),
        button: fc.oneof(fc.constantFrom('preview', 'pause', 'resume', 'end', 'refresh'), hostile()),
        text: texts,
      },
      { requiredKeys: ['form', 'how', 'values', 'text'] },
    );
    return {
      inputs: fc.tuple(speaking, filled).map(([who, form]) => ({ ...who, ...form })),
      problemsOf: async (input) => {
        const { form, how, values, state, button, text } = input;
        const asked = askedBy(input);
        const audience = {
          ceiling: input.ceiling,
          typed: `${JSON.stringify(values)} ${state} ${text}`,
          canaries,
        };
        const about = { ...asked, form, values, ...(state === undefined ? {} : { state }) };
        const reply =
          how === 'open'
            ? await surfaces.openForm({
                ...asked,
                form,
                question: text,
                ...(state === undefined ? {} : { entity: state }),
              })
            : await surfaces[how === 'refresh' ? 'refreshForm' : 'submitForm']({
                ...about,
                ...(button === undefined ? {} : { button }),
              });
        const source = optionSources[text.length % optionSources.length] ?? 'entity';
        const options = await surfaces.options({ ...asked, source, text, limit: 15 });
        const brief = await surfaces.briefText({ ...asked, text });
        return [
          ...formProblems(reply, audience),
          ...(options.length > 15 ? ['more options than were asked for'] : []),
          ...options.filter((one) => one.value.length > 75).map(() => 'an option of more than 75 characters'),
          ...replyProblems(brief, audience),
          ...log.take(),
        ];
      },
      close: () => opened.close(),
    };
  },
);

function formProblems(reply: FormReply, audience: Audience): readonly string[] {
  if (reply.kind === 'done') return replyProblems(reply.reply, audience);
  const beside = reply.kind === 'beside' ? replyProblems(reply.reply, audience) : [];
  const known = new Set<string>(Object.keys(forms));
  return [
    ...beside,
    ...(known.has(reply.form.id) ? [] : ['a form that is none']),
    ...((reply.form.state?.length ?? 0) > 1_500 ? ['a state of more than 1,500 characters'] : []),
    ...checkAdaptiveCard(renderForm(reply.form, reply.kind === 'form' ? reply.problems : []).card),
  ];
}
