import { parseDigestFilters } from '../../briefing/digest-filter.ts';
import { digestFilterKey, digestKinds, type FilterKey } from '../../briefing/digest-filter-keys.ts';
import type { FormOption } from '../../cards/form.ts';
import { countries, countryName, isCountryCode } from '../../domain/country.ts';
import type { EntityType } from '../../domain/entity-type.ts';
import { nameKey } from '../../domain/name-key.ts';
import { regionWordings } from '../../domain/region.ts';
import { sectorLabel, sectorWordings } from '../../domain/sector.ts';
import { isAllowed } from '../../domain/tlp.ts';
import { motivationLabel, motivations } from '../../questions/condition-motivation.ts';
import { placeName } from '../../questions/condition-region.ts';
import type { CommandContext } from '../commands/types.ts';
import { findEntities } from '../find.ts';
import { filterOption, namingKeys, namingText } from './filter-words.ts';

interface Candidate {
  readonly key: FilterKey;
  readonly text: string;
  readonly label: string;
  /** Keys of the wordings by which it is found. */
  readonly keys: readonly string[];
}

const maxTypedChars = 200;

/**
 * Words of the filter language that fit what is typed, best first, each of which can be read; with nothing typed what
 * concerns the workspace, then what is asked for most. `sector:te` looks among sectors alone.
 */
export async function filterOptions(
  text: string,
  limit: number,
  context: CommandContext,
): Promise<readonly FormOption[]> {
  const { index } = await context.desk.contextAt(context.place.ceiling);
  const { wanted, value } = readTyped(text.slice(0, maxTypedChars));
  const offered =
    nameKey(value) === ''
      ? await firstOptions(wanted, context)
      : [...listedOptions(wanted, value), ...(await knownOptions(wanted, value, limit, context))];
  const options = new Map<string, FormOption>();
  for (const option of offered) {
    if (options.size >= limit) break;
    if (options.has(option.value)) continue;
    const read = parseDigestFilters(option.value, index);
    if (read.kind === 'ok' && read.filters.length === 1) options.set(option.value, option);
  }
  return [...options.values()];
}

/** A key in front of a colon, where it is one, and what stands behind it. */
function readTyped(text: string): { readonly wanted: FilterKey | undefined; readonly value: string } {
  const [, word = '', rest = ''] = /^\s*[-!+]?([a-z-]{1,30})[:=]\s*"?([^"]*)/i.exec(text) ?? [];
  const key = word === '' ? undefined : digestFilterKey(word);
  return key === undefined || key === 'target'
    ? { wanted: undefined, value: text }
    : { wanted: key, value: rest };
}

function isOf(wanted: FilterKey | undefined): (candidate: { readonly key: FilterKey }) => boolean {
  return ({ key }) => wanted === undefined || wanted === key;
}

/** Those whose wording is the text, then those with one that begins with it, then those with a later word that does. */
function listedOptions(wanted: FilterKey | undefined, value: string): readonly FormOption[] {
  const typed = nameKey(value);
  return listedCandidates()
    .filter(isOf(wanted))
    .flatMap((candidate) => {
      const rank = rankOf(candidate.keys, typed);
      return rank === undefined ? [] : [{ candidate, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ candidate: { key, text, label } }) => filterOption(key, text, label) ?? []);
}

/** 0: the whole wording, 1: its beginning, 2: inside it; undefined: not at all. */
function rankOf(keys: readonly string[], typed: string): number | undefined {
  if (keys.includes(typed)) return 0;
  if (keys.some((key) => key.startsWith(typed))) return 1;
  return typed.length >= 3 && keys.some((key) => key.includes(typed)) ? 2 : undefined;
}

/** What is loaded here: sources, actors, software and techniques that the place may know of. */
async function knownOptions(
  wanted: FilterKey | undefined,
  value: string,
  limit: number,
  context: CommandContext,
): Promise<readonly FormOption[]> {
  const { knowledge, index } = await context.desk.contextAt(context.place.ceiling);
  const types = namedTypes.filter((type) => wanted === undefined || namingKeys[type] === wanted);
  const found = types.length === 0 ? [] : await findEntities(value, limit, context, types);
  const things = found.flatMap(({ id, type, name }) => {
    const entity = knowledge.entity(id);
    const key = namingKeys[type];
    if (entity === undefined || key === undefined) return [];
    return filterOption(key, namingText(entity, index), name) ?? [];
  });
  const isSourceWanted = wanted === undefined || wanted === 'source';
  const typed = nameKey(value);
  const sources = isSourceWanted
    ? visibleSources(context, knowledge.sources.values()).filter(
        ({ name, title }) => rankOf([nameKey(name), nameKey(title)], typed) !== undefined,
      )
    : [];
  return [...things, ...sources.flatMap(({ name, title }) => filterOption('source', name, title) ?? [])];
}

const namedTypes: readonly EntityType[] = ['intrusion-set', 'malware', 'tool', 'attack-pattern'];

interface NamedSource {
  readonly name: string;
  readonly title: string;
}

/** The sources that the place may know of, by title. */
export function visibleSources(
  { place }: Pick<CommandContext, 'place'>,
  sources: Iterable<NamedSource & { readonly defaultMarking: CommandContext['place']['ceiling'] }>,
): readonly NamedSource[] {
  return [...sources]
    .filter(({ defaultMarking }) => isAllowed(defaultMarking, place.ceiling))
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

const usualSectors = ['government', 'finance', 'telecommunications', 'energy', 'healthcare', 'technology'];
const usualCountries = ['IR', 'CN', 'RU', 'KP'];

async function firstOptions(
  wanted: FilterKey | undefined,
  context: CommandContext,
): Promise<readonly FormOption[]> {
  const { sectors, regions } = await context.settings.of(context.place.workspace);
  if (wanted !== undefined && !['sector', 'country', 'region'].includes(wanted)) {
    const listed = listedCandidates().filter(({ key }) => key === wanted);
    if (wanted !== 'source')
      return listed.flatMap(({ key, text, label }) => filterOption(key, text, label) ?? []);
    const { knowledge } = await context.desk.contextAt(context.place.ceiling);
    return visibleSources(context, knowledge.sources.values()).flatMap(
      ({ name, title }) => filterOption('source', name, title) ?? [],
    );
  }
  const regionName = (key: string): string => (isCountryCode(key) ? countryName(key) : placeName(key));
  const first: readonly (readonly [FilterKey, string, string])[] = [
    ...[...sectors, ...usualSectors].map((key) => ['sector', key, sectorLabel(key)] as const),
    ...regions.map((key) => ['region', regionName(key), regionName(key)] as const),
    ...usualCountries.map((code) => ['country', countryName(code), countryName(code)] as const),
    ['kind', 'report', 'reports'],
    ['kind', 'vulnerability', 'vulnerabilities'],
  ];
  return first
    .filter(([key]) => wanted === undefined || wanted === key)
    .flatMap(([key, text, label]) => filterOption(key, text, label) ?? []);
}

let listed: readonly Candidate[] | undefined;

/** Everything with a fixed list of values; made when it is first asked for. */
function listedCandidates(): readonly Candidate[] {
  listed ??= [...sectorCandidates(), ...placeCandidates(), ...otherCandidates()];
  return listed;
}

function sectorCandidates(): readonly Candidate[] {
  return [...Map.groupBy(sectorWordings, ({ key }) => key)].map(([key, wordings]) => ({
    key: 'sector',
    text: key,
    label: sectorLabel(key),
    keys: wordings.map(({ text }) => nameKey(text)),
  }));
}

function placeCandidates(): readonly Candidate[] {
  const regions = [...Map.groupBy(regionWordings, ({ key }) => key)].map(
    ([key, wordings]): Candidate => ({
      key: 'region',
      text: placeName(key),
      label: placeName(key),
      keys: wordings.map(({ text }) => nameKey(text)),
    }),
  );
  const lands = countries.flatMap(({ code, name }): readonly Candidate[] => {
    const keys = [nameKey(name), nameKey(code)];
    return [
      { key: 'country', text: name, label: name, keys },
      { key: 'region', text: name, label: name, keys },
    ];
  });
  return [...regions, ...lands];
}

function otherCandidates(): readonly Candidate[] {
  return [
    ...motivations.map(
      ({ key }): Candidate => ({
        key: 'motivation',
        text: key,
        label: motivationLabel(key),
        keys: [nameKey(key), nameKey(motivationLabel(key))],
      }),
    ),
    ...digestKinds.map(
      (kind): Candidate => ({ key: 'kind', text: kind, label: kind, keys: [nameKey(kind)] }),
    ),
  ];
}
