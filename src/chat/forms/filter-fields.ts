import { type DigestFilter, formatDigestFilters, parseDigestFilters } from '../../briefing/digest-filter.ts';
import type { FilterKey } from '../../briefing/digest-filter-keys.ts';
import type { FormField, FormOption, FormProblem, FormValues } from '../../cards/form.ts';
import { sectorLabel } from '../../domain/sector.ts';
import { readFilters } from '../commands/read-subscription.ts';
import type { CommandContext } from '../commands/types.ts';
import { toFound } from '../find.ts';
import { filterOption, filterWord, namingKeys, namingText } from './filter-words.ts';
import { optionOf, problem, valueOf, valuesOf } from './form-values.ts';

const searchFields = ['actors', 'topics', 'without'] as const;
type SearchField = (typeof searchFields)[number];

export type FilterFieldsReading =
  | { readonly kind: 'ok'; readonly filters: string; readonly notes: readonly string[] }
  | { readonly kind: 'bad'; readonly problems: readonly FormProblem[] };

/** What a digest is about: type-ahead for what there is a list of, and a line for the rest. */
export async function filterFields(
  values: FormValues,
  context: CommandContext,
): Promise<readonly FormField[]> {
  const chosen = async (field: SearchField): Promise<{ readonly chosen?: readonly FormOption[] }> => {
    const options = await chosenOptions(valuesOf(values, field), context);
    return options.length === 0 ? {} : { chosen: options };
  };
  const text = valueOf(values, 'filters');
  const search = { type: 'search', isMultiple: true, isOptional: true } as const;
  return [
    {
      ...search,
      id: 'actors',
      label: 'Actors',
      hint: 'Leave everything empty for all that changes.',
      source: 'actor',
      placeholder: 'APT39, Lazarus Group',
      ...(await chosen('actors')),
    },
    {
      ...search,
      id: 'topics',
      label: 'Sectors, countries, software, techniques, sources',
      source: 'filter',
      placeholder: 'telecom, Iran, T1566',
      ...(await chosen('topics')),
    },
    {
      ...search,
      id: 'without',
      label: 'Leave out',
      source: 'filter',
      placeholder: 'A source, a country',
      ...(await chosen('without')),
    },
    {
      type: 'text',
      id: 'filters',
      label: 'More filters',
      hint: 'In the words of the command, such as “sector:telecom -source:misp-galaxy”.',
      isOptional: true,
      maxChars: 1_000,
      ...(text === undefined ? {} : { value: text }),
    },
  ];
}

/** The options that stand for values which were chosen; an id that leads nowhere here stands for nothing. */
async function chosenOptions(
  values: readonly string[],
  context: CommandContext,
): Promise<readonly FormOption[]> {
  const { knowledge } = await context.desk.contextAt(context.place.ceiling);
  return values.flatMap((value) => {
    if (!isId(value)) return optionFromWord(value) ?? [];
    const entity = knowledge.entity(value);
    return entity === undefined ? [] : (optionOf(entity.id, toFound(entity, knowledge).name) ?? []);
  });
}

function isId(value: string): boolean {
  return value.includes('--');
}

function optionFromWord(word: string): FormOption | undefined {
  const read = parseDigestFilters(word);
  const [filter] = read.kind === 'ok' ? read.filters : [];
  if (filter === undefined) return undefined;
  const label = filter.key === 'sector' ? sectorLabel(filter.value) : filter.text;
  const option = filterOption(filter.key, filter.text, label);
  return option === undefined ? undefined : { ...option, value: word };
}

/** Reads the fields by the rules of the `subscribe` command; each problem stands at the field that it is about. */
export async function readFilterFields(
  values: FormValues,
  context: CommandContext,
): Promise<FilterFieldsReading> {
  const { knowledge, index } = await context.desk.contextAt(context.place.ceiling);
  const sources = [...knowledge.sources.values()];
  const texts = {
    actors: await wordsOf(valuesOf(values, 'actors'), context, ['actor']),
    topics: await wordsOf(valuesOf(values, 'topics'), context, typedKeys),
    without: excluded(await wordsOf(valuesOf(values, 'without'), context, typedKeys)),
    filters: valueOf(values, 'filters') ?? '',
  };
  const problems: FormProblem[] = [];
  for (const [field, text] of Object.entries(texts)) {
    const read = readFilters(text, index, sources);
    if (read.kind === 'bad') problems.push(problem(field, read.problem));
    if (read.kind === 'choice') problems.push(problem(field, choiceText(read.name, read.choices)));
  }
  if (problems.length > 0) return { kind: 'bad', problems };
  const whole = Object.values(texts)
    .filter((text) => text !== '')
    .join(' ');
  const read = readFilters(whole, index, sources);
  if (read.kind === 'ok') return { kind: 'ok', filters: unrepeated(read.filters), notes: read.notes };
  // Each field can be read: what is wrong is wrong between them.
  const field = texts.without === '' ? 'filters' : 'without';
  return {
    kind: 'bad',
    problems: [problem(field, read.kind === 'bad' ? read.problem : choiceText(read.name, read.choices))],
  };
}

/** What a word without a key may be, in this order. */
const typedKeys: readonly FilterKey[] = [
  'sector',
  'country',
  'region',
  'malware',
  'technique',
  'motivation',
  'source',
  'actor',
];

/** What was chosen, as filters; what was typed where a platform has no type-ahead is read as the first that it can be. */
async function wordsOf(
  values: readonly string[],
  context: CommandContext,
  keys: readonly FilterKey[],
): Promise<string> {
  const { knowledge, index } = await context.desk.contextAt(context.place.ceiling);
  const sources = [...knowledge.sources.values()];
  const words = values.map((value) => {
    const entity = isId(value) ? knowledge.entity(value) : undefined;
    if (entity !== undefined)
      return filterWord(namingKeys[entity.type] ?? 'actor', namingText(entity, index));
    if (/^[-!+]?[a-z-]+[:=]/i.test(value)) return value;
    const typed = keys.map((key) => filterWord(key, value.replaceAll('"', '')));
    return typed.find((word) => readFilters(word, index, sources).kind !== 'bad') ?? typed[0] ?? value;
  });
  return words.join(' ');
}

/** The same filters as what is left out. */
function excluded(filters: string): string {
  const read = parseDigestFilters(filters);
  return read.kind === 'bad'
    ? filters
    : formatDigestFilters(read.filters.map((filter) => ({ ...filter, exclude: true })));
}

function choiceText(name: string, choices: readonly { readonly name: string }[]): string {
  const listed = choices.map((choice) => choice.name).join(', ');
  return `Several actors are called “${name.slice(0, 60)}”: ${listed}. Choose the one that is meant.`;
}

/** The same filter is said once, however many fields say it. */
function unrepeated(filters: string): string {
  const read = parseDigestFilters(filters);
  if (read.kind === 'bad') return filters;
  const byKey = new Map<string, DigestFilter>();
  for (const filter of read.filters) {
    const key = `${filter.exclude ? '-' : ''}${filter.key}:${filter.value}`;
    if (!byKey.has(key)) byKey.set(key, filter);
  }
  return formatDigestFilters([...byKey.values()]);
}

/** The values of the fields for filters that there are; what cannot be chosen stands in the line. */
export function filterValues(filters: string): FormValues {
  const read = parseDigestFilters(filters);
  if (read.kind === 'bad') return filters === '' ? {} : { filters: [filters] };
  const values: Record<SearchField, string[]> = { actors: [], topics: [], without: [] };
  const rest: DigestFilter[] = [];
  for (const filter of read.filters) {
    const field: SearchField = filter.exclude ? 'without' : filter.key === 'actor' ? 'actors' : 'topics';
    const option = filterOption(filter.key, filter.text);
    if (option === undefined || filter.key === 'tlp' || filter.key === 'name') rest.push(filter);
    else values[field].push(option.value);
  }
  return { ...values, ...(rest.length === 0 ? {} : { filters: [formatDigestFilters(rest)] }) };
}
