import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePage } from '../src/playground/bundle.ts';

// Writes the playground's page.js and page.css to dist/playground, where the server finds them.

const folder = join(import.meta.dirname, '..', 'dist', 'playground');
const { script, style } = await bundlePage();
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'page.js'), script);
await writeFile(join(folder, 'page.css'), style);
console.log(`dist/playground: page.js ${kilobytes(script)} kB, page.css ${kilobytes(style)} kB`);

function kilobytes({ length }: Uint8Array): number {
  return Math.round(length / 1000);
}
