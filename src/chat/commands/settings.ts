import { houseNamingOf, namingHouses } from '../../briefing/house-naming.ts';
import type { Card } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import { isKnownOrganisation, organisationName } from '../../domain/organisation.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { messageCard } from '../message-cards.ts';
import { isDeed, type SettingName } from '../setting-values.ts';
import type { Asker, Place } from '../types.ts';
import type { ChosenSettings } from '../workspace-settings.ts';
import { formButton } from './form-button.ts';
import {
  deedIn,
  missingDeed,
  missingValue,
  readInput,
  type SettingInput,
  settingNamed,
} from './settings-read.ts';
import { settingsSections } from './settings-sections.ts';
import { forPlatform } from './settings-who.ts';
import { type CommandContext, defineCommand, type Parsed } from './types.ts';

type SettingsInput =
  | { readonly kind: 'show' }
  | { readonly kind: 'default'; readonly name: SettingName }
  | { readonly kind: 'set'; readonly input: SettingInput };

export const settingsCommand = defineCommand<SettingsInput>({
  name: 'settings',
  summary:
    'What this workspace chose: its sectors, regions and zone, who may do and see what, and whose names come first.',
  usage:
    'settings [sectors SECTOR, … | regions PLACE, … | zone ZONE | permissions WHAT WHO | guests clear/refuse | tlp MARKING | naming HOUSE, …], each with "default" to go back',
  examples: [
    'settings',
    'settings sectors telecom, finance',
    'settings regions europe, de',
    'settings zone Europe/Berlin',
    'settings subscribe admins',
    'settings permissions share admins',
    'settings guests refuse',
    'settings tlp amber',
    'settings naming CrowdStrike, Microsoft',
    'settings naming default',
  ],
  changes: (rest) => rest !== '',
  // Who may change them need not be let to look things up.
  needs: 'nothing',
  parse: parseSettings,
  run: async (input, context) => ({ card: await runSettings(input, context), audience: 'asker' }),
});

function parseSettings(rest: string): Parsed<SettingsInput> {
  if (rest === '') return { kind: 'ok', input: { kind: 'show' } };
  const [, word = '', text = ''] = /^([a-z]+)\b[\s:=]*([\s\S]*)$/i.exec(rest) ?? [];
  if (/^(?:permissions?|access|may)$/i.test(word)) return parsePermission(text);
  const name = settingNamed(word);
  return name === undefined ? { kind: 'question' } : parseValue(name, text.trim());
}

function parsePermission(text: string): Parsed<SettingsInput> {
  if (text.trim() === '') return { kind: 'ok', input: { kind: 'show' } };
  const found = deedIn(text);
  return found === undefined
    ? { kind: 'usage', problem: missingDeed }
    : parseValue(found.deed, found.rest.trim());
}

function parseValue(name: SettingName, value: string): Parsed<SettingsInput> {
  if (value === '') return { kind: 'usage', problem: missingValue(name) };
  // “none” is a choice where it is about people.
  const toDefault =
    isDeed(name) || name === 'guests' ? /^(?:default|reset)$/i : /^(?:default|none|off|reset)$/i;
  if (toDefault.test(value)) return { kind: 'ok', input: { kind: 'default', name } };
  const read = readInput(name, value);
  return read.kind === 'bad'
    ? { kind: 'usage', problem: read.problem }
    : { kind: 'ok', input: { kind: 'set', input: read.input } };
}

async function runSettings(wanted: SettingsInput, context: CommandContext): Promise<Card> {
  const { desk, place, settings, person, asker } = context;
  const { knowledge, now } = await desk.contextAt(place.ceiling);
  const houses = namingHouses(knowledge);
  const show = (title: string, chosen: ChosenSettings, notes: readonly string[] = []): Card => {
    const sections = isForInsiders(chosen, place, asker)
      ? settingsSections(chosen, houses, place)
      : [note(elsewhere)];
    return messageCard(title, [...notes.map(note), ...sections], now);
  };
  if (wanted.kind === 'show') {
    const problem = await context.refusal('look-up');
    if (problem !== undefined) return messageCard('Not allowed', [note(problem)], now);
    const card = show('Settings', await settings.of(place.workspace));
    return { ...card, actions: formButton(context, 'settings') };
  }
  const notChanged = (text: string, ...more: readonly Card['sections'][number][]): Card =>
    messageCard('Not changed', [note(text), ...more], now);
  if (place.workspace === undefined) {
    return notChanged('This place belongs to no workspace that could keep it.');
  }
  const name = wanted.kind === 'default' ? wanted.name : wanted.input.name;
  const refusal = await context.settingRefusal(name, 'tried');
  if (refusal !== undefined) return notChanged(refusal);
  const by = { platform: place.platform, workspace: place.workspace, id: person };
  if (wanted.kind === 'default') return show('Changed', await settings.set(place.workspace, name, null, by));
  const forHere = await forPlatform(wanted.input, context);
  if (forHere.kind === 'bad') return notChanged(forHere.problem);
  const { input } = forHere;
  if (input.name !== 'naming') {
    return show('Changed', await setInput(input, place.workspace, by, settings), input.notes);
  }
  const unknown = input.value.houses.find((house) => !isHouse(house, houses));
  if (unknown !== undefined) {
    return notChanged(unknownText(unknown, knowledge), ...settingsSections(undefined, houses, place));
  }
  const naming = houseNamingOf(input.value.houses.map((house) => houseIn(house, houses)));
  return show('Changed', await settings.set(place.workspace, 'naming', naming, by));
}

const elsewhere =
  'What this workspace chose names people and what concerns it, and people from outside may read this place. Members see it with “settings” in a direct message.';

/**
 * A direct conversation has one reader, who is of this workspace or not. Where even members may see no more than what is
 * CLEAR, a place that is CLEAR tells nothing of who reads it.
 */
function isForInsiders({ tlp }: ChosenSettings, { ceiling, kind }: Place, asker: Asker | undefined): boolean {
  const isOwnReader = kind === 'direct' && (asker?.role === 'admin' || asker?.role === 'member');
  return isOwnReader || ceiling !== 'clear' || tlp === 'clear';
}

function setInput(
  input: SettingInput,
  workspace: string,
  by: Parameters<CommandContext['settings']['set']>[3],
  settings: CommandContext['settings'],
): Promise<ChosenSettings> {
  return settings.set(workspace, input.name, input.value, by);
}

function note(text: string, at = 0): Card['sections'][number] {
  return { type: 'text', id: at === 0 ? 'problem' : `note-${at}`, rank: 0, paragraphs: [[{ text }]] };
}

function isHouse(text: string, houses: ReadonlyMap<string, number>): boolean {
  return isKnownOrganisation(text) || houses.has(houseIn(text, houses));
}

/** A house as the names are credited to it, in whatever case it is typed. */
function houseIn(text: string, houses: ReadonlyMap<string, number>): string {
  const name = organisationName(text);
  return [...houses.keys()].find((house) => nameKey(house) === nameKey(name)) ?? name;
}

function unknownText(text: string, knowledge: Knowledge): string {
  const isActor = [...knowledge.entities.values()].some(
    ({ type, name }) => type === 'intrusion-set' && nameKey(name) === nameKey(text),
  );
  const what = isActor
    ? 'is an actor, not an organisation that names actors'
    : 'is credited with no name here';
  return `“${text.slice(0, 80)}” ${what}; nothing was changed.`;
}
