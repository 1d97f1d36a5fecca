import { nameKey } from '../../domain/name-key.ts';
import { type ColumnSpec, type FieldName, fieldNames, type Mapping } from './mapping.ts';

/** A column of the table that a field is read from. `at` counts from 0. */
export interface Column extends ColumnSpec {
  readonly at: number;
}

/** A mapping against the header of a table. */
export interface Columns {
  readonly fields: Readonly<Partial<Record<FieldName, readonly Column[]>>>;
  readonly only: readonly { readonly at: number; readonly values: ReadonlySet<string> }[];
  /** Columns named in the mapping that stand in the header more than once. */
  readonly repeated: readonly string[];
}

export type FoundColumns =
  | { readonly ok: true; readonly columns: Columns }
  | { readonly ok: false; readonly reason: string };

/** Finds the mapping's columns by name (as written, else without case, blanks and punctuation) or by number. */
export function findColumns(mapping: Mapping, header: readonly string[] | undefined): FoundColumns {
  const missing: string[] = [];
  const repeated = new Set<string>();
  const find = (column: string | number, key: string): number => {
    if (typeof column === 'number') return column - 1;
    const found = positions(column, header ?? []);
    if (found.length > 1) repeated.add(column);
    if (found[0] === undefined) missing.push(`${key}: no column "${column}"`);
    return found[0] ?? -1;
  };
  const fields: Partial<Record<FieldName, readonly Column[]>> = {};
  for (const field of fieldNames) {
    const specs = mapping.columns[field];
    if (specs === undefined) continue;
    fields[field] = specs.map((spec) => ({ ...spec, at: find(spec.column, `columns.${field}`) }));
  }
  const only = Object.entries(mapping.only).map(([column, values]) => {
    const isNumber = header === undefined && /^[1-9]\d{0,4}$/.test(column);
    const at = find(isNumber ? Number(column) : column, 'only');
    return { at, values: new Set(values.map(cellKey)) };
  });
  if (missing.length === 0) return { ok: true, columns: { fields, only, repeated: [...repeated] } };
  const known =
    header === undefined
      ? 'it has no header: name columns by number'
      : `it has: ${header.slice(0, 40).join(', ')}`;
  return { ok: false, reason: `mapping: ${missing.join('; ')} in the table; ${known}`.slice(0, 2000) };
}

function positions(column: string, header: readonly string[]): readonly number[] {
  const at = (test: (cell: string) => boolean): readonly number[] =>
    header.flatMap((cell, index) => (test(cell) ? [index] : []));
  const exact = at((cell) => cell === column.trim());
  return exact.length > 0 ? exact : at((cell) => nameKey(cell) !== '' && nameKey(cell) === nameKey(column));
}

export function cellKey(cell: string): string {
  return cell.trim().toLowerCase();
}

/** Headers that say plainly what stands below them, as `nameKey` has them. */
const obvious: readonly (readonly [FieldName, string])[] = [
  [
    'name',
    'threatactor threatactorname actor actorname group groupname threatgroup aptgroup apt adversary intrusionset name',
  ],
  ['aliases', 'aliases alias aka alsoknownas othernames synonyms associatedgroups alternativenames'],
  ['ids', 'attackid mitreid mitreattackid groupid'],
  ['countries', 'country countries origin countryoforigin attribution suspectedattribution nation'],
  ['sponsor', 'sponsor statesponsor'],
  ['sectors', 'sectors sector targetsectors targetedsectors targetindustries industries targetedindustries'],
  ['regions', 'regions targetregions targetcountries targetedcountries targetedregions victims'],
  ['motivation', 'motivation motivations motive'],
  ['firstSeen', 'firstseen activesince since'],
  ['lastSeen', 'lastseen lastactivity'],
  ['description', 'description summary overview'],
  ['references', 'references reference links link url sources'],
  ['software', 'software malware tools tool toolset malwares'],
  ['techniques', 'techniques ttps ttp technique'],
  ['vulnerabilities', 'cves cve vulnerabilities exploits'],
  ['tlp', 'tlp marking'],
  ['confidence', 'confidence'],
];

/** What a header says by itself: the mapping, and which columns are taken and which are not. */
export interface GuessedMapping {
  readonly columns: Mapping['columns'];
  readonly taken: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * A mapping for a table whose header tells that it lists actors; undefined for any other. A column "name" alone could
 * name anything: it needs aliases, or two more columns that only actors have, beside it.
 */
export function guessMapping(header: readonly string[]): GuessedMapping | undefined {
  const keys = header.map((cell) => (cell.length > 60 ? '' : nameKey(cell)));
  const columns: Partial<Record<FieldName, ColumnSpec[]>> = {};
  const taken = new Set<number>();
  for (const [field, words] of obvious) {
    const [at] = words
      .split(' ')
      .map((word) => keys.indexOf(word))
      .filter((index) => index >= 0 && !taken.has(index));
    if (at === undefined) continue;
    taken.add(at);
    columns[field] = [{ column: at + 1 }];
  }
  const nameAt = columns.name?.[0]?.column;
  if (typeof nameAt !== 'number') return undefined;
  const others = Object.keys(columns).filter(
    (field) => field !== 'name' && field !== 'references' && field !== 'description',
  );
  const isNamedPlainly =
    keys[nameAt - 1] !== 'name' && keys[nameAt - 1] !== 'group' && keys[nameAt - 1] !== 'groupname';
  const ofActors = others.filter(
    (field) => field !== 'countries' && field !== 'tlp' && field !== 'confidence',
  );
  const isListOfActors =
    columns.aliases !== undefined || (isNamedPlainly ? others.length > 0 : ofActors.length > 1);
  if (!isListOfActors) return undefined;
  const titles = (wanted: boolean): readonly string[] =>
    header.filter((_, index) => taken.has(index) === wanted).map((cell) => cell.slice(0, 60) || '(no name)');
  return { columns, taken: titles(true), dropped: titles(false) };
}
