import type { Random } from './random.ts';

const neighbours: Readonly<Record<string, string>> = {
  a: 'qwsz',
  b: 'vghn',
  c: 'xdfv',
  d: 'serfcx',
  e: 'wsdr',
  f: 'drtgvc',
  g: 'ftyhbv',
  h: 'gyujnb',
  i: 'ujko',
  j: 'huikmn',
  k: 'jiolm',
  l: 'kop',
  m: 'njk',
  n: 'bhjm',
  o: 'iklp',
  p: 'ol',
  q: 'wa',
  r: 'edft',
  s: 'awedxz',
  t: 'rfgy',
  u: 'yhji',
  v: 'cfgb',
  w: 'qase',
  x: 'zsdc',
  y: 'tghu',
  z: 'asx',
};
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
};

/** The lower-case name with one letter inserted, dropped, replaced or hit beside; never a digit, never the first letter. */
export function oneTypo(name: string, random: Random): string {
  const at = random.pick(letterPositions(name));
  const letter = name[at] ?? '';
  const beside = random.pick(Array.from(neighbours[letter] ?? 'e'));
  switch (random.below(4)) {
    case 0:
      return name.slice(0, at) + name.slice(at + 1);
    case 1:
      return name.slice(0, at) + beside + name.slice(at);
    case 2:
      return name.slice(0, at) + letter + name.slice(at);
    default:
      return name.slice(0, at) + beside + name.slice(at + 1);
  }
}

/** The name with two neighbouring, unequal letters swapped; undefined where there are none. */
export function swapped(name: string, random: Random): string | undefined {
  const places = letterPositions(name).filter(
    (at) => /[a-z]/.test(name[at + 1] ?? '') && name[at] !== name[at + 1],
  );
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
}

function letterPositions(name: string): readonly number[] {
  return Array.from(name).flatMap((letter, at) => (at > 0 && /[a-z]/.test(letter) ? [at] : []));
}

export function withLookAlikes(name: string): string {
  return Array.from(name, (letter) => lookAlikes[letter] ?? letter).join('');
}

export function fullWidth(name: string): string {
  return Array.from(name, (letter) => {
    const code = letter.charCodeAt(0);
    return code > 32 && code < 127 ? String.fromCharCode(code + 0xfee0) : letter;
  }).join('');
}

/** Case, hyphens, blanks and joints changed; the letters stay. */
export function respaced(name: string, random: Random): string {
  const parted = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Za-z])(\d)/g, '$1 $2');
  const shapes = [
    name.toUpperCase(),
    name.toLowerCase(),
    parted,
    parted.toLowerCase().replaceAll(' ', '-'),
    parted.toUpperCase().replaceAll(/[\s-]+/g, '_'),
    name.replaceAll(/[\s-]+/g, ''),
    name.replaceAll(' ', '  '),
    `  ${name.toLowerCase()} `,
    name.replaceAll(' ', '-'),
    name.replaceAll('-', ' '),
    name.replaceAll(' ', '\u00a0'),
    name.replaceAll('-', '\u2011'),
  ];
  return random.pick(shapes);
}

export function inChatMarks(name: string, random: Random): string {
  return random.pick([
    `*${name}*`,
    `\`${name}\``,
    `_${name}_`,
    `"${name}"`,
    `“${name}”`,
    `${name}?`,
    `${name} ?!`,
    `<https://example.com/|${name}>`,
    `>${name}`,
    `&gt; ${name}`,
    `**${name}**`,
    `(${name})`,
    `\u200b${name}\u200b`,
    `${name.slice(0, 2)}\u200d${name.slice(2)}`,
    `${name.slice(0, 1)}\u00ad${name.slice(1)}`,
    `${name}…`,
  ]);
}

const frames: readonly ((name: string) => string)[] = [
  (name) => `who is ${name}?`,
  (name) => `tell me about ${name}`,
  (name) => `what do you know about ${name}, please`,
  (name) => `Brief me on ${name}.`,
  (name) => `is ${name} active in Europe`,
  (name) => `which malware does ${name} use`,
  (name) => `we saw ${name} in the logs last night, anything new?`,
  (name) => `what are the ttps of ${name}`,
  (name) => `does ${name} target banks`,
  (name) => `can you give me a summary of the ${name} group`,
  (name) => `hi, someone mentioned ${name} in a report yesterday`,
  (name) => `${name} aliases`,
  (name) => `is this attack related to ${name}`,
];

export function inSentence(name: string, random: Random): string {
  return random.pick(frames)(name);
}
