import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { AppError } from '../support/app-error.ts';

/** Something to read: a file, or an address. */
export type Place =
  | {
      readonly kind: 'file';
      readonly path: string;
      /** True when the operator named the file itself, false when it was found in a folder that could be read. */
      readonly named: boolean;
      /** The file beside a table that says how it is to be read. */
      readonly mapping?: string;
    }
  | { readonly kind: 'address'; readonly url: URL }
  /** Met in a folder and not to be read. */
  | { readonly kind: 'left-out'; readonly path: string; readonly reason: string };

/**
 * What the operator's paths and addresses stand for: folders with all that they hold, in the order of their names,
 * without hidden files; no file twice, whatever links lead to it. A link that leads out of the folder that was named
 * is not followed. `NAME.mapping.yaml` (or `.yml`, `.json`) beside `NAME.csv` is that table's mapping and no document.
 * Rejects with `AppError` (exit code 2) for a path that does not exist or cannot be read, before anything is imported.
 */
export async function findPlaces(given: readonly string[]): Promise<readonly Place[]> {
  if (given.length === 0)
    throw new AppError('ingest-nothing', 'nothing to ingest: name a file, a folder or an address');
  const places: Place[] = [];
  const seen = new Set<string>();
  for (const text of given) {
    const url = parseAddress(text);
    if (url !== undefined) places.push({ kind: 'address', url });
    else await addNamed(text, { seen, places });
  }
  return places;
}

function parseAddress(text: string): URL | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new AppError(
    'ingest-address',
    `cannot read ${withoutCredentials(text)}: expected an http or https address`,
  );
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}

interface Found {
  /** Real paths of what was found already. */
  readonly seen: Set<string>;
  readonly places: Place[];
}

async function addNamed(path: string, found: Found): Promise<void> {
  const { real, isFolder } = await look(path);
  if (found.seen.has(real)) return;
  found.seen.add(real);
  if (isFolder) {
    const names = await readdir(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    await addNames(path, names, real, found);
  } else {
    const siblings = tableName.test(path) ? await readdir(dirname(path)).catch(() => []) : [];
    found.places.push(fileAt(path, true, siblings));
  }
}

/** All that a folder holds; `root` is the real path of the folder that was named. */
async function addNames(folder: string, names: readonly string[], root: string, found: Found): Promise<void> {
  const mappings = new Set(names.flatMap((name) => mappingOf(name, names) ?? []));
  for (const name of names.filter((one) => !one.startsWith('.') && !mappings.has(one)).sort()) {
    await addMember(join(folder, name), names, root, found);
  }
}

async function addMember(
  path: string,
  siblings: readonly string[],
  root: string,
  found: Found,
): Promise<void> {
  // A link that leads nowhere, a socket or a device is no file of the folder.
  const looked = await look(path).catch(() => undefined);
  if (looked === undefined || found.seen.has(looked.real)) return;
  if (!isInside(looked.real, root)) {
    const reason = 'a link that leads out of the folder: not followed; name what it leads to';
    found.places.push({ kind: 'left-out', path, reason });
    return;
  }
  found.seen.add(looked.real);
  if (!looked.isFolder) {
    found.places.push(fileAt(path, false, siblings));
    return;
  }
  const names = await readdir(path).catch(() => undefined);
  // Passed on as if it had been named: reading it fails, and the summary counts it as rejected with the reason.
  if (names === undefined) found.places.push({ kind: 'file', path, named: true });
  else await addNames(path, names, root, found);
}

function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

const tableName = /\.csv(?:\.gz)?$/i;

function fileAt(path: string, named: boolean, siblings: readonly string[]): Place {
  const mapping = mappingOf(basename(path), siblings);
  return {
    kind: 'file',
    path,
    named,
    ...(mapping === undefined ? {} : { mapping: join(dirname(path), mapping) }),
  };
}

/** The name beside a table's that holds its mapping. */
function mappingOf(name: string, siblings: readonly string[]): string | undefined {
  if (!tableName.test(name)) return undefined;
  const stem = name.replace(tableName, '');
  return ['yaml', 'yml', 'json']
    .map((ending) => `${stem}.mapping.${ending}`)
    .find((candidate) => siblings.includes(candidate));
}

/** Where a path leads, and what is there. Rejects with `AppError` where it cannot be read. */
async function look(path: string): Promise<{ readonly real: string; readonly isFolder: boolean }> {
  const real = await realpath(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const found = await stat(real).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isFile() || found.isDirectory()) return { real, isFolder: found.isDirectory() };
  throw new AppError('ingest-path', `cannot read ${path}: neither a file nor a folder`);
}

function unreadable(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? 'no such file or folder'
      : code === 'EACCES' || code === 'EPERM'
        ? 'no permission to read it'
        : code;
  return new AppError('ingest-path', `cannot read ${path}: ${why}`, { cause: error });
}
