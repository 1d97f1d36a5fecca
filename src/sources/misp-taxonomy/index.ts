import type { SourceRecord } from '../../domain/record.ts';
import type { SourceInfo } from '../../domain/source.ts';
import { parseJsonDocument } from '../json-document.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import {
  predicateSchema,
  predicateValuesSchema,
  type Taxonomy,
  taxonomySchema,
  valueSchema,
} from './schema.ts';

/**
 * A MISP taxonomy: the words behind the tags of its namespace, one record a value. It describes nothing itself; cards
 * show the tags of events in its words.
 */
export const mispTaxonomyImporter: Importer = {
  kind: 'misp-taxonomy',
  title: 'MISP taxonomy (machinetag.json)',
  detect,
  read,
};

const maxLabelChars = 200;

function detect(head: string): number {
  if (!/^\s*\{/.test(head.slice(0, 1000))) return 0;
  const isOne = /"namespace"\s{0,20}:\s{0,20}"/.test(head) && /"predicates"\s{0,20}:\s{0,20}\[/.test(head);
  return isOne ? 0.9 : 0;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield parsed;
    return;
  }
  const taxonomy = taxonomySchema.safeParse(parsed.value);
  if (!taxonomy.success) {
    const reason = 'no MISP taxonomy; expected an object with a text `namespace` and a list `predicates`';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  yield sourceItem(taxonomy.data, options);
  yield* readWords(taxonomy.data, place);
}

function sourceItem(taxonomy: Taxonomy, options: ImportOptions): ImportItem {
  const source: SourceInfo = {
    name: options.sourceName ?? 'misp-taxonomies',
    kind: 'misp-taxonomy',
    title: options.sourceName ?? 'MISP taxonomies',
    licence: 'none stated in the data; those of the MISP project are CC0 1.0 or 2-clause BSD',
    defaultMarking: options.defaultMarking ?? 'green',
    reliability: 'F',
    ...(taxonomy.version === undefined ? {} : { version: String(taxonomy.version) }),
  };
  return { kind: 'source', source, complete: true, scope: taxonomy.namespace.toLowerCase() };
}

function* readWords(taxonomy: Taxonomy, place: string): Iterable<ImportItem> {
  const name = label(taxonomy.expanded, taxonomy.namespace);
  const predicates = new Map<string, string>();
  for (const [index, item] of taxonomy.predicates.entries()) {
    const predicate = predicateSchema.safeParse(item);
    if (!predicate.success) {
      yield rejected(place, `predicates[${index}]`);
      continue;
    }
    const { value, expanded } = predicate.data;
    predicates.set(value.toLowerCase(), label(expanded, value));
    yield record(`${taxonomy.namespace}:${value}`, name, label(expanded, value));
  }
  for (const [index, item] of (taxonomy.values ?? []).entries()) {
    const group = predicateValuesSchema.safeParse(item);
    if (!group.success) {
      yield rejected(place, `values[${index}]`);
      continue;
    }
    const { predicate } = group.data;
    for (const [at, entry] of group.data.entry.entries()) {
      const value = valueSchema.safeParse(entry);
      if (!value.success) {
        yield rejected(place, `values[${index}].entry[${at}]`);
        continue;
      }
      const tag = `${taxonomy.namespace}:${predicate}="${value.data.value}"`;
      const title = predicates.get(predicate.toLowerCase()) ?? predicate;
      yield record(tag, title, label(value.data.expanded, value.data.value));
    }
  }
}

/** The key of a tag's record is the tag in lower case, by which events' tags find it. */
function record(tag: string, title: string, text: string): ImportItem {
  const made: SourceRecord = {
    externalId: tag.toLowerCase(),
    title: `${title}: ${text}`,
    collection: 'taxonomy',
    claims: [{ predicate: 'detail', label: title, text }],
  };
  return { kind: 'record', record: made };
}

function rejected(place: string, path: string): ImportItem {
  const reason = 'expected an object with a text `value` of at most 200 characters';
  return { kind: 'rejection', rejection: { place, path, reason } };
}

/** The label for people, where there is one that is no essay. */
function label(expanded: string | undefined, value: string): string {
  const text = expanded?.replace(/\s+/g, ' ').trim() ?? '';
  return text === '' || text.length > maxLabelChars ? value : text;
}
