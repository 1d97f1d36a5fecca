import { parseCveId } from '../../domain/name-key.ts';
import type { KnownObjects } from './known-objects.ts';
import { firstSentences, plainText } from './text.ts';

interface Described {
  readonly type: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

const malwareNouns =
  'trojan|malware|ransomware|botnet|backdoor|downloader|loader|dropper|infostealer|stealer|worm|wiper|rootkit|keylogger';
const malwareName = new RegExp(`\\S\\s(?:${malwareNouns})$`, 'i');
const selfDescription = new RegExp(
  `^[^.]{0,120}?\\bis an? (?:[\\w-]+ ){0,4}?(?:${malwareNouns})\\b(?! (?:group|gang|actor|operat|team))`,
  'i',
);

/**
 * What an intrusion set is that is no actor, by its own words. Producers of playbooks use the type for whatever a
 * playbook is about: one that is named by a CVE is a vulnerability; one that is named "… Malware", or whose own text
 * begins "NAME is a banking trojan", is malware. Not for ATT&CK, where a group may share its name with a ransomware.
 */
export function misnamedAs({ type, name, description }: Described): 'malware' | 'vulnerability' | undefined {
  if (type !== 'intrusion-set' || name === undefined) return undefined;
  if (cveIn(name) !== undefined) return 'vulnerability';
  if (malwareName.test(name.trim())) return 'malware';
  return description !== undefined && tellsOfMalware(name, description) ? 'malware' : undefined;
}

/** Intrusion sets without words of their own that a report of the same name calls malware. */
export class Misnamed {
  readonly #objects: KnownObjects;
  readonly #silent = new Map<string, number[]>();
  readonly #told = new Set<string>();

  constructor(objects: KnownObjects) {
    this.#objects = objects;
  }

  note(number: number, { type, name, description }: Described): void {
    if (name === undefined) return;
    if (type === 'intrusion-set' && description === undefined) {
      const same = this.#silent.get(key(name));
      if (same === undefined) this.#silent.set(key(name), [number]);
      else same.push(number);
    } else if (type === 'report' && description !== undefined && tellsOfMalware(name, description)) {
      this.#told.add(key(name));
    }
  }

  /** Once all objects were noted. */
  settle(): void {
    for (const name of this.#told) {
      for (const number of this.#silent.get(name) ?? []) this.#objects.setMalware(number);
    }
  }
}

/** A CVE id anywhere in a text. */
export function cveIn(text: string): string | undefined {
  const found = /\bCVE[-\s_]?\d{4}[-\s_]?\d{4,7}\b/i.exec(text)?.[0];
  return found === undefined ? undefined : parseCveId(found);
}

/** True when a text begins with the name and says that it is malware. The beginning is enough to tell. */
function tellsOfMalware(name: string, text: string): boolean {
  const first = firstSentences(plainText(text.slice(0, 600)), 1)[0] ?? '';
  return key(first).startsWith(key(name)) && selfDescription.test(first);
}

function key(name: string): string {
  return name.trim().toLowerCase();
}
