import type { EntityRef } from '../domain/record.ts';

/** A report's title without the "OSINT - " in front, blanks made one, at most 500 characters. */
export function reportTitle(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/^\s*OSINT\s*[-–—:]\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
}

/** MISP's threat levels by their number. */
const threatLevels: Readonly<Record<string, string>> = {
  '1': 'High',
  '2': 'Medium',
  '3': 'Low',
  '4': 'Undefined',
};

/** A threat level as a tag for people, "Threat level: Low"; undefined for none of MISP's four. */
export function threatLevelTag(level: string): string | undefined {
  const word = Object.hasOwn(threatLevels, level) ? threatLevels[level] : undefined;
  return word === undefined ? undefined : `Threat level: ${word}`;
}

/**
 * The name in front of a title's colon ("BackdoorDiplomacy: Upgrading from …", "Operation SignSight: …"): a
 * pointer that never makes an entity. Undefined where what stands there is no single name.
 */
export function titleRef(title: string): EntityRef | undefined {
  const colon = title.indexOf(':');
  if (colon < 3 || colon > 60) return undefined;
  const lead = title.slice(0, colon).trim();
  const isName = /^(?:Operation |The )?[\p{Lu}\p{N}][\p{L}\p{N}.-]{2,}$/u.test(lead);
  if (!isName || /^(?:analysis|update|report|alert|advisory|ransomware|malware|osint|warning)$/i.test(lead))
    return undefined;
  return { types: ['intrusion-set', 'campaign', 'malware', 'tool'], name: lead, create: false };
}
