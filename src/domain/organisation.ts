import { nameKey } from './name-key.ts';

/**
 * Organisations that name actors, one a line: the usual name, then other ways in which sources write it. Different
 * teams of one house are one organisation where they share one way of naming; houses that were bought are kept apart
 * as long as their names for actors are (FireEye and Mandiant), and told as related.
 */
const table = `
360|Qihoo 360|360 Netlab|Netlab 360|360 TIC|Qihoo|Qihoo360|360 Threat Intelligence Center|360.net
Accenture|iDefense|Accenture iDefense|Accenture Security
AhnLab|ASEC|AhnLab ASEC|AhnLab Security Emergency Response Center
Anomali|Anomali Threat Research
Arctic Wolf|Arctic
AT&T|AlienVault|AT&T Alien Labs|Alien Labs|AT&T Cybersecurity
Avast|Avast Threat Labs
BAE Systems|BAE|BAE Systems Applied Intelligence
Bitdefender|Bitdefender Labs
BlackBerry|Cylance|BlackBerry Blog|BlackBerry Cylance
Broadcom|Broadcom Blog
Carbon Black|VMware Carbon Black
CERT-UA|CERT UA
Check Point|Checkpoint|Check Point Research|CPR
Cisco Talos|Talos|Cisco|Cisco Talos Intelligence Group|Talos Intelligence|Cisco Talos Intelligence
CISA|US-CERT|USCERT|US CERT|DHS CISA
ClearSky|ClearSky Cyber Security|Clearsky
CrowdStrike|Crowdstrike Intelligence|CrowdStrike Falcon OverWatch
Cybereason|Cybereason Nocturnus
Cyble
Cyfirma
Dragos|Dragos Inc
Elastic|Elastic Security Labs
ESET|ESET Research|WeLiveSecurity|We Live Security
F-Secure|FSecure
Fidelis|Fidelis Cybersecurity
FireEye|FireEye Labs|FireEye Threat Intelligence|Fireeye
Forcepoint|Forcepoint Security Labs|Websense
Fortinet|FortiGuard|FortiGuard Labs|Fortiguard
Fox-IT|FoxIT
G DATA|GData
Google|Google TAG|Google Threat Analysis Group|Threat Analysis Group|Google Cloud Blog|Google Cloud|GTIG|Google Threat Intelligence Group|Google Threat Intelligence
Group-IB|Group IB
HarfangLab
Huntress|Huntress Labs
IBM|IBM X-Force|X-Force|IBM X-Force IRIS|IBM Security X-Force|IBM Security
Intel 471|Intel471
Intezer|Intezer Labs
Intrusion Truth
JPCERT|JPCERT/CC|JPCERT-CC
Kaspersky|Kaspersky Lab|Kaspersky Labs|Securelist|SecureList|Kaspersky GReAT|GReAT
Lab52|S2 Grupo
LAC|LAC Co
Lookout|Lookout Threat Intelligence
Lumen|Black Lotus Labs|Lumen Black Lotus Labs
Malwarebytes|Malwarebytes Labs|MalwareBytes|ThreatDown
Mandiant|Mandiant Intelligence
McAfee|McAfee Labs|McAfee ATR|McAfee Advanced Threat Research
Meta|Facebook
Microsoft|MSTIC|Microsoft Threat Intelligence|Microsoft Threat Intelligence Center|Microsoft Security
MITRE|MITRE ATT&CK
Morphisec
NCC Group|NCC
Netskope
NSHC|NHSC|NSHC RedAlert|ThreatRecon
NSA|National Security Agency
NTT|NTT Security
Palo Alto Networks|Palo Alto|Unit 42|Unit42|PaloAlto|Palo Alto Unit 42|Palo Alto Networks Unit 42
Positive Technologies|PT ESC|PT Security|PTSecurity
Proofpoint|Proofpoint Threat Insight
PwC|PWC|PwC UK|PricewaterhouseCoopers
QiAnXin|Qianxin|RedDrip|Qi An Xin|QiAnXin Threat Intelligence Center|RedDrip Team
Rapid7|Rapid 7
Recorded Future|RecordedFuture|Insikt Group|Insikt
Red Canary
RiskIQ
RSA|RSA NetWitness
SecureAuth
Secureworks|SecureWorks|Dell SecureWorks|SCWX CTU|Secureworks CTU|SCWX|SecureWorks CTU|Dell|Dell SecureWorks CTU|SecureWorks Counter Threat Unit|CTU|Counter Threat Unit
Sekoia|SEKOIA.IO|Sekoia.io
SentinelOne|SentinelLabs|Sentinel One|SentinelLABS|Sentinel Labs
Seqrite|Quick Heal
Sophos|SophosLabs|Sophos X-Ops
Symantec|Symantec Security Response|Symantec Threat Hunter Team|Symantec Threat Intelligence
Sygnia
Team Cymru|Cymru
Tencent|Tencent Threat Intelligence Center
ThreatConnect|Threat Connect
Trellix|Trellix ARC
Trend Micro|TrendMicro|Trend Micro Research|Trend
Trustwave|SpiderLabs|Trustwave SpiderLabs
VirusTotal
Volexity
WithSecure|WithSecure Labs
Zscaler|ThreatLabz|Zscaler ThreatLabz|ThreatLabZ
`;

/** Houses that were parted, bought or renamed: whose names a reader of one may know from the other. */
const relatedTable: readonly (readonly [string, string])[] = [
  ['FireEye', 'Mandiant'],
  ['FireEye', 'Trellix'],
  ['McAfee', 'Trellix'],
  ['Google', 'Mandiant'],
  ['Symantec', 'Broadcom'],
  ['F-Secure', 'WithSecure'],
  ['360', 'QiAnXin'],
  ['Sophos', 'Secureworks'],
  ['Microsoft', 'RiskIQ'],
];

const canonical = new Map<string, string>();
const spellings: (readonly [string, string])[] = [];
for (const line of table.trim().split('\n')) {
  const [name = '', ...others] = line.split('|');
  for (const text of [name, ...others]) {
    if (!canonical.has(nameKey(text))) canonical.set(nameKey(text), name);
    spellings.push([text.toLowerCase(), name]);
  }
}
spellings.sort(([a], [b]) => b.length - a.length);

/**
 * An organisation's usual name, however a source writes it ("SCWX CTU", "SecureWorks": Secureworks); the text itself,
 * trimmed, for one that is not in the table. Companies' legal forms are dropped.
 */
export function organisationName(text: string): string {
  const trimmed = text.replace(/\s+/g, ' ').trim();
  return canonical.get(nameKey(trimmed)) ?? canonical.get(nameKey(trimmed.replace(legalForm, ''))) ?? trimmed;
}

const legalForm = /(?<![\s,])[\s,]+(?:inc|ltd|llc|gmbh|corp|corporation|co|ag|plc)\.?$/i;

/** Equal for all spellings of one organisation. */
export function organisationKey(text: string): string {
  return nameKey(organisationName(text));
}

/** True for an organisation of the table. */
export function isKnownOrganisation(text: string): boolean {
  return canonical.has(nameKey(organisationName(text)));
}

/** Organisations that a reader may take for this one, by their usual names; empty for most. */
export function relatedOrganisations(text: string): readonly string[] {
  const name = organisationName(text);
  return relatedTable.flatMap(([a, b]) => (a === name ? [b] : b === name ? [a] : []));
}

/**
 * The one organisation whose reports a citation names ("Crowdstrike GTR2020 Mar 2020; CrowdStrike Labyrinth Chollima
 * Feb 2022"), by its usual name; undefined where several are cited, or one that is not in the table.
 */
export function citedOrganisation(citation: string): string | undefined {
  const parts = citation.slice(0, 2_000).split(';');
  let found: string | undefined;
  for (const part of parts) {
    const lower = part.trim().toLowerCase();
    const name = spellings.find(([text]) => lower === text || lower.startsWith(`${text} `))?.[1];
    if (name === undefined || (found !== undefined && found !== name)) return undefined;
    found = name;
  }
  return found;
}
