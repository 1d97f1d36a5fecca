import type { SourceInfo } from '../../domain/source.ts';
import { parseTlp } from '../../domain/tlp.ts';
import { isJsonObject, parseJsonDocument } from '../json-document.ts';
import type { Importer, ImportItem, ImportOptions, SourceDocument } from '../types.ts';
import { isPlaceholderTime } from './claims.ts';
import { listingSchema, readCard } from './schema.ts';
import { cardToRecord } from './to-domain.ts';

/**
 * Threat group cards of ETDA (ThaiCERT). The listing of all groups, and that of all tools, is a complete scope of the
 * source each; a single card and a list without its frame are parts.
 */
export const etdaCardsImporter: Importer = {
  kind: 'etda-cards',
  title: 'Threat group cards of ETDA (ThaiCERT)',
  detect,
  read,
};

function detect(head: string): number {
  if (!/^\s*[[{]/.test(head.slice(0, 1000))) return 0;
  const isCard = /"(?:actor|tool)"\s{0,20}:/.test(head) && /"names"\s{0,20}:/.test(head);
  if (!isCard) return 0;
  const own = [
    /"name-giver"\s{0,20}:/,
    /"last-card-change"\s{0,20}:/,
    /"observed-(?:sectors|countries)"\s{0,20}:/,
  ];
  return own.some((key) => key.test(head)) ? 0.96 : 0.6;
}

type Scope = 'groups' | 'tools';

interface Listing {
  readonly values: readonly unknown[];
  readonly isWhole: boolean;
  readonly version?: string | undefined;
  readonly licence?: string | undefined;
  readonly tlp?: string | undefined;
}

function* read(document: SourceDocument, options: ImportOptions): Iterable<ImportItem> {
  const { place } = document;
  const parsed = parseJsonDocument(document);
  if (parsed.kind === 'rejection') {
    yield parsed;
    return;
  }
  const listing = listingOf(parsed.value);
  if (listing === undefined) {
    const reason =
      'no threat group cards; expected an object with a list `values`, a list of cards, or a card';
    yield { kind: 'rejection', rejection: { place, path: '', reason } };
    return;
  }
  for (const scope of ['groups', 'tools'] as const) yield* scopeItems(listing, scope, place, options);
}

function listingOf(value: unknown): Listing | undefined {
  if (Array.isArray(value)) return { values: value, isWhole: false };
  const listing = listingSchema.safeParse(value);
  if (!listing.success)
    return isJsonObject(value) && readCard(value).ok ? { values: [value], isWhole: false } : undefined;
  const { values, license: licence, tlp } = listing.data;
  // The page of one group gives the same frame around its card alone.
  return { values, isWhole: values.length > 1, version: listing.data['last-db-change'], licence, tlp };
}

/** The cards of one kind, after their source. What is no card at all is told with the groups. */
function* scopeItems(
  listing: Listing,
  scope: Scope,
  place: string,
  options: ImportOptions,
): Iterable<ImportItem> {
  const isTools = scope === 'tools';
  const mine = listing.values.some((value) => isToolCard(value) === isTools);
  if (!mine && (isTools || listing.values.length > 0)) return;
  yield { kind: 'source', source: sourceOf(listing, options), complete: listing.isWhole, scope };
  const seen = new Set<string>();
  const noTimes: NoTime[] = [];
  for (const [index, value] of listing.values.entries()) {
    if (isToolCard(value) !== isTools) continue;
    const path = `values[${index}]`;
    const card = readCard(value);
    if (!card.ok) {
      yield { kind: 'rejection', rejection: { place, path, reason: card.reason } };
      continue;
    }
    const record = cardToRecord(card);
    if (seen.has(record.externalId)) {
      const text = `a second card ${record.externalId} (${record.title.slice(0, 80)}): the first is kept`;
      yield { kind: 'notice', notice: { place, path, text } };
      continue;
    }
    seen.add(record.externalId);
    yield { kind: 'record', record };
    const firstSeen = card.kind === 'actor' ? card.card['first-seen'] : '';
    if (isPlaceholderTime(firstSeen)) noTimes.push({ path, text: firstSeen.trim().slice(0, 40) });
  }
  yield* noTimeNotice(noTimes, place);
}

interface NoTime {
  readonly path: string;
  readonly text: string;
}

function* noTimeNotice([first, ...more]: readonly NoTime[], place: string): Generator<ImportItem> {
  if (first === undefined) return;
  const others = more.length === 0 ? '' : `, and ${more.length} more like it`;
  const text = `"${first.text}" is no time when it was first seen, and is left out${others}`;
  yield { kind: 'notice', notice: { place, path: `${first.path}.first-seen`, text } };
}

function isToolCard(value: unknown): boolean {
  return isJsonObject(value) && !Object.hasOwn(value, 'actor') && Object.hasOwn(value, 'tool');
}

function sourceOf(listing: Listing, options: ImportOptions): SourceInfo {
  const stated = listing.tlp === undefined ? undefined : parseTlp(`tlp:${listing.tlp.replace(/^tlp:/i, '')}`);
  const licence = listing.licence?.replace(/\s+/g, ' ').trim().slice(0, 300);
  return {
    name: options.sourceName ?? 'etda-cards',
    kind: 'etda-cards',
    title: options.sourceName ?? 'ETDA threat group cards',
    licence:
      licence === undefined || licence === '' ? 'none stated in the document: see apt.etda.or.th' : licence,
    defaultMarking: options.defaultMarking ?? stated?.tlp ?? 'clear',
    reliability: 'C',
    ...(listing.version === undefined ? {} : { version: listing.version }),
  };
}
