import type { EntityType } from '../../domain/entity-type.ts';
import { IdTable, NumberColumn, TextPool } from './id-table.ts';

/** An object as the survey notes it. */
export interface NotedObject {
  /** Position in the bundle's list. */
  readonly index: number;
  /** Where it stands: bytes `[start, end)` of the document. */
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly name: string | undefined;
  readonly modified: string;
  readonly markingRefs: readonly string[];
  readonly createdBy: string | undefined;
  /** What an intrusion set turned out to be; see `reclassify`. */
  readonly isReally: 'malware' | 'vulnerability' | undefined;
}

const defined = 1;
const report = 2;
const statement = 4;
const malware = 8;
const vulnerability = 16;

/**
 * What a bundle's objects need to know of each other, by id in lower case: the newest version of each. Some fifty
 * bytes an object, so that a bundle of a gigabyte is surveyed in little memory.
 */
export class KnownObjects {
  readonly #ids = new IdTable();
  readonly #names = new TextPool();
  readonly #markingLists: (readonly string[])[] = [[]];
  readonly #markingList = new Map<string, number>([['', 0]]);
  readonly #flags = new NumberColumn(Uint8Array);
  readonly #index = new NumberColumn(Uint32Array);
  readonly #start = new NumberColumn(Float64Array);
  readonly #length = new NumberColumn(Uint32Array);
  readonly #modified = new NumberColumn(Float64Array);
  readonly #nameAt = new NumberColumn(Uint32Array);
  readonly #nameBytes = new NumberColumn(Uint16Array);
  readonly #markings = new NumberColumn(Uint32Array);
  /** The creator's number and 1; 0 for none. */
  readonly #creator = new NumberColumn(Uint32Array);
  readonly #mentions = new NumberColumn(Uint32Array);
  /** The number and 1 of the report that an indicator stands in; 0 for none. */
  readonly #report = new NumberColumn(Uint32Array);

  /** True when the version of the object that was noted before is newer than one of this time. */
  hasNewer(id: string, modified: string): boolean {
    const number = this.#find(id);
    return number >= 0 && this.#modified.get(number) > Date.parse(modified);
  }

  /** Notes a version of an object in place of an earlier one. Gives back the object's number. */
  note(id: string, object: NotedObject): number {
    const number = this.#ids.number(id);
    this.#flags.set(number, flagsOf(object));
    this.#index.set(number, object.index);
    this.#start.set(number, object.start);
    this.#length.set(number, object.end - object.start);
    this.#modified.set(number, Date.parse(object.modified));
    const { at, bytes } = object.name === undefined ? { at: 0, bytes: 0 } : this.#names.add(object.name);
    this.#nameAt.set(number, at);
    this.#nameBytes.set(number, bytes);
    this.#markings.set(number, this.#numberOfList(object.markingRefs));
    this.#creator.set(number, object.createdBy === undefined ? 0 : this.#ids.number(object.createdBy) + 1);
    return number;
  }

  /** Counts a mention of an id by a relationship; see `dangling`. */
  mention(id: string): void {
    const number = this.#ids.number(id);
    this.#mentions.set(number, this.#mentions.get(number) + 1);
  }

  /** How many mentions are of ids that the bundle does not have. */
  dangling(): number {
    let count = 0;
    for (let number = 0; number < this.#ids.size; number += 1) {
      if (!this.#has(number, defined)) count += this.#mentions.get(number);
    }
    return count;
  }

  has(id: string): boolean {
    return this.#find(id) >= 0;
  }

  /** Position of the newest version in the bundle's list; undefined where the bundle has none. */
  indexOf(id: string): number | undefined {
    const number = this.#find(id);
    return number < 0 ? undefined : this.#index.get(number);
  }

  /** Where the newest version stands in the document. */
  placeOf(id: string): { readonly start: number; readonly end: number } | undefined {
    const number = this.#find(id);
    if (number < 0) return undefined;
    const start = this.#start.get(number);
    return { start, end: start + this.#length.get(number) };
  }

  nameOf(id: string): string | undefined {
    const number = this.#find(id);
    return number < 0 ? undefined : this.#name(number);
  }

  markingRefsOf(id: string): readonly string[] {
    const number = this.#find(id);
    return number < 0 ? [] : (this.#markingLists[this.#markings.get(number)] ?? []);
  }

  /** What an object is, where its STIX type misleads. */
  reallyIs(id: string): EntityType | undefined {
    const number = this.#find(id);
    if (number < 0) return undefined;
    if (this.#has(number, malware)) return 'malware';
    return this.#has(number, vulnerability) ? 'vulnerability' : undefined;
  }

  setMalware(number: number): void {
    this.#flags.set(number, this.#flags.get(number) | malware);
  }

  forgetReclassified(): void {
    for (let number = 0; number < this.#ids.size; number += 1) {
      this.#flags.set(number, this.#flags.get(number) & ~(malware | vulnerability));
    }
  }

  /** A number for an id that a report refers to; see `setReport`. */
  number(id: string): number {
    return this.#ids.number(id);
  }

  /** Notes the first report that an indicator stands in. */
  setReport(indicator: number, reportNumber: number): void {
    if (this.#report.get(indicator) === 0) this.#report.set(indicator, reportNumber + 1);
  }

  /** True when the indicator stands in a report, in this one where one is named. */
  isReported(indicator: string, reportId?: string): boolean {
    const number = this.#ids.find(indicator);
    const found = number < 0 ? 0 : this.#report.get(number);
    return found !== 0 && (reportId === undefined || this.#ids.find(reportId) === found - 1);
  }

  /** How many reports, or else statements of any kind, each creator made, by the creator's number, and all in all. */
  creators(of: 'reports' | 'statements'): {
    readonly counts: ReadonlyMap<number, number>;
    readonly total: number;
  } {
    const flag = of === 'reports' ? report : statement;
    const counts = new Map<number, number>();
    let total = 0;
    for (let number = 0; number < this.#ids.size; number += 1) {
      if (!this.#has(number, flag)) continue;
      total += 1;
      const creator = this.#creator.get(number);
      if (creator !== 0) counts.set(creator - 1, (counts.get(creator - 1) ?? 0) + 1);
    }
    return { counts, total };
  }

  #find(id: string): number {
    const number = this.#ids.find(id);
    return number >= 0 && this.#has(number, defined) ? number : -1;
  }

  #has(number: number, flag: number): boolean {
    return (this.#flags.get(number) & flag) !== 0;
  }

  #name(number: number): string | undefined {
    const bytes = this.#nameBytes.get(number);
    return bytes === 0 ? undefined : this.#names.get(this.#nameAt.get(number), bytes);
  }

  /** Publishers have a handful of lists of markings, however many objects carry them. */
  #numberOfList(refs: readonly string[]): number {
    if (refs.length === 0) return 0;
    const key = refs.join('\n');
    const known = this.#markingList.get(key);
    if (known !== undefined) return known;
    const number = this.#markingLists.length;
    this.#markingLists.push(refs);
    this.#markingList.set(key, number);
    return number;
  }
}

function flagsOf({ type, isReally }: NotedObject): number {
  return (
    defined |
    (type === 'report' ? report : 0) |
    (type !== 'identity' && type !== 'marking-definition' ? statement : 0) |
    (isReally === 'malware' ? malware : 0) |
    (isReally === 'vulnerability' ? vulnerability : 0)
  );
}
