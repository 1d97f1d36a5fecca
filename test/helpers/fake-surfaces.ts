import type { Form } from '../../src/cards/form.ts';
import type {
  Asked,
  FormInput,
  FormReply,
  Found,
  OptionsRequest,
  Surfaces,
} from '../../src/chat/surfaces-types.ts';
import { sampleCard } from './sample-card.ts';

export interface FakeSurfaces extends Surfaces {
  readonly calls: readonly {
    readonly name: string;
    readonly asked: Asked & Partial<FormInput & OptionsRequest & { readonly path: string }>;
  }[];
  /** What the next calls do in place of answering. */
  failWith: Error | undefined;
  /** How the next form is answered. */
  formReply: FormReply | undefined;
}

export const fakeForm: Form = {
  id: 'subscribe',
  title: 'Subscribe',
  submitLabel: 'Subscribe',
  state: 'place-1',
  fields: [
    { type: 'note', id: 'next', paragraphs: [[{ text: 'Next: Monday' }]] },
    { type: 'text', id: 'filters', label: 'Filters', maxChars: 300, hint: 'As in search', isOptional: true },
    {
      type: 'choice',
      id: 'shape',
      label: 'Shape',
      options: [
        { value: 'thread', label: 'With replies' },
        { value: 'one', label: 'One message' },
      ],
      value: 'one',
      refreshes: true,
    },
    {
      type: 'choices',
      id: 'days',
      label: 'Days',
      options: [
        { value: 'mo,1', label: 'Monday' },
        { value: 'tu', label: 'Tuesday' },
      ],
      values: ['mo,1', 'tu'],
    },
    { type: 'search', id: 'zone', label: 'Time zone', source: 'zone', placeholder: 'Berlin' },
    { type: 'search', id: 'actors', label: 'Actors', source: 'actor', isMultiple: true, isOptional: true },
  ],
  actions: [{ id: 'preview', label: 'Preview' }],
};

const heron: Found = {
  id: 'intrusion-set--00000000-0000-4000-8000-000000000900',
  type: 'intrusion-set',
  name: 'APT900',
  matched: 'Velvet Heron',
  hint: 'Actor, Iran <b>x</b>',
};

/** Surfaces that know one form, one actor and one link. */
export function createFakeSurfaces(): FakeSurfaces {
  const calls: FakeSurfaces['calls'][number][] = [];
  const note = (name: string, asked: FakeSurfaces['calls'][number]['asked']): void => {
    calls.push({ name, asked: { ...asked } });
    if (surfaces.failWith !== undefined) throw surfaces.failWith;
  };
  const form = async (name: string, input: FormInput): Promise<FormReply> => {
    note(name, input);
    return surfaces.formReply ?? { kind: 'form', form: fakeForm };
  };
  const surfaces: FakeSurfaces = {
    calls,
    failWith: undefined,
    formReply: undefined,
    openForm: async (request) => {
      note('openForm', request);
      return surfaces.formReply ?? { kind: 'form', form: fakeForm };
    },
    refreshForm: (input) => form('refreshForm', input),
    submitForm: (input) => form('submitForm', input),
    options: async (request) => {
      note('options', request);
      const zones = ['Europe/Berlin', 'Europe/Bern', 'Europe/Paris, TX'];
      const wanted = request.text.toLowerCase();
      return zones
        .filter((zone) => zone.toLowerCase().includes(wanted))
        .map((zone) => ({ value: zone, label: zone }));
    },
    find: async (request) => {
      note('find', request);
      return request.text === 'nobody' ? [] : [heron];
    },
    briefText: async (request) => {
      note('briefText', request);
      return { card: sampleCard, audience: 'asker' };
    },
    home: async (request) => {
      note('home', request);
      return sampleCard;
    },
    linked: async (request) => {
      note('linked', request);
      return request.path === '/actor/APT99' ? { ...sampleCard, marking: 'clear', sources: [] } : undefined;
    },
  };
  return surfaces;
}
