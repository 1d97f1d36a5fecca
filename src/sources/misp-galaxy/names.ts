import { nameKey, parseAttackId } from '../../domain/name-key.ts';
import type { AliasRelation, RecordClaim } from '../../domain/record.ts';
import { isUuid } from '../../domain/stix-id.ts';
import { ownValue, textsOf } from '../json-document.ts';
import { producerName } from './facts.ts';
import type { Meta } from './schema.ts';

/** A synonym taken apart: what it names, how it stands to the entry, and who coined it. */
export interface ReadAlias {
  readonly text: string;
  readonly relation: AliasRelation;
  readonly coinedBy?: string;
}

/** Names of vendors as they stand in brackets behind an alias, where the galaxy's producers write another. */
const vendorWords: ReadonlyMap<string, string> = new Map([
  ['scwxctu', 'Secureworks CTU'],
  ['scwx', 'Secureworks'],
  ['qianxin', 'QiAnXin'],
  ['ibm', 'IBM'],
  ['nhsc', 'NHSC'],
  ['fireeye', 'FireEye'],
  ['paloalto', 'Palo Alto'],
  ['unit42', 'Palo Alto'],
]);

/** Words in brackets that tell things of one name apart and name no vendor. */
const qualifiers =
  /^(?:group|malware|family|campaign|operation|actor|team|tool|elf|windows|android|osx?|linux|\d.*)$/i;

/**
 * Takes a synonym apart. "TG-2884 (SCWX CTU)" gives the alias "TG-2884" coined by Secureworks CTU; "Subgroup:
 * Bluenoroff" a name of a part; "APT37（Reaper）" both names; blanks around and commas behind are dropped; a list
 * inside one actor's synonym ("Turla, Waterbug") is split. Empty for a text without letters and digits.
 */
export function readSynonym(written: string, options: { readonly isActor: boolean }): readonly ReadAlias[] {
  if (written.length > 300) return [];
  const text = written
    .replaceAll('（', ' (')
    .replaceAll('）', ')')
    .trim()
    .replace(/(?<![\s,;])[\s,;]+$/, '');
  if (nameKey(text) === '') return [];
  if (!options.isActor) return [{ text, relation: 'same-as' }];
  const subgroup = /^sub-?groups?\s*:\s*(\S.*)$/i.exec(text)?.[1];
  if (subgroup !== undefined) return [{ text: subgroup, relation: 'part-of' }];
  if (text.includes(', ')) {
    return text.split(', ').flatMap((part) => readSynonym(part, options));
  }
  const bracket = /^([^()]*[^()\s])\s+\(([^()]+)\)$/.exec(text);
  if (bracket?.[1] === undefined || bracket[2] === undefined) return [{ text, relation: 'same-as' }];
  return readBracket(bracket[1], bracket[2].trim(), written.includes('（') ? 'name' : 'vendor', text);
}

function readBracket(
  outside: string,
  inside: string,
  meaning: 'name' | 'vendor',
  whole: string,
): readonly ReadAlias[] {
  if (meaning === 'name') {
    return [
      { text: outside, relation: 'same-as' },
      { text: inside, relation: 'same-as' },
    ];
  }
  if (qualifiers.test(inside)) return [{ text: whole, relation: 'same-as' }];
  return [{ text: outside, relation: 'same-as', coinedBy: vendorWords.get(nameKey(inside)) ?? inside }];
}

/**
 * Who coined which name, from `origin:ALIAS` and `name-attribution` ("REMIX KITTEN:UUID of a producer"): coiners
 * by the name's key. A producer that is not known here is left out.
 */
function readCoiners(meta: Meta): ReadonlyMap<string, { text: string; coiners: readonly string[] }> {
  const coiners = new Map<string, { text: string; coiners: string[] }>();
  const add = (name: string, coiner: string | undefined): void => {
    const key = nameKey(name);
    if (coiner === undefined || key === '' || parseAttackId(name) !== undefined) return;
    const entry = coiners.get(key) ?? { text: name.trim(), coiners: [] };
    if (!entry.coiners.some((known) => nameKey(known) === nameKey(coiner))) entry.coiners.push(coiner);
    coiners.set(key, entry);
  };
  for (const key of Object.keys(meta)) {
    if (key.startsWith('origin:')) for (const coiner of textsOf(meta[key])) add(key.slice(7), coiner);
  }
  for (const text of textsOf(ownValue(meta, 'name-attribution'))) {
    const colon = text.lastIndexOf(':');
    const uuid = text.slice(colon + 1).trim();
    if (colon > 0 && isUuid(uuid)) add(text.slice(0, colon), producerName(uuid));
  }
  return coiners;
}

/** The names of an entry as claims, and the ATT&CK ids that stand among its synonyms. */
export interface ReadNames {
  readonly claims: readonly RecordClaim[];
  readonly claimedIds: readonly string[];
}

/**
 * All names of an entry: the main one first, then the synonyms in the order of the file, each written as first
 * met. A name that several organisations coined comes once for each.
 */
export function readNames(
  name: string,
  extra: readonly ReadAlias[],
  meta: Meta,
  isActor: boolean,
): ReadNames {
  const coiners = readCoiners(meta);
  const claimedIds = new Set<string>();
  const aliases: ReadAlias[] = [...extra];
  for (const written of textsOf(ownValue(meta, 'synonyms'))) {
    for (const alias of readSynonym(written, { isActor })) {
      // Only ids of groups and campaigns: "T9000" and the like are names.
      const id = isActor && /^[gc]/i.test(alias.text) ? parseAttackId(alias.text) : undefined;
      if (id === undefined) aliases.push(alias);
      else claimedIds.add(id);
    }
  }
  for (const { text } of coiners.values()) aliases.push({ text, relation: 'same-as' });

  const claims: RecordClaim[] = [{ predicate: 'name', text: name }];
  const seen = new Set<string>();
  for (const alias of aliases) {
    const key = nameKey(alias.text);
    const isMain = key === nameKey(name);
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const known = coiners.get(key)?.coiners ?? [];
    const all = alias.coinedBy === undefined || known.length > 0 ? known : [alias.coinedBy];
    const text = isMain ? name : alias.text;
    if (all.length === 0 && !isMain) {
      claims.push({ predicate: 'alias', text, relation: alias.relation });
    }
    for (const coinedBy of all) {
      claims.push({ predicate: 'alias', text, relation: alias.relation, coinedBy });
    }
  }
  return { claims, claimedIds: [...claimedIds] };
}
