import { nameKey } from '../domain/name-key.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';

const groups = new WeakMap<Knowledge, ReadonlyMap<StixId, readonly Entity[]>>();

/** A shorter title says too little: "Report", "Weekly". In characters of its name key. */
const minTitleChars = 14;
/** An address that more reports have is a page that lists them. */
const maxPerAddress = 6;
/** A title that comes again after this many days is that of a series. */
const maxDaysApart = 14;

/**
 * The reports that are one and the same as this one, itself included, by id: those with one address, and those of
 * different sources with one title within two weeks. Computed once for each knowledge object.
 */
export function sameReports(report: Entity, knowledge: Knowledge): readonly Entity[] {
  let known = groups.get(knowledge);
  if (known === undefined) {
    known = groupReports(knowledge);
    groups.set(knowledge, known);
  }
  return known.get(report.id) ?? [report];
}

function groupReports(knowledge: Knowledge): ReadonlyMap<StixId, readonly Entity[]> {
  const reports = [...knowledge.entities.values()].filter(({ type }) => type === 'report');
  const parents = new Map<StixId, StixId>();
  const rootOf = (id: StixId): StixId => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== id) parents.set(id, root);
    return root;
  };
  const join = (a: Entity, b: Entity): void => {
    const [first, second] = [rootOf(a.id), rootOf(b.id)].sort();
    if (first !== undefined && second !== undefined && first !== second) parents.set(second, first);
  };
  for (const list of buckets(reports, (report) => addressesOf(report, knowledge)).values()) {
    if (list.length > maxPerAddress) continue;
    for (const other of list.slice(1)) if (list[0] !== undefined) join(list[0], other);
  }
  for (const list of buckets(reports, titleKeys).values()) joinTitles(list, knowledge, join);
  const members = Map.groupBy(reports, ({ id }) => rootOf(id));
  const found = new Map<StixId, readonly Entity[]>();
  for (const list of members.values()) {
    if (list.length < 2) continue;
    const sorted = list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const { id } of list) found.set(id, sorted);
  }
  return found;
}

function buckets(
  reports: readonly Entity[],
  keysOf: (report: Entity) => readonly string[],
): ReadonlyMap<string, Entity[]> {
  const found = new Map<string, Entity[]>();
  for (const report of reports) {
    for (const key of new Set(keysOf(report))) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [report]);
      else list.push(report);
    }
  }
  return found;
}

function titleKeys({ name }: Entity): readonly string[] {
  const key = nameKey(name.slice(0, 400).replace(/^\s*(?:osint|report|blog|news)\s*[-:–—]\s*/i, ''));
  return key.length < minTitleChars ? [] : [key];
}

/** Neighbours in time, so that a long series costs no more than its length. */
function joinTitles(
  reports: readonly Entity[],
  knowledge: Knowledge,
  join: (a: Entity, b: Entity) => void,
): void {
  if (reports.length < 2) return;
  const dated = reports
    .map((report) => ({ report, day: dayNumber(report, knowledge), source: report.records[0]?.source }))
    .sort((a, b) => a.day - b.day || (a.report.id < b.report.id ? -1 : 1));
  let last: (typeof dated)[number] | undefined;
  for (const one of dated) {
    if (last !== undefined && last.source !== one.source && one.day - last.day <= maxDaysApart)
      join(last.report, one.report);
    last = one;
  }
}

function dayNumber({ records }: Entity, knowledge: Knowledge): number {
  const [first] = records;
  const date = first === undefined ? undefined : knowledge.record(first)?.date;
  const time = Date.parse((date ?? '').slice(0, 10));
  return Number.isNaN(time) ? 0 : time / 86_400_000;
}

/** Addresses as they are compared: without protocol, "www.", fragment, a slash at the end and tracking. */
function addressesOf({ records }: Entity, knowledge: Knowledge): readonly string[] {
  return records.flatMap((key) => {
    const url = knowledge.record(key)?.url;
    return url === undefined ? [] : addressKey(url);
  });
}

function addressKey(url: string): readonly string[] {
  if (url.length > 2_000 || !URL.canParse(url)) return [];
  const { hostname, pathname, searchParams } = new URL(url);
  const kept = [...searchParams].filter(([name]) => !/^utm_/i.test(name));
  const query = new URLSearchParams(kept.map(([name, value]) => [name, value])).toString();
  const path = pathname.replace(/(?<!\/)\/+$/, '');
  // The front page of a site is no report.
  if (path === '' && query === '') return [];
  return [`${hostname.replace(/^www\./, '')}${path}${query === '' ? '' : `?${query}`}`];
}
