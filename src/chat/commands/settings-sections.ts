import type { Field, Item, Section } from '../../cards/card.ts';
import { relatedOrganisations } from '../../domain/organisation.ts';
import { assertNever } from '../../support/assert-never.ts';
import { type SettingName, settingNames } from '../setting-values.ts';
import type { Place } from '../types.ts';
import type { ChosenSettings } from '../workspace-settings.ts';
import { settingAccess } from './settings-access.ts';
import { valueText } from './settings-read.ts';

const shownHouses = 8;

/** The present settings of a workspace, who may change them, and which houses can be chosen. */
export function settingsSections(
  chosen: ChosenSettings | undefined,
  houses: ReadonlyMap<string, number>,
  { kind }: Pick<Place, 'kind'>,
): readonly Section[] {
  return [
    ...(chosen === undefined ? [] : [valuesSection(chosen, houses), accessSection(kind)]),
    housesSection(houses),
  ];
}

const labels: Readonly<Record<SettingName, string>> = {
  naming: 'Names that come first',
  sectors: 'Our sectors',
  regions: 'Our regions',
  zone: 'Time zone',
  subscribe: 'Who may subscribe channels',
  tlp: 'Markings',
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
function accessSection(kind: Place['kind']): Section {
  const place = kind === 'direct' ? 'in a direct message or a channel' : 'here or in a direct message';
  const groups = (['anyone', 'members', 'admins'] as const).map((access) => {
    const names = settingNames.filter((name) => settingAccess[name] === access);
    return `${whoText(access)}: ${names.map((name) => labels[name].toLowerCase()).join(', ')}`;
  });
  return {
    type: 'text',
    id: 'access',
    heading: `Who may change them, ${place}`,
    rank: 1,
    paragraphs: [[{ text: `${groups.join('. ')}. Who did so and when is recorded.` }]],
  };
}

function whoText(access: 'anyone' | 'members' | 'admins'): string {
  switch (access) {
    case 'anyone':
      return 'Anyone of this workspace';
    case 'members':
      return 'Full members';
    case 'admins':
      return 'Admins';
    default:
      return assertNever(access);
  }
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
