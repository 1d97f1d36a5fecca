import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What decides which records a document becomes: the importers, the words they speak, and the libraries they use. */
const decisive = ['../sources/', '../domain/', './', '../../package.json'];

let known: string | undefined;

/**
 * Identifies the code that reads documents, by its own text: after any change of it, remembered documents are read
 * again. Nobody has to remember to raise a number.
 */
export function importersVersion(): string {
  known ??= versionOf(decisive.map((place) => fileURLToPath(new URL(place, import.meta.url))));
  return known;
}

function versionOf(places: readonly string[]): string {
  const digest = createHash('sha256');
  for (const place of places) {
    for (const file of place.endsWith('/') || place.endsWith('\\') ? codeIn(place) : [place]) {
      digest.update(readFileSync(file));
    }
  }
  return digest.digest('base64url');
}

function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .map((name) => `${folder}${name}`);
}
