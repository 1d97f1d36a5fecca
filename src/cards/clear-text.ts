import type { Tlp } from '../domain/tlp.ts';

declare const clear: unique symbol;

/**
 * Words that may stand where everyone reads them, such as a notification on a locked screen: nothing in them is marked
 * above CLEAR. Only this module makes them: of words that stand in the program, and of data whose marking is shown.
 */
export type ClearText = string & { readonly [clear]: true };

/**
 * A sentence of ours, with what is CLEAR in it.
 * @example clearText`Names of ${name}.`
 */
export function clearText(
  strings: TemplateStringsArray,
  ...values: readonly (ClearText | number)[]
): ClearText {
  return vouchedFor(strings.map((text, index) => `${text}${values[index] ?? ''}`).join(''));
}

/** A word that stands in the program; one that is only known when it runs does not compile. */
export function clearWord<const Word extends string>(word: string extends Word ? never : Word): ClearText {
  return vouchedFor(word);
}

/** A piece of data, when it is marked CLEAR; else undefined. */
export function whenClear(text: string, marking: Tlp): ClearText | undefined {
  return marking === 'clear' ? vouchedFor(text) : undefined;
}

/** A moment, in UTC: `2026-01-20`. */
export function clearDay(at: number): ClearText {
  return vouchedFor(new Date(at).toISOString().slice(0, 10));
}

export function joinClear(parts: readonly ClearText[], between: ClearText): ClearText {
  return vouchedFor(parts.join(between));
}

function vouchedFor(text: string): ClearText {
  return text as ClearText;
}
