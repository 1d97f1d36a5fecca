/** Letters that are written for one another by ear, the longer first. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/ight/g, 'it'],
  [/ite$/g, 'it'],
  [/gh/g, 'g'],
  [/ck|q|c(?![eiyh])/g, 'k'],
  [/c(?=[eiy])|z/g, 's'],
  [/wh/g, 'w'],
  [/kn/g, 'n'],
  [/wr/g, 'r'],
  [/ee|ea|ie|y/g, 'i'],
  [/ou|oo/g, 'u'],
  [/(.)\1+/g, '$1'],
  [/(?<=[^aeiou])e$/g, ''],
];

/**
 * How an English word is said, roughly: words that people write for one another by ear have the same sound ("midnite"
 * and "midnight", "blizard" and "blizzard"). Lower case expected.
 */
export function soundOf(word: string): string {
  return spellings.reduce((sound, [letters, said]) => sound.replace(letters, said), word);
}
