import type { Field, Item, Section } from '../../cards/card.ts';
import { relatedOrganisations } from '../../domain/organisation.ts';
import { whoText } from '../permission-rules.ts';
import { whoMaySet } from '../permissions.ts';
import { isDeed, type SettingName, settingNames } from '../setting-values.ts';
import type { Place } from '../types.ts';
import type { ChosenSettings } from '../workspace-settings.ts';
import { valueText } from './settings-read.ts';

const shownHouses = 8;

/** The present settings of a workspace, who may change them, and which houses can be chosen. */
export function settingsSections(
  chosen: ChosenSettings | undefined,
  houses: ReadonlyMap<string, number>,
  { kind }: Pick<Place, 'kind'>,
): readonly Section[] {
  return [
    ...(chosen === undefined ? [] : [valuesSection(chosen, houses), accessSection(chosen, kind)]),
    housesSection(houses),
  ];
}

const labels: Readonly<Record<SettingName, string>> = {
  naming: 'Names that come first',
  sectors: 'Our sectors',
  regions: 'Our regions',
  zone: 'Time zone',
  tlp: 'Markings',
  guests: 'Guests and other organisations get',
  'look-up': 'Who may look things up',
  share: 'Who may share answers',
  subscribe: 'Who may subscribe channels',
  'digest-now': 'Who may post digests out of their turn',
  settings: 'Who may change settings',
  sources: 'Who may add and change sources',
  audit: 'Who may see the audit',
};

function valuesSection(chosen: ChosenSettings, houses: ReadonlyMap<string, number>): Section {
  const fields = settingNames.map((name): Field => {
    const change = chosen.changes[name];
    const since = change === undefined ? 'the default' : `chosen on ${change.at.toISOString().slice(0, 10)}`;
    return { label: labels[name], value: [{ text: `${valueText(name, chosen)} (${since})` }] };
  });
  const without = chosen.naming.houses.filter((house) => !houses.has(house));
  const note: Field = {
    label: 'Note',
    value: [{ text: `No name here is credited to ${without.map(withRelated).join(', ')}.` }],
  };
  return {
    type: 'fields',
    id: 'settings',
    rank: 0,
    fields: without.length === 0 ? fields : [...fields, note],
  };
}

/** Who may change what; that it is recorded is said where it is changed. */
function accessSection(chosen: ChosenSettings, kind: Place['kind']): Section {
  const place = kind === 'direct' ? 'in a direct message or a channel' : 'here or in a direct message';
  const open = settingNames.filter((name) => !isDeed(name) && whoMaySet(name, chosen) === chosen.settings);
  const isForAdmins = chosen.settings === 'admins';
  const text = isForAdmins
    ? 'All of them: admins of this workspace'
    : `${sentence(open.map((name) => labels[name].toLowerCase()).join(', '))}: ${whoText(chosen.settings)}. All others: admins of this workspace`;
  return {
    type: 'text',
    id: 'access',
    heading: `Who may change them, ${place}`,
    rank: 1,
    paragraphs: [[{ text: `${text}. Who did so and when is recorded.` }]],
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withRelated(house: string): string {
  const related = relatedOrganisations(house);
  return related.length === 0 ? house : `${house} (but see ${related.join(', ')})`;
}

function housesSection(houses: ReadonlyMap<string, number>): Section {
  const items = [...houses].slice(0, shownHouses).map(
    ([house, count]): Item => ({
      text: [{ text: `${house}: ${count} names` }],
      action: {
        type: 'command',
        label: house.slice(0, 60),
        value: { verb: 'ask', question: `settings naming ${house}` },
      },
    }),
  );
  return {
    type: 'list',
    id: 'houses',
    heading: 'Houses whose names are known',
    rank: 2,
    items,
    ...(houses.size > shownHouses ? { total: houses.size } : {}),
  };
}
