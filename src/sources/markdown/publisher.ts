/** Publishers by the end of their hosts' names. */
const publisherTable = `
attack.mitre.org MITRE
mitre.org MITRE
mandiant.com Mandiant
fireeye.com FireEye
cloud.google.com Google Cloud
blog.google Google
welivesecurity.com ESET
eset.com ESET
securelist.com Kaspersky
kaspersky.com Kaspersky
symantec.com Symantec
symantec-enterprise-blogs.security.com Symantec
broadcom.com Symantec
paloaltonetworks.com Palo Alto Networks
pan-unit42.github.io Palo Alto Networks
crowdstrike.com CrowdStrike
secureworks.com Secureworks
microsoft.com Microsoft
talosintelligence.com Cisco Talos
cisco.com Cisco
trendmicro.com Trend Micro
proofpoint.com Proofpoint
recordedfuture.com Recorded Future
group-ib.com Group-IB
checkpoint.com Check Point
sentinelone.com SentinelOne
clearskysec.com ClearSky
securityintelligence.com IBM
ibm.com IBM
mcafee.com McAfee
trellix.com Trellix
bitdefender.com Bitdefender
f-secure.com F-Secure
withsecure.com WithSecure
sophos.com Sophos
malwarebytes.com Malwarebytes
volexity.com Volexity
dragos.com Dragos
sekoia.io Sekoia
cybereason.com Cybereason
elastic.co Elastic
cisa.gov CISA
us-cert.gov CISA
fbi.gov FBI
justice.gov U.S. Department of Justice
treasury.gov U.S. Department of the Treasury
nsa.gov NSA
ncsc.gov.uk NCSC UK
whitehouse.gov White House
circl.lu CIRCL
bleepingcomputer.com BleepingComputer
virustotal.com VirusTotal
misp-project.org MISP Project
`;

const publishers: readonly (readonly [string, string])[] = publisherTable
  .trim()
  .split('\n')
  .map((line) => {
    const blank = line.indexOf(' ');
    return [line.slice(0, blank), line.slice(blank + 1)];
  });

/** Who publishes at an address, by its host; the bare host for one that the table lacks. */
export function publisherOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.toLowerCase().replace(/^www\./, '');
  const known = publishers.find(([end]) => host === end || host.endsWith(`.${end}`));
  return known?.[1] ?? (host === '' ? undefined : host);
}
