import type { Connection } from '../domain/connection.ts';
import type { Tlp } from '../domain/tlp.ts';

/** A public source that is connected by its name alone. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** The marking of what carries none, which the publisher gives to everybody. */
  readonly marking: Tlp;
  readonly connection: Pick<Connection, 'kind' | 'url' | 'every'> & Partial<Connection>;
}

const attackLicence = 'ATT&CK terms of use: free use with the copyright line of The MITRE Corporation';
const attackBase = 'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master';

/** Addresses as their publishers give them (checked against the copies in their repositories, August 2026). */
export const presets: readonly Preset[] = [
  attack('enterprise', 'Enterprise'),
  attack('ics', 'ICS'),
  attack('mobile', 'Mobile'),
  {
    name: 'misp-galaxy',
    title: 'MISP galaxy: actors, malware, tools, sectors',
    licence: 'CC0 1.0 or 2-clause BSD',
    marking: 'clear',
    connection: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/MISP/misp-galaxy/main/clusters/',
      every: 'daily 02:30',
      options: {
        paths: [
          'threat-actor',
          'malpedia',
          'ransomware',
          'tool',
          'rat',
          'backdoor',
          'stealer',
          'botnet',
          'banker',
          'sector',
        ]
          .map((list) => `${list}.json`)
          .join(' '),
      },
    },
  },
  {
    name: 'circl-osint',
    title: 'CIRCL OSINT feed (MISP)',
    licence: 'free to use; each event names its own sources',
    marking: 'clear',
    connection: {
      kind: 'misp-feed',
      url: 'https://www.circl.lu/doc/misp/feed-osint/',
      every: '6h',
      sourceName: 'circl-osint',
    },
  },
  {
    name: 'kev',
    title: 'CISA Known Exploited Vulnerabilities',
    licence: 'CC0 1.0',
    marking: 'clear',
    connection: {
      kind: 'url',
      url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
      every: '6h',
    },
  },
  {
    name: 'microsoft-names',
    title: 'Microsoft threat actor naming',
    licence: 'CC BY 4.0',
    marking: 'clear',
    connection: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/microsoft/mstic/master/PublicFeeds/ThreatActorNaming/MicrosoftMapping.json',
      every: 'daily 02:00',
    },
  },
];

function attack(domain: string, title: string): Preset {
  return {
    name: `attack-${domain}`,
    title: `MITRE ATT&CK ${title}`,
    licence: attackLicence,
    marking: 'clear',
    connection: {
      kind: 'url',
      url: `${attackBase}/${domain}-attack/${domain}-attack.json`,
      every: 'daily 02:15',
    },
  };
}

export function presetNamed(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
