import type { Random } from './random.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
const soundsLike: readonly (readonly [RegExp, string])[] = [
  [/k/i, 'c'],
  [/c(?!h)/i, 'k'],
  [/y/i, 'i'],
  [/i/i, 'y'],
  [/z/i, 's'],
  [/s(?!h)/i, 'z'],
  [/a/i, 'e'],
  [/e/i, 'a'],
  [/o/i, 'u'],
  [/u/i, 'o'],
  [/v/i, 'w'],
  [/w/i, 'v'],
  [/(.)\1/, '$1'],
  [/t/i, 'tt'],
  [/n/i, 'nn'],
  [/l/i, 'll'],
];

/** Positions of letters, the first included. */
function letterPlaces(name: string): readonly number[] {
  return Array.from({ length: name.length }, (_, at) => at).filter((at) => /[a-z]/i.test(name[at] ?? ''));
}

function beside(letter: string, random: Random): string {
  const row = rows.find((keys) => keys.includes(letter.toLowerCase())) ?? 'asdf';
  const at = row.indexOf(letter.toLowerCase());
  return row[random.below(2) === 0 ? Math.max(0, at - 1) : Math.min(row.length - 1, at + 1)] ?? 'e';
}

/** One slip anywhere, the first letter included: insert, delete, replace, neighbouring key, sound, doubled letter. */
export function slip(name: string, random: Random): string {
  const at = random.pick(letterPlaces(name));
  const letter = name[at] ?? '';
  const put = (text: string, drop = 1): string => name.slice(0, at) + text + name.slice(at + drop);
  switch (random.below(6)) {
    case 0:
      return put('');
    case 1:
      return put(random.pick(Array.from(letters)), 0);
    case 2:
      return put(random.pick(Array.from(letters)));
    case 3:
      return put(beside(letter, random));
    case 4:
      return put(letter + letter);
    default: {
      const [from, to] = random.pick(soundsLike);
      return name.replace(from, to);
    }
  }
}

/** Two neighbouring letters swapped, the first two included; undefined where none differ. */
export function transposed(name: string, random: Random): string | undefined {
  const places = letterPlaces(name).filter(
    (at) => /[a-z]/i.test(name[at + 1] ?? '') && name[at]?.toLowerCase() !== name[at + 1]?.toLowerCase(),
  );
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
}

/** A blank or dash put inside a word, or the blanks between words taken out. */
export function splitOrJoined(name: string, random: Random): string {
  if (/[\s-]/.test(name) && random.below(2) === 0) return name.replace(/[\s-]+/g, '').toLowerCase();
  const inside = letterPlaces(name).filter(
    (at) => at > 1 && /[a-z]{2}$/i.test(name.slice(0, at)) && /^[a-z]{2}/i.test(name.slice(at)),
  );
  if (inside.length === 0) return name.toLowerCase();
  const at = random.pick(inside);
  return `${name.slice(0, at)}${random.pick([' ', '-', '_'])}${name.slice(at)}`;
}

/** Dashes of any kind, underscores, slashes, dots or nothing where the name has blanks or dashes. */
export function hyphenated(name: string, random: Random): string {
  const dash = random.pick([
    '-',
    '\u2010',
    '\u2011',
    '\u2013',
    '\u2014',
    '_',
    '/',
    '\u00b7',
    '\u2212',
    ' - ',
  ]);
  const parted = name.replace(/([a-z])(\d)/gi, '$1 $2');
  return parted.replace(/[\s-]+/g, dash);
}

/** Invisible characters strewn in. */
export function withInvisible(name: string, random: Random): string {
  const marks = [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u200e',
    '\u202a',
    '\u180e',
    '\ufe0f',
  ];
  return Array.from(name, (letter) => letter + (random.below(3) === 0 ? random.pick(marks) : '')).join('');
}

/** The letters in other forms that Unicode has for them. */
export function restyled(name: string, random: Random): string {
  const style = random.pick([
    { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce },
    { upper: 0x1d5d4, lower: 0x1d5ee, digit: 0x1d7ec },
    { upper: 0x24b6, lower: 0x24d0, digit: undefined },
    { upper: 0xff21, lower: 0xff41, digit: 0xff10 },
    { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
  ]);
  return Array.from(name, (letter) => {
    const code = letter.charCodeAt(0);
    if (code >= 65 && code <= 90) return String.fromCodePoint(style.upper + code - 65);
    if (code >= 97 && code <= 122) return String.fromCodePoint(style.lower + code - 97);
    if (code >= 48 && code <= 57 && style.digit !== undefined)
      return String.fromCodePoint(style.digit + code - 48);
    return letter;
  }).join('');
}

/** As chat platforms, mail programs and wikis hand a name over. */
export function wrapped(name: string, random: Random): string {
  return random.pick([
    `<http://${name.replaceAll(' ', '%20')}|${name}>`,
    `<https://intel.example/actors/1|${name}>`,
    `*${name}*`,
    `***${name}***`,
    `\`\`\`${name}\`\`\``,
    `~${name}~`,
    `__${name}__`,
    `[${name}](https://intel.example/x)`,
    `'${name}'?`,
    `‘${name}’`,
    `«${name}»`,
    `${name} ??`,
    `${name}!`,
    `${name};`,
    `${name}:`,
    `- ${name}`,
    `• ${name}`,
    `1. ${name}`,
    `<b>${name}</b>`,
    `&quot;${name}&quot;`,
    `> *${name}*`,
    `#${name.replaceAll(' ', '')}`,
    `\t${name}\r\n`,
  ]);
}

const frames: readonly ((name: string) => string)[] = [
  (name) => `Do we have anything on ${name} from the last quarter?`,
  (name) => `quick question: who's ${name}`,
  (name) => `could you please pull up ${name} for me`,
  (name) => `My boss wants a page about ${name} until noon, can you help?`,
  (name) => `the report blames ${name} for the outage at the plant`,
  (name) => `what's new with ${name}?`,
  (name) => `Customer asks whether ${name} ever went after hospitals.`,
  (name) => `${name}: who do they work for?`,
  (name) => `In short, ${name}, who are they and what do they want`,
  (name) => `I read about ${name} on the train this morning`,
  (name) => `how does ${name} get in`,
  (name) => `need the techniques used by ${name} asap`,
  (name) => `hey team, ${name} again? what should we look for`,
  (name) => `give me everything on ${name} pls`,
];

export function asked(name: string, random: Random): string {
  return random.pick(frames)(name);
}
