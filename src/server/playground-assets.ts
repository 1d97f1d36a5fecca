import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset } from '../playground/api.ts';
import { bundlePage, type PageFiles } from '../playground/bundle.ts';
import { pageIcon } from '../playground/icon.ts';

const rootFolder = join(import.meta.dirname, '..', '..');
const builtFolder = join(rootFolder, 'dist', 'playground');
const sourceFolder = join(rootFolder, 'src', 'playground', 'browser');

const types: Readonly<Record<string, string>> = {
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml; charset=utf-8',
};

/**
 * The page's files: those of `dist/playground`, or, in a checkout whose page was never built or was changed since,
 * bundled in memory when they are first asked for. A failed bundling is tried again at the next request.
 */
export function createPlaygroundAssets(): (name: string) => Promise<Asset | undefined> {
  let loading: Promise<ReadonlyMap<string, Asset>> | undefined;

  return async (name) => {
    if (!Object.hasOwn(types, name)) return undefined;
    loading ??= loadAssets().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return (await loading).get(name);
  };
}

async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const files = (await isBuiltFresh()) ? await readBuilt() : await bundlePage();
  return new Map([
    ['page.js', toAsset('page.js', files.script)],
    ['page.css', toAsset('page.css', files.style)],
    ['icon.svg', toAsset('icon.svg', new TextEncoder().encode(pageIcon))],
  ]);
}

async function readBuilt(): Promise<PageFiles> {
  const [script, style] = await Promise.all([
    readFile(join(builtFolder, 'page.js')),
    readFile(join(builtFolder, 'page.css')),
  ]);
  return { script: new Uint8Array(script), style: new Uint8Array(style) };
}

/** True when there is a built page that is not older than its sources; a package has no sources. */
async function isBuiltFresh(): Promise<boolean> {
  const builtAt = await changedAt(join(builtFolder, 'page.js'));
  if (builtAt === undefined) return false;
  const names = await readdir(sourceFolder).catch(() => []);
  const times = await Promise.all(names.map((name) => changedAt(join(sourceFolder, name))));
  return times.every((time) => time === undefined || time <= builtAt);
}

async function changedAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function toAsset(name: string, body: Uint8Array<ArrayBuffer>): Asset {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { body, type: types[name] ?? 'application/octet-stream', etag: `"${hash}"` };
}
