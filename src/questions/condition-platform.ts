import { nameKey } from '../domain/name-key.ts';
import type { Wording } from './filter-near.ts';

/** A platform that software runs on, in ATT&CK's words. */
export interface Platform {
  /** The `nameKey` of ATT&CK's word. */
  readonly key: string;
  readonly label: string;
}

const table: readonly (readonly [label: string, words: string])[] = [
  ['Windows', 'microsoft windows|win32|win64'],
  ['Linux', 'unix|gnu/linux'],
  ['macOS', 'mac|mac os|os x|osx|mac os x|apple mac|macs'],
  ['Android', 'android phones|android devices'],
  ['iOS', 'iphone|iphones|ipad'],
  ['ESXi', 'vmware|vmware esxi|hypervisor|hypervisors'],
  ['Network Devices', 'network device|router|routers|firewall appliances|edge devices'],
  ['Containers', 'container|docker|kubernetes|k8s'],
  ['IaaS', 'aws|azure'],
  ['SaaS', ''],
  ['Office Suite', 'office 365|o365|m365|microsoft 365|google workspace'],
  ['Identity Provider', 'azure ad|entra id|okta'],
  ['Field Controller/RTU/PLC/IED', 'plc|plcs|rtu|rtus'],
  ['Engineering Workstation', ''],
  ['Human-Machine Interface', 'hmi'],
  ['Control Server', ''],
  ['Data Historian', ''],
  ['Input/Output Server', ''],
  ['Safety Instrumented System/Protection Relay', 'safety instrumented system|safety instrumented systems'],
  ['PRE', ''],
];

/** Every platform, for help. */
export const platforms: readonly Platform[] = table.map(([label]) => ({ key: nameKey(label), label }));

/** The words by which platforms can be asked for. */
export const platformWordings: readonly Wording[] = table.flatMap(([label, words]) =>
  [label, ...words.split('|')]
    .filter((text) => text !== '')
    .map((text) => ({ text: text.toLowerCase(), key: nameKey(label) })),
);

const byWords: ReadonlyMap<string, string> = new Map(
  platformWordings.toReversed().map(({ text, key }) => [nameKey(text), key]),
);

/** Reads a text that names a platform as a whole; undefined for anything else. */
export function parsePlatform(text: string): string | undefined {
  return byWords.get(nameKey(text));
}

/** The label of a key; the key itself where it is none. */
export function platformLabel(key: string): string {
  return platforms.find((one) => one.key === key)?.label ?? key;
}
