import type { Form, FormField, FormProblem, FormValues } from '../../cards/form.ts';
import { tlpLabel, tlpLevels } from '../../domain/tlp.ts';
import { missingValue, readInput, valueText } from '../commands/settings-read.ts';
import type { CommandContext } from '../commands/types.ts';
import { messageCard } from '../message-cards.ts';
import { runText } from '../run-text.ts';
import { isDeed, type SettingName, settingNames } from '../setting-values.ts';
import { ask, textSection } from '../subscription-cards.ts';
import type { FormInput, FormReply } from '../surfaces-types.ts';
import type { ChosenSettings } from '../workspace-settings.ts';
import { done, problem, valueOf } from './form-values.ts';
import type { FormSpec } from './types.ts';
import { zoneOption } from './zone-options.ts';

/** Every setting of the workspace that the asker may change; sending runs the `settings` command for each that differs. */
export const settingsForm: FormSpec = {
  open: async ({ now }, context) => open(undefined, now, context),
  refresh: async ({ values, now }, context) => open(values, now, context),
  submit: (input, context) => save(input, context),
};

/** In Slack a choice has no empty option, and in Teams an empty text is no answer. */
const asDefault = 'default';

async function open(values: FormValues | undefined, now: Date, context: CommandContext): Promise<FormReply> {
  const { place, settings } = context;
  const names = await changeable(context);
  if (place.workspace === undefined || names.length === 0) return done(nothingToChange(now, context));
  const chosen = await settings.of(place.workspace);
  return { kind: 'form', form: settingsDialog(names, values ?? presentValues(names, chosen), chosen, now) };
}

async function changeable({ settingRefusal }: CommandContext): Promise<readonly SettingName[]> {
  const names: SettingName[] = [];
  for (const name of settingNames) if ((await settingRefusal(name)) === undefined) names.push(name);
  return names;
}

function nothingToChange(now: Date, { place }: CommandContext) {
  const text =
    place.workspace === undefined
      ? 'This place belongs to no workspace that could keep settings.'
      : 'There is no setting that you may change here; ask an admin of this workspace.';
  return {
    ...messageCard('Settings', [textSection('none', text)], now),
    actions: [ask('Settings', 'settings')],
  };
}

function settingsDialog(
  names: readonly SettingName[],
  values: FormValues,
  chosen: ChosenSettings,
  now: Date,
): Form {
  return {
    id: 'settings',
    title: 'Settings',
    submitLabel: 'Save',
    fields: [
      {
        type: 'note',
        id: 'how',
        paragraphs: [[{ text: 'What is left empty, or says “default”, goes back to the default.' }]],
      },
      ...names.map((name) => settingField(name, valueOf(values, name), chosen, now)),
    ],
  };
}

const labels: ReadonlyMap<string, string> = new Map([
  ['naming', 'Whose names come first'],
  ['sectors', 'Our sectors'],
  ['regions', 'Our countries and regions'],
  ['zone', 'Time zone'],
  ['tlp', 'What places that only members read may see'],
  ['guests', 'What guests get'],
  ['subscribe', 'Who may subscribe channels'],
  ['look-up', 'Who may look things up'],
  ['share', 'Who may share answers'],
  ['digest-now', 'Who may post digests out of their turn'],
  ['settings', 'Who may change these settings'],
  ['sources', 'Who may add and change sources'],
  ['audit', 'Who may see the audit'],
]);

function settingField(
  name: SettingName,
  value: string | undefined,
  chosen: ChosenSettings,
  now: Date,
): FormField {
  const base = { id: name, label: labels.get(name) ?? name, hint: missingValue(name), isOptional: true };
  if (name === 'zone') {
    const option = value === undefined ? undefined : zoneOption(value, now);
    return { ...base, type: 'search', source: 'zone', ...(option === undefined ? {} : { chosen: [option] }) };
  }
  if (name === 'tlp') {
    const levels = tlpLevels.map((level) => ({ value: level, label: `Up to ${tlpLabel(level)}` }));
    const options = [{ value: asDefault, label: 'As set up' }, ...levels];
    return { ...base, type: 'choice', options, value: value ?? asDefault };
  }
  return {
    ...base,
    type: 'text',
    placeholder: `Now: ${valueText(name, chosen)}`.slice(0, 150),
    maxChars: 600,
    ...(value === undefined ? {} : { value }),
  };
}

/** What the fields begin with; a setting that says nothing is left empty. */
function presentValues(names: readonly SettingName[], chosen: ChosenSettings): FormValues {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = presentText(name, chosen);
      return text === undefined ? [] : [[name, [text]]];
    }),
  );
}

/** What is chosen, as a text that the command reads back; undefined for nothing. */
function presentText(name: SettingName, chosen: ChosenSettings): string | undefined {
  const value: unknown = chosen[name];
  if (typeof value === 'string') return value;
  const isEmpty = Array.isArray(value)
    ? value.length === 0
    : name !== 'naming' || chosen.naming.houses.length === 0;
  return isEmpty ? undefined : valueText(name, chosen);
}

/** Everything is read before anything is changed; then each setting that differs is changed by the command. */
async function save({ values, now }: FormInput, context: CommandContext): Promise<FormReply> {
  const { place, settings } = context;
  const names = await changeable(context);
  if (place.workspace === undefined || names.length === 0) return done(nothingToChange(now, context));
  const chosen = await settings.of(place.workspace);
  const present = presentValues(names, chosen);
  const wanted = names.flatMap((name) => {
    const text = valueOf(values, name) ?? asDefault;
    const isKept = text === (valueOf(present, name) ?? asDefault);
    const isDefaultAlready = isDefault(name, text) && chosen.changes[name] === undefined;
    return isKept || isDefaultAlready ? [] : [{ name, text }];
  });
  const problems: FormProblem[] = [];
  for (const { name, text } of wanted) {
    const read = isDefault(name, text) ? undefined : readInput(name, text);
    if (read?.kind === 'bad') problems.push(problem(name, read.problem));
  }
  if (problems.length === 0) {
    for (const { name, text } of wanted) {
      const refused = await changeOne(name, text, context);
      if (refused !== undefined) problems.push(problem(name, refused));
    }
  }
  if (problems.length > 0)
    return { kind: 'form', form: settingsDialog(names, values, chosen, now), problems };
  return { kind: 'done', reply: await runText('settings', context) };
}

/** “None” is a choice where it is about people. */
function isDefault(name: SettingName, text: string): boolean {
  const isAboutPeople = isDeed(name) || name === 'guests';
  return (isAboutPeople ? /^(?:default|reset)$/i : /^(?:default|none|off|reset)$/i).test(text);
}

/** Why the command did not change it; undefined when it did. */
async function changeOne(
  name: SettingName,
  text: string,
  context: CommandContext,
): Promise<string | undefined> {
  const { card } = await runText(`settings ${name} ${isDefault(name, text) ? asDefault : text}`, context);
  if (card.title === 'Changed') return undefined;
  const [first] = card.sections;
  const words = first?.type === 'text' ? first.paragraphs[0]?.map((span) => span.text).join('') : undefined;
  return words ?? card.title;
}
