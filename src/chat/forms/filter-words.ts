import { type DigestFilter, formatDigestFilters } from '../../briefing/digest-filter.ts';
import type { FilterKey } from '../../briefing/digest-filter-keys.ts';
import { attackIdOf } from '../../briefing/labels.ts';
import type { FormOption } from '../../cards/form.ts';
import type { EntityType } from '../../domain/entity-type.ts';
import type { Entity } from '../../knowledge/types.ts';
import type { SearchIndex } from '../../search/types.ts';
import { optionOf } from './form-values.ts';

/** What a word of the filter language is called in a list. */
const keyLabels: Readonly<Record<FilterKey, string>> = {
  actor: 'Actor',
  sector: 'Sector',
  country: 'Actors from',
  region: 'Targets in',
  malware: 'Software',
  technique: 'Technique',
  uses: 'Uses',
  motivation: 'Motive',
  name: 'Name has',
  source: 'Source',
  kind: 'Kind',
  tlp: 'At most',
};

/** By which key a thing of some type is filtered; absent: by none. */
export const namingKeys: Readonly<Partial<Record<EntityType, FilterKey>>> = {
  'intrusion-set': 'actor',
  malware: 'malware',
  tool: 'malware',
  'attack-pattern': 'technique',
};

/** One filter as it is written: `country:"South Korea"`. */
export function filterWord(key: FilterKey, text: string): string {
  const filter: DigestFilter = { key, text, value: '', exclude: false };
  return formatDigestFilters([filter]);
}

/** A filter to choose: its word, and how it is called; undefined for a word that is too long for an option. */
export function filterOption(key: FilterKey, text: string, label = text): FormOption | undefined {
  return optionOf(filterWord(key, text), `${keyLabels[key]}: ${label}`);
}

/** What stands for a thing in a filter: a technique's id, the name that leads to it alone, else an id. */
export function namingText(entity: Entity, index: SearchIndex): string {
  const id = attackIdOf(entity);
  if (entity.type === 'attack-pattern' && id !== undefined) return id;
  const found = index.lookup(entity.name, [entity.type]);
  const isSure =
    found.kind === 'found' && found.match.entity.id === entity.id && !/["\s]\s|"/.test(entity.name);
  return isSure ? entity.name : (id ?? entity.externalIds[0] ?? entity.id);
}
