import { cleanLine } from '../cards/clean-text.ts';
import { defangAll } from '../cards/defang-text.ts';
import { safeUrl } from '../cards/safe-url.ts';

/** What begins markup anywhere in a line. */
const markup = /[\\`*[\]<>|~]/g;
/** What begins markup at the beginning of a line only, or of a cell. */
const opening = /^(\s*)([#+=:-]|\d{1,9}[.)])/;
/** An underscore is markup beside anything but a letter or a digit on both sides. */
const looseUnderscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const entity = /&(?=[a-z0-9#]{1,32};)/gi;

/** Data as one line of markdown that shows it letter by letter: no markup, no link, no mention, nothing hidden. */
export function markdownText(data: string): string {
  return defangAll(cleanLine(data))
    .trim()
    .replace(markup, '\\$&')
    .replace(looseUnderscore, '\\_')
    .replace(entity, '\\&')
    .replace(/@/g, '\\@')
    .replace(opening, '$1\\$2');
}

/** A link to a source's document in angle brackets; nothing for an address that is no safe link. */
export function markdownLink(url: string | undefined): string | undefined {
  const safe = url === undefined ? undefined : safeUrl(url);
  return safe === undefined ? undefined : `<${safe}>`;
}

/** Data in a line of YAML. */
export function yamlText(data: string): string {
  return JSON.stringify(cleanLine(data));
}
