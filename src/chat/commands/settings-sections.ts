import type { Item, Section } from '../../cards/card.ts';
import { relatedOrganisations } from '../../domain/organisation.ts';
import type { Place } from '../types.ts';
import type { ChosenSettings } from '../workspace-settings.ts';

const shownHouses = 8;

/** The present settings of a workspace, who may change them, and which houses can be chosen. */
export function settingsSections(
  chosen: ChosenSettings | undefined,
  houses: ReadonlyMap<string, number>,
  { kind }: Pick<Place, 'kind'>,
): readonly Section[] {
  return [...(chosen === undefined ? [] : [namingSection(chosen, houses, kind)]), housesSection(houses)];
}

function namingSection(
  { naming, namingChange }: ChosenSettings,
  houses: ReadonlyMap<string, number>,
  kind: Place['kind'],
): Section {
  const value = naming.houses.length === 0 ? 'as the sources have it' : naming.houses.join(', ');
  const since =
    namingChange === undefined
      ? 'the default; nobody here chose otherwise'
      : `chosen on ${namingChange.at.toISOString().slice(0, 10)}`;
  const without = naming.houses.filter((house) => !houses.has(house));
  const place = kind === 'direct' ? 'in a direct message or a channel' : 'here or in a direct message';
  return {
    type: 'fields',
    id: 'settings',
    rank: 0,
    fields: [
      { label: 'Names that come first', value: [{ text: value }] },
      { label: 'Since', value: [{ text: since }] },
      {
        label: 'Who may change it',
        value: [{ text: `Anyone of this workspace, ${place}; who did so and when is recorded.` }],
      },
      ...(without.length === 0
        ? []
        : [
            {
              label: 'Note',
              value: [{ text: `No name here is credited to ${without.map(withRelated).join(', ')}.` }],
            },
          ]),
    ],
  };
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
