import { houseNamingOf, maxHouses, namingHouses } from '../../briefing/house-naming.ts';
import type { Card } from '../../cards/card.ts';
import { nameKey } from '../../domain/name-key.ts';
import { isKnownOrganisation, organisationName } from '../../domain/organisation.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { messageCard } from '../message-cards.ts';
import type { ChosenSettings } from '../workspace-settings.ts';
import { settingsSections } from './settings-sections.ts';
import { type CommandContext, defineCommand } from './types.ts';

type SettingsInput =
  | { readonly kind: 'show' }
  | { readonly kind: 'default-naming' }
  | { readonly kind: 'naming'; readonly houses: readonly string[] };

const maxChars = 400;

export const settingsCommand = defineCommand<SettingsInput>({
  name: 'settings',
  summary: 'What this workspace chose, such as whose names of actors come first.',
  usage: 'settings [naming HOUSE, HOUSE… | naming default]',
  examples: ['settings', 'settings naming CrowdStrike, Microsoft', 'settings naming default'],
  parse: (rest) => {
    if (rest === '') return { kind: 'ok', input: { kind: 'show' } };
    const naming = /^naming\b[\s:=]*([\s\S]*)$/i.exec(rest)?.[1]?.trim();
    if (naming === undefined) return { kind: 'question' };
    if (naming === '') return { kind: 'usage', problem: 'Say whose names come first, or "default".' };
    if (/^(?:default|none|off|reset)$/i.test(naming))
      return { kind: 'ok', input: { kind: 'default-naming' } };
    const houses = naming
      .split(/[,;]/)
      .map((text) => text.trim())
      .filter((text) => nameKey(text) !== '');
    if (houses.length === 0 || houses.length > maxHouses || naming.length > maxChars) {
      return { kind: 'usage', problem: `Name 1 to ${maxHouses} organisations, separated by commas.` };
    }
    return { kind: 'ok', input: { kind: 'naming', houses } };
  },
  run: async (input, context) => ({ card: await runSettings(input, context), audience: 'asker' }),
});

async function runSettings(input: SettingsInput, context: CommandContext): Promise<Card> {
  const { desk, place, settings, person } = context;
  const { knowledge, now } = await desk.contextAt(place.ceiling);
  const houses = namingHouses(knowledge);
  const show = (title: string, chosen: ChosenSettings): Card =>
    messageCard(title, settingsSections(chosen, houses, place), now);
  if (input.kind === 'show') return show('Settings', await settings.of(place.workspace));
  if (place.workspace === undefined) {
    return messageCard(
      'Not changed',
      [problem('This place belongs to no workspace that could keep it.')],
      now,
    );
  }
  if (input.kind === 'default-naming') {
    return show('Changed', await settings.setNaming(place.workspace, null, person));
  }
  const unknown = input.houses.find((house) => !isHouse(house, houses));
  if (unknown !== undefined) {
    const sections = [
      problem(unknownText(unknown, knowledge)),
      ...settingsSections(undefined, houses, place),
    ];
    return messageCard('Not changed', sections, now);
  }
  const naming = houseNamingOf(input.houses.map((house) => houseIn(house, houses)));
  return show('Changed', await settings.setNaming(place.workspace, naming, person));
}

function problem(text: string): Card['sections'][number] {
  return { type: 'text', id: 'problem', rank: 0, paragraphs: [[{ text }]] };
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
