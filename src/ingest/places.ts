import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../support/app-error.ts';

/** Something to read: a file, or an address. */
export type Place =
  | {
      readonly kind: 'file';
      readonly path: string;
      /** True when the operator named the file itself, false when it was found in a folder that could be read. */
      readonly named: boolean;
    }
  | { readonly kind: 'address'; readonly url: URL };

/**
 * What the operator's paths and addresses stand for: folders with all that they hold, in the order of their names,
 * without hidden files; no file twice, whatever links lead to it. Rejects with `AppError` (exit code 2) for a path
 * that does not exist or cannot be read, before anything is imported.
 */
export async function findPlaces(given: readonly string[]): Promise<readonly Place[]> {
  if (given.length === 0)
    throw new AppError('ingest-nothing', 'nothing to ingest: name a file, a folder or an address');
  const places: Place[] = [];
  const seen = new Set<string>();
  for (const text of given) {
    const url = parseAddress(text);
    if (url !== undefined) places.push({ kind: 'address', url });
    else await addPath(text, true, seen, places);
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

async function addPath(path: string, named: boolean, seen: Set<string>, places: Place[]): Promise<void> {
  const found = await look(path, named);
  if (found === undefined || seen.has(found.real)) return;
  seen.add(found.real);
  if (!found.isFolder) {
    places.push({ kind: 'file', path, named });
    return;
  }
  const names = await readdir(path).catch((error: unknown) => {
    if (named) throw unreadable(path, error);
    return undefined;
  });
  // Passed on as if it had been named: reading it fails, and the summary counts it as rejected with the reason.
  if (names === undefined) {
    places.push({ kind: 'file', path, named: true });
    return;
  }
  for (const name of names.filter((one) => !one.startsWith('.')).sort()) {
    await addPath(join(path, name), false, seen, places);
  }
}

async function look(
  path: string,
  named: boolean,
): Promise<{ readonly real: string; readonly isFolder: boolean } | undefined> {
  try {
    const real = await realpath(path);
    const found = await stat(real);
    // A socket or a device in a folder is nothing to read; one that is named is refused below.
    if (!found.isFile() && !found.isDirectory()) {
      if (!named) return undefined;
      throw new AppError('ingest-path', `cannot read ${path}: neither a file nor a folder`);
    }
    return { real, isFolder: found.isDirectory() };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // A link that leads nowhere is no file of the folder.
    if (!named) return undefined;
    throw unreadable(path, error);
  }
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
