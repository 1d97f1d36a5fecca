import type { EntityType } from '../../domain/entity-type.ts';

/** Words that only a text about attacks and those who make them has: one is enough. */
const strongWords =
  /\b(?:malware|ransomware|backdoors?|trojans?|trojani[sz]ed|spyware|botnets?|rootkits?|infostealers?|keyloggers?|wipers?|web ?shells?|shellcode|zero[- ]days?|(?:spear[- ]?)?phishing|threat[- ](?:actors?|groups?|intel\w*|hunt\w+)|apts?|advanced persistent threats?|c2|c&c|command[- ]and[- ]control|cyber[- ]?(?:attacks?|espionage|crime|criminals?|security)|hacker groups?|hacking groups?|lateral movement|ttps|iocs?|indicators of compromise|credential theft|supply[- ]chain attacks?|cve)\b/i;

/** Words that such texts have, and others too: two different ones are needed. */
const otherWords =
  /\b(?:hackers?|hacked|hacking|stealers?|payloads?|loaders?|droppers?|implants?|exploit(?:s|ed|ing|ation)?|vulnerabilit(?:y|ies)|espionage|intrusions?|compromised?|attackers?|adversar(?:y|ies)|exfiltrat\w+|obfuscat\w+|ddos|extortion|breach(?:es|ed)?|detections?|credentials?)\b/gi;

/** True for a text about attacks and those who make them. */
export function isAboutTheField(text: string): boolean {
  if (strongWords.test(text)) return true;
  let first = '';
  for (const [word] of text.matchAll(otherWords)) {
    const stem = word.toLowerCase().slice(0, 5);
    if (first !== '' && stem !== first) return true;
    first = stem;
  }
  return false;
}

/** Companies and products that write or are written about, and are also recorded as names of malware or actors. */
const companies = new Set(
  `kaspersky symantec mandiant fireeye crowdstrike cylance eset microsoft google apple cisco talos proofpoint sophos
  mcafee trellix dragos secureworks netskope zscaler okta cloudflare github telegram discord teamviewer anydesk
  swift visa windows linux android chrome firefox outlook onedrive dropbox powershell python javascript netflix`.split(
    /\s+/,
  ),
);

/** True for the name of a company or a product, as a name's key. */
export function isCompany(key: string): boolean {
  return companies.has(key);
}

const softwareNouns =
  'malware|ransomware|backdoors?|trojans?|rats?|botnets?|loaders?|downloaders?|droppers?|stealers?|infostealers?|implants?|worms?|rootkits?|wipers?|spyware|keyloggers?|web ?shells?|payloads?|banking trojans?|cryptominers?|miners?|bots?|beacons?|framework';
const actorNouns =
  'group|gang|apt|actors?|hackers?|crew|collective|cluster|operators?|affiliates?|threat actors?|threat groups?|hacking group|intrusion set';

const nouns: Readonly<Partial<Record<EntityType, string>>> = {
  malware: softwareNouns,
  tool: `${softwareNouns}|tools?`,
  'intrusion-set': actorNouns,
  campaign: 'campaigns?|operations?',
};

interface Beside {
  readonly after: RegExp;
  readonly before: RegExp;
}

const besideByType = new Map<EntityType, Beside>(
  Object.entries(nouns).flatMap(([type, words]): [EntityType, Beside][] => [
    [
      type as EntityType,
      {
        after: new RegExp(`^["'”’]?[ -](?:${words})\\b`, 'i'),
        before: new RegExp(
          `\\b(?:${words})(?:,? (?:called|named|dubbed|known as|tracked as|aka))?,? ["'“‘(]?$`,
          'i',
        ),
      },
    ],
  ]),
);

/** True where a word right beside a name says what kind of thing it is: "Snake malware", "the group known as LEAD". */
export function isCalledSo(text: string, start: number, end: number, type: EntityType): boolean {
  const beside = besideByType.get(type);
  if (beside === undefined) return false;
  return (
    beside.after.test(text.slice(end, end + 30)) ||
    beside.before.test(text.slice(Math.max(0, start - 40), start))
  );
}
