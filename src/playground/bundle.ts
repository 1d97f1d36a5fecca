import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../support/app-error.ts';

/** The page's script and style, bundled. */
export interface PageFiles {
  readonly script: Uint8Array<ArrayBuffer>;
  readonly style: Uint8Array<ArrayBuffer>;
}

const entry = join(import.meta.dirname, 'browser', 'main.tsx');

/**
 * Bundles the page from its sources with esbuild, in memory. Works in a checkout only, where the sources and the
 * development dependencies are; rejects with `playground-not-built` elsewhere.
 */
export async function bundlePage(): Promise<PageFiles> {
  if (!existsSync(entry)) throw notBuilt('its sources are not here either');
  const { build } = await import('esbuild').catch((cause: unknown) => {
    throw notBuilt('esbuild, which would build it, is not installed', cause);
  });
  const { outputFiles } = await build({
    entryPoints: { page: entry },
    outdir: 'page',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  const file = (ending: string): Uint8Array<ArrayBuffer> => {
    const found = outputFiles.find(({ path }) => path.endsWith(ending));
    return new Uint8Array(found?.contents ?? []);
  };
  return { script: file('.js'), style: file('.css') };
}

function notBuilt(reason: string, cause?: unknown): AppError {
  return new AppError(
    'playground-not-built',
    `the playground page is not built, and ${reason}; run "npm ci" and "npm run build" in a checkout`,
    { cause },
  );
}
