import { type ParsedIndicator, parseIndicator, refang } from '../domain/indicator.ts';
import { isHostEnding } from './host-endings.ts';

/**
 * The indicator that a whole text is; undefined where it is none. A host needs an ending that hosts have, unless it is
 * written defanged: a misspelt "TEMP.Vles" is no host.
 */
export function readIndicator(
  text: string,
  isDefanged: boolean = refang(text) !== text,
): ParsedIndicator | undefined {
  const parsed = parseIndicator(text);
  if (parsed?.form !== 'domain' || isDefanged) return parsed;
  return isHostEnding(parsed.value.slice(parsed.value.lastIndexOf('.') + 1)) ? parsed : undefined;
}
