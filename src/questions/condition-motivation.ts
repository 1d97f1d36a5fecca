import { nameKey } from '../domain/name-key.ts';

export interface Motivation {
  readonly key: string;
  /** For people: "espionage". */
  readonly label: string;
}

/**
 * Key, label, words of questions that ask for it, and beginnings of words by which a recorded motive belongs to it. A
 * motive may belong to several: "mainly financially motivated, additional espionage objective".
 */
const table: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'espionage',
    'espionage',
    [
      'espionage',
      'cyber espionage',
      'cyberespionage',
      'spying',
      'spies',
      'spy',
      'intelligence gathering',
      'information theft',
      'intelligence collection',
    ],
    [
      'espionage',
      'cyberespionage',
      'spy',
      'informationtheft',
      'intelligencegathering',
      'intelligencecollection',
      'surveillance',
    ],
  ],
  [
    'financial',
    'financial gain or crime',
    [
      'financial',
      'financially',
      'financial gain',
      'financial theft',
      'financial crime',
      'money',
      'profit',
      'crime',
      'cybercrime',
      'cyber crime',
      'criminal',
      'cybercriminal',
      'cyber criminal',
      'ecrime',
      'e-crime',
      'fraud',
      'personal gain',
    ],
    [
      'financ',
      'crime',
      'cybercrime',
      'criminal',
      'cybercriminal',
      'ecrime',
      'profit',
      'money',
      'extortion',
      'fraud',
      'personalgain',
      'businessemailcompromise',
      'organizationalgain',
    ],
  ],
  ['extortion', 'extortion', ['extortion', 'ransom', 'blackmail'], ['extortion', 'blackmail', 'ransom']],
  [
    'sabotage',
    'sabotage or destruction',
    [
      'sabotage',
      'destruction',
      'destructive',
      'disruption',
      'disruptive',
      'data destruction',
      'wiping',
      'cyber warfare',
      'cyberwarfare',
    ],
    ['sabotage', 'destruct', 'disrupt', 'wiping', 'wiper', 'cyberwar'],
  ],
  [
    'hacktivism',
    'hacktivism',
    ['hacktivism', 'hacktivist', 'hacktivists', 'ideological', 'ideology', 'activism', 'nationalist'],
    ['hacktiv', 'ideolog', 'nationalis', 'activis'],
  ],
  [
    'information-operations',
    'information operations',
    [
      'information operations',
      'influence operations',
      'disinformation',
      'influence',
      'propaganda',
      'info ops',
    ],
    ['informationoperation', 'influence', 'disinformation', 'propaganda', 'misinformation'],
  ],
  [
    'denial-of-service',
    'denial of service',
    ['denial of service', 'ddos', 'dos'],
    ['denialofservice', 'ddos'],
  ],
  ['defacement', 'defacement', ['defacement', 'website defacement', 'notoriety'], ['defac', 'notoriety']],
];

const byWords = new Map<string, Motivation>();
for (const [key, label, words] of table) {
  for (const text of [key, label, ...words]) {
    if (!byWords.has(nameKey(text))) byWords.set(nameKey(text), { key, label });
  }
}

/** Every motive, for help. */
export const motivations: readonly Motivation[] = table.map(([key, label]) => ({ key, label }));

/** The words by which motives can be asked for. */
export const motivationWords: readonly string[] = table.flatMap(([key, , words]) => [key, ...words]);

/** Reads a text that asks for a motive as a whole: "espionage", "financially", "money". */
export function parseMotivation(text: string): Motivation | undefined {
  const key = nameKey(text);
  return byWords.get(key) ?? byWords.get(key.replace(/(?:lymotivated|motivated|motivation|motives?)$/, ''));
}

/** The keys of the motives that a recorded text states; empty for one that is none of the table. */
export function motivationKeys(recorded: string): readonly string[] {
  const words =
    recorded
      .slice(0, 500)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const runs = words.flatMap((word, at) => [
    word,
    words.slice(at, at + 2).join(''),
    words.slice(at, at + 3).join(''),
  ]);
  return table
    .filter(([, , , stems]) => runs.some((run) => stems.some((stem) => run.startsWith(stem))))
    .map(([key]) => key);
}

/** The label of a key; the key itself where it is none. */
export function motivationLabel(key: string): string {
  return table.find(([known]) => known === key)?.[1] ?? key;
}
