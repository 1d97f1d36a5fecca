import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the package: the same from `src/compose` and from `dist/compose`. */
export const packageRoot: string = fileURLToPath(new URL('../../', import.meta.url));

/** Where the bundled facts lie. */
export const dataFolder: string = `${packageRoot}data`;

/** The version in package.json. */
export function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8'));
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return parsed.version;
  }
  throw new Error('package.json has no version');
}
