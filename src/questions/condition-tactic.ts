import { nameKey } from '../domain/name-key.ts';
import type { Wording } from './filter-near.ts';

/** A tactic of ATT&CK, of all matrices and releases together. */
export interface Tactic {
  /** ATT&CK's short name. */
  readonly key: string;
  readonly label: string;
}

const table: readonly (Tactic & { readonly words: string })[] = [
  { key: 'reconnaissance', label: 'Reconnaissance', words: 'recon|ta0043' },
  {
    key: 'resource-development',
    label: 'Resource Development',
    words: 'resource dev|infrastructure setup|ta0042',
  },
  { key: 'initial-access', label: 'Initial Access', words: 'initial entry|initial compromise|ta0001' },
  { key: 'execution', label: 'Execution', words: 'ta0002' },
  { key: 'persistence', label: 'Persistence', words: 'persistance|persistency|ta0003' },
  {
    key: 'privilege-escalation',
    label: 'Privilege Escalation',
    words: 'privesc|priv esc|privilege elevation|ta0004',
  },
  {
    key: 'defense-evasion',
    label: 'Defense Evasion',
    words: 'defence evasion|anti-forensics|ta0005',
  },
  { key: 'stealth', label: 'Stealth', words: '' },
  { key: 'defense-impairment', label: 'Defense Impairment', words: 'defence impairment' },
  {
    key: 'credential-access',
    label: 'Credential Access',
    words:
      'credentials access|credential theft|credential stealing|credential dumping tactic|cred access|ta0006',
  },
  { key: 'evasion', label: 'Evasion', words: '' },
  { key: 'discovery', label: 'Discovery', words: 'ta0007' },
  { key: 'lateral-movement', label: 'Lateral Movement', words: 'ta0008' },
  { key: 'collection', label: 'Collection', words: 'data collection|ta0009' },
  {
    key: 'command-and-control',
    label: 'Command and Control',
    words: 'c2|c&c|cnc|command & control|command control|ta0011',
  },
  { key: 'exfiltration', label: 'Exfiltration', words: 'exfil|data exfiltration|data theft|ta0010' },
  { key: 'inhibit-response-function', label: 'Inhibit Response Function', words: '' },
  { key: 'impair-process-control', label: 'Impair Process Control', words: '' },
  { key: 'impact', label: 'Impact', words: 'ta0040' },
];

/** Every tactic, in the order of an intrusion. */
export const tactics: readonly Tactic[] = table;

/** The words by which tactics can be asked for. */
export const tacticWordings: readonly Wording[] = table.flatMap(({ key, label, words }) =>
  [label, ...words.split('|')]
    .filter((text) => text !== '')
    .map((text) => ({ text: text.toLowerCase(), key })),
);

const byWords: ReadonlyMap<string, string> = new Map(
  tacticWordings.toReversed().map(({ text, key }) => [nameKey(text), key]),
);

/** Reads a text that names a tactic as a whole; undefined for anything else. */
export function parseTactic(text: string): string | undefined {
  return (
    byWords.get(nameKey(text)) ??
    byWords.get(nameKey(text.replace(/(?<!\s)\s+(?:tactics?|phase|stage)$/i, '')))
  );
}

/** The label of a key; the key itself where it is none. */
export function tacticLabel(key: string): string {
  return table.find((one) => one.key === key)?.label ?? key;
}

/** A recorded tactic as a key: ATT&CK's short name in any spelling. */
export function tacticKey(recorded: string): string {
  return recorded
    .trim()
    .toLowerCase()
    .slice(0, 100)
    .replaceAll(/[\s_]+/g, '-');
}
