import { InvalidArgumentError, Option } from 'commander';
import { parseTlp, type Tlp, tlpLevels } from '../domain/tlp.ts';

/** `--tlp LEVEL`, read as TLP 2.0 words in any case; `white` is CLEAR. */
export function tlpOption(flag: string, description: string): Option {
  return new Option(`${flag} <level>`, `${description} (${tlpLevels.join(', ')})`).argParser(readTlp);
}

function readTlp(text: string): Tlp {
  const parsed = parseTlp(text);
  if (parsed === undefined || parsed.unknown) {
    throw new InvalidArgumentError(`"${text}" is no TLP 2.0 level; known: ${tlpLevels.join(', ')}.`);
  }
  return parsed.tlp;
}

/** A whole number within bounds. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`"${text}" is no whole number from ${low} to ${high}.`);
  };
}
