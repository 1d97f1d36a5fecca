import { nameKey } from '../domain/name-key.ts';
import type { Wording } from './filter-near.ts';

/** A body of a state that sources name as sponsor. */
export interface StateBody {
  readonly key: string;
  readonly label: string;
}

/** Key, label, words of questions, and words by which recorded texts name it. */
const table: readonly (readonly [key: string, label: string, words: string, recorded: string])[] = [
  ['gru', 'the GRU', 'gru|russian military intelligence|gu', 'gru|main intelligence directorate'],
  ['fsb', 'the FSB', 'fsb|federal security service', 'fsb|federal security service'],
  ['svr', 'the SVR', 'svr|foreign intelligence service', 'svr|foreign intelligence service'],
  [
    'irgc',
    'the IRGC',
    'irgc|islamic revolutionary guard corps|revolutionary guards|revolutionary guard',
    'irgc|revolutionary guard',
  ],
  [
    'mois',
    'the MOIS',
    'mois|ministry of intelligence|ministry of intelligence and security',
    'mois|ministry of intelligence',
  ],
  ['mss', 'the MSS', 'mss|ministry of state security', 'mss|ministry of state security'],
  ['pla', 'the PLA', "pla|people's liberation army|peoples liberation army", "pla|people's liberation army"],
  [
    'rgb',
    'the Reconnaissance General Bureau',
    'rgb|reconnaissance general bureau',
    'rgb|reconnaissance general bureau',
  ],
];

/** The words by which state bodies can be asked for. */
export const stateBodyWordings: readonly Wording[] = table.flatMap(([key, , words]) =>
  words.split('|').map((text) => ({ text, key })),
);

/** Every state body that can be asked for, for help. */
export const stateBodies: readonly StateBody[] = table.map(([key, label]) => ({ key, label }));

/** Reads a text that names a state body as a whole. */
export function parseStateBody(text: string): string | undefined {
  const key = nameKey(text.replace(/^the\s+/i, ''));
  return stateBodyWordings.find((one) => nameKey(one.text) === key)?.key;
}

export function stateBodyLabel(key: string): string {
  return table.find(([known]) => known === key)?.[1] ?? key;
}

/** True where a recorded attribution names the body, by whole words. */
export function namesStateBody(recorded: string, key: string): boolean {
  const words = table.find(([known]) => known === key)?.[3].split('|') ?? [];
  const text = ` ${recorded
    .slice(0, 500)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')} `;
  return words.some(
    (word) =>
      text.includes(` ${word} `) ||
      text.includes(` ${word}'s `) ||
      (word.includes(' ') && text.includes(` ${word}`)),
  );
}
