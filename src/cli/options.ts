import { InvalidArgumentError, Option } from 'commander';
import { type HouseNaming, houseNamingOf } from '../briefing/house-naming.ts';
import { parseTlp, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { CardOptions } from './runtime.ts';

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

/** `--naming "CrowdStrike, Microsoft"`: whose names of actors come first; `default` takes the sources' own. */
export function namingOption(): Option {
  return new Option(
    '--naming <houses>',
    'whose names come first, such as "CrowdStrike, Microsoft"',
  ).argParser((text: string) =>
    houseNamingOf(text.trim().toLowerCase() === 'default' ? [] : text.split(',')),
  );
}

/** A whole number within bounds. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`"${text}" is no whole number from ${low} to ${high}.`);
  };
}

/** The options of a card as the desk takes them. */
export function cardOptions({
  full,
  naming,
}: {
  readonly full?: true;
  readonly naming?: HouseNaming;
}): CardOptions {
  return { whole: full ?? false, ...(naming === undefined ? {} : { naming }) };
}
