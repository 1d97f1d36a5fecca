import type { Collected } from './collect.ts';

/** `data/NOTICE.md`: where the data come from, and under which terms they are passed on. */
export function noticeText(collected: readonly Collected[]): string {
  const attack = collected.filter(({ source }) => source.kind === 'stix');
  const galaxies = collected.filter(({ source }) => source.kind === 'misp-galaxy');
  const year = /\b(\d{4})-/.exec(newestDate(attack))?.[1] ?? '';
  return `# Bundled data: sources and licences

The files here hold facts (names, ids, dates, relations, addresses) taken from the sources below by
\`npm run data:build\`, in our own form. They hold no descriptions, no quotations and no titles of documents; what
threatbrief says about an actor is composed from the facts. Each fact names its source when it is shown.

## MITRE ATT&CK

${attack.map(({ source, file, records }) => `- ${source.title}, ${versionText(source.version)}: \`${file}\`, ${records.length} records`).join('\n')}

License

The MITRE Corporation (MITRE) hereby grants you a non-exclusive, royalty-free license to use ATT&CK® for research,
development, and commercial purposes. Any copy you make for such purposes is authorized provided that you reproduce
MITRE's copyright designation and this license in any such copy.

"© ${year} The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation."

Disclaimers

MITRE does not claim ATT&CK enumerates all possibilities for the types of actions and behaviors documented as part
of its adversary model and framework of techniques. Using the information contained within ATT&CK to address or cover
full categories of techniques will not guarantee full defensive coverage as there may be undisclosed techniques or
variations on existing techniques not documented by ATT&CK.

ALL DOCUMENTS AND THE INFORMATION CONTAINED THEREIN ARE PROVIDED ON AN "AS IS" BASIS AND THE CONTRIBUTOR, THE
ORGANIZATION HE/SHE REPRESENTS OR IS SPONSORED BY (IF ANY), THE MITRE CORPORATION, ITS BOARD OF TRUSTEES, OFFICERS,
AGENTS, AND EMPLOYEES, DISCLAIM ALL WARRANTIES, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO ANY WARRANTY THAT
THE USE OF THE INFORMATION THEREIN WILL NOT INFRINGE ANY RIGHTS OR ANY IMPLIED WARRANTIES OF MERCHANTABILITY OR
FITNESS FOR A PARTICULAR PURPOSE.

(The terms of use are at https://attack.mitre.org/resources/legal-and-branding/terms-of-use/.)

What software does stands in the software's own line, and no longer as relationships. Of the words of ATT&CK's
relationships only the ids of exploited vulnerabilities (CVE) are kept. Left out: mitigations, detections, data
sources. A live import brings those of them that threatbrief reads.

## MISP galaxy

${galaxies.map(({ source, file, scope, records }) => `- ${scope ?? ''}, ${versionText(source.version)}: \`${file}\`, ${records.length} records`).join('\n')}

MISP Project, https://github.com/MISP/misp-galaxy, dual-licensed under CC0 1.0 Universal and the 2-clause BSD
licence; used here under CC0 1.0. Of descriptions only the ids of exploited vulnerabilities (CVE) are kept. Some of
its lists gather names that others gave: Malpedia (Fraunhofer FKIE), the actor names of Microsoft and of 360.net.
${kevText(collected)}`;
}

function kevText(collected: readonly Collected[]): string {
  const [kev] = collected.filter(({ source }) => source.kind === 'cisa-kev');
  if (kev === undefined) return '';
  const { source, file, records } = kev;
  return `
## CISA Known Exploited Vulnerabilities

- ${versionText(source.version)}: \`${file}\`, ${records.length} records

Cybersecurity and Infrastructure Security Agency, https://www.cisa.gov/known-exploited-vulnerabilities-catalog,
under CC0 1.0. Kept of each entry: its id, name and product, since when it is listed, and whether ransomware campaigns
are known to use it. CISA and DHS do not endorse threatbrief.
`;
}

function versionText(version: string | undefined): string {
  return version === undefined ? 'version not stated' : `version ${version}`;
}

function newestDate(collected: readonly Collected[]): string {
  return collected
    .flatMap(({ records }) => records.map(({ modified = '' }) => modified))
    .reduce((a, b) => (a > b ? a : b), '');
}
