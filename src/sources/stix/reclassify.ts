import type { EntityType } from '../../domain/entity-type.ts';
import { parseCveId } from '../../domain/name-key.ts';
import { firstSentences, plainText } from './text.ts';

interface Named {
  readonly type: string;
  readonly name: string | undefined;
  readonly opening: string | undefined;
}

const malwareNouns =
  'trojan|malware|ransomware|botnet|backdoor|downloader|loader|dropper|infostealer|stealer|worm|wiper|rootkit|keylogger';
const malwareName = new RegExp(`\\S\\s(?:${malwareNouns})$`, 'i');
const selfDescription = new RegExp(
  `^[^.]{0,120}?\\bis an? (?:[\\w-]+ ){0,4}?(?:${malwareNouns})\\b(?! (?:group|gang|actor|operat|team))`,
  'i',
);

/**
 * Intrusion sets that are not actors, by id in lower case. Producers of playbooks use the type for whatever a
 * playbook is about: one that is named by a CVE is a vulnerability; one that is named "… Malware", or whose own
 * text or same-named report begins "NAME is a banking trojan", is malware. Not for ATT&CK, where a group may share
 * its name with a ransomware.
 */
export function reclassify(objects: ReadonlyMap<string, Named>): ReadonlyMap<string, EntityType> {
  const reports = new Map<string, string>();
  for (const { type, name, opening } of objects.values()) {
    if (type === 'report' && name !== undefined && opening !== undefined) reports.set(key(name), opening);
  }
  const result = new Map<string, EntityType>();
  for (const [id, object] of objects) {
    if (object.type !== 'intrusion-set' || object.name === undefined) continue;
    if (cveIn(object.name) !== undefined) result.set(id, 'vulnerability');
    else if (isMalware(object.name, object.opening ?? reports.get(key(object.name))))
      result.set(id, 'malware');
  }
  return result;
}

/** A CVE id anywhere in a text. */
export function cveIn(text: string): string | undefined {
  const found = /\bCVE[-\s_]?\d{4}[-\s_]?\d{4,7}\b/i.exec(text)?.[0];
  return found === undefined ? undefined : parseCveId(found);
}

function isMalware(name: string, opening: string | undefined): boolean {
  if (malwareName.test(name.trim())) return true;
  const first = firstSentences(plainText(opening ?? ''), 1)[0] ?? '';
  return key(first).startsWith(key(name)) && selfDescription.test(first);
}

function key(name: string): string {
  return name.trim().toLowerCase();
}
