import { nameKey } from '../domain/name-key.ts';

/** A kind of software under which a publisher keeps a list of its own. */
export interface SoftwareKind {
  /** The publisher's name of the list: `ransomware`, `rat`. */
  readonly key: string;
  /** For people, singular and plural. */
  readonly one: string;
  readonly many: string;
}

const table: readonly (SoftwareKind & { readonly words: readonly string[] })[] = [
  {
    key: 'ransomware',
    one: 'ransomware',
    many: 'ransomware',
    words: ['ransomware', 'ransomwares', 'ransom ware'],
  },
  {
    key: 'rat',
    one: 'remote access tool',
    many: 'remote access tools',
    words: [
      'rat',
      'rats',
      'remote access trojan',
      'remote access trojans',
      'remote access tool',
      'remote access tools',
    ],
  },
  {
    key: 'stealer',
    one: 'stealer',
    many: 'stealers',
    words: [
      'stealer',
      'stealers',
      'infostealer',
      'infostealers',
      'info stealer',
      'info stealers',
      'information stealers',
    ],
  },
  { key: 'backdoor', one: 'backdoor', many: 'backdoors', words: ['backdoor', 'backdoors'] },
  {
    key: 'banker',
    one: 'banking trojan',
    many: 'banking trojans',
    words: ['banker', 'bankers', 'banking trojan', 'banking trojans', 'banking malware'],
  },
  { key: 'botnet', one: 'botnet', many: 'botnets', words: ['botnet', 'botnets'] },
];

const byWords: ReadonlyMap<string, SoftwareKind> = new Map(
  table.flatMap((kind) => kind.words.map((word) => [nameKey(word), kind])),
);

/** The words by which kinds of software can be asked for, longest phrases included. */
export const softwareWords: readonly string[] = table.flatMap(({ words }) => words);

/** Reads a text that names a kind of software as a whole. */
export function parseSoftwareKind(text: string): SoftwareKind | undefined {
  return byWords.get(nameKey(text));
}

export function softwareKind(key: string): SoftwareKind | undefined {
  return table.find((kind) => kind.key === key);
}
