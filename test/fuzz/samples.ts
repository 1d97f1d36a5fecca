import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { detectImporter } from '../../src/sources/registry.ts';
import {
  commonBundle,
  createCanaries,
  levelEvent,
  markdownReport,
  producerBundle,
} from '../e2e/leak-fixtures.ts';
import { heronCard, toolCard } from '../sources/etda-cards/fixture.ts';
import { atom, json, rdf, rss } from '../sources/web-feed/feeds.ts';

/** A document of a format, whole and sound. */
export interface Sample {
  readonly place: string;
  readonly text: string;
}

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const maxCorpusBytes = 10 * 1024;
const maxOfCorpus = 6;

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const canaries = createCanaries();

const galaxy = {
  authors: ['x'],
  category: 'actor',
  type: 'threat-actor',
  version: 7,
  values: [
    {
      uuid: uuid(1),
      value: 'EXAMPLE BEAR',
      description: 'A bear that reads. It targeted banks in Germany.',
      meta: {
        synonyms: ['Sample Bear', 'G9999'],
        country: 'RU',
        refs: ['https://a.example/x'],
        'cfr-suspected-victims': ['Germany', 'Atlantis'],
        'cfr-target-category': ['Government'],
        'attribution-confidence': '50',
        'origin:Sample Bear': 'Acme',
      },
      related: [
        {
          'dest-uuid': uuid(2),
          type: 'similar',
          tags: ['estimative-language:likelihood-probability="likely"'],
        },
      ],
    },
    { uuid: uuid(2), value: 'EXAMPLE CRANE', related: [{ 'dest-uuid': uuid(1), type: 'uses' }] },
  ],
};
const event = JSON.parse(readFileSync(`${fixtures}misp/event.json`, 'utf8')) as object;
const kev = {
  title: 'A catalogue',
  catalogVersion: '2024.02.03',
  dateReleased: '2024-02-03T12:00:00Z',
  count: 1,
  vulnerabilities: [
    {
      cveID: 'CVE-2099-90001',
      vendorProject: 'Heron',
      product: 'Door',
      vulnerabilityName: 'Heron Door Open Door Vulnerability',
      dateAdded: '2024-02-03',
      shortDescription: 'Heron Door stands open.',
      requiredAction: 'Close it.',
      dueDate: '2024-02-24',
      knownRansomwareCampaignUse: 'Known',
      notes: 'See: https://heron.example/a ; javascript:alert(1)',
      cwes: ['CWE-59'],
    },
  ],
};
const report = {
  Filename: 'Heron_Report',
  Title: 'Velvet  Heron: "A" Bird, Seen ',
  Source: 'Acme Labs',
  Link: 'https://heron.example/report',
  'SHA-1': 'a'.repeat(40),
  Date: '02/09/2019',
  Year: '2019',
};
const quoted = (values: readonly unknown[]): string =>
  values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',');
const table = (row: object): string => `${Object.keys(row).join(',')}\r\n${quoted(Object.values(row))}\r\n`;
const names = [
  {
    'Threat actor name': 'Velvet Blizzard',
    'Previous name': 'FAKIUM, DEV-9001',
    'Origin/Threat': 'Russia, Influence operations',
    'Other names': 'APT900, Heron Bear (Acme, 2019)',
  },
];
const taxonomy = {
  namespace: 'Acme',
  expanded: 'Acme scales',
  version: 3,
  predicates: [{ value: 'impact', expanded: 'Impact on us' }, { value: 'owner' }],
  values: [{ predicate: 'impact', entry: [{ value: 'high', expanded: 'High', numerical_value: 90 }] }],
};
const profiles =
  '# XPT1\n\n**OVERVIEW:** x\n\n**Also Known As**\nA Bear\n\n# XPT2\r\n\r\n- Overview: y\r\n- Suspected Attribution: Iran\r\n';
const item =
  '<item><title>APT900 &amp; herons</title><link>https://blog.example/a</link><guid>a</guid><pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate><description><![CDATA[<p>HeronDoor was seen</p>]]></description></item>';
const entry =
  '<entry><title>A title</title><id>urn:x:1</id><link href="https://blog.example/b"/><updated>2026-03-03T10:00:00Z</updated><content type="html">&lt;b&gt;x&lt;/b&gt;</content></entry>';

const inline: Readonly<Record<string, readonly (readonly [place: string, content: unknown])[]>> = {
  stix: [
    ['acme.json', readFileSync(`${fixtures}stix/acme.stix21.json`, 'utf8')],
    ['producer.json', producerBundle(canaries, 'amber', 900)],
    ['common.json', commonBundle(canaries)],
  ],
  'misp-galaxy': [['threat-actor.json', galaxy]],
  'misp-event': [
    ['event.json', event],
    ['level.json', levelEvent(canaries, 'amber', 810)],
  ],
  'misp-instance': [
    ['event.json', event],
    ['search.json', { response: [event, levelEvent(canaries, 'green', 811)] }],
  ],
  'misp-hashes': [
    ['osint/hashes.csv', `${'0123456789abcdef'.repeat(2)},${uuid(1)}\n${'f'.repeat(32)},${uuid(2)}\n`],
  ],
  'misp-taxonomy': [['machinetag.json', taxonomy]],
  'microsoft-names': [
    ['names.json', names],
    ['wrapped.json', { actors: names }],
  ],
  'etda-cards': [
    ['groups.json', { values: [heronCard] }],
    ['tools.json', { values: [toolCard] }],
  ],
  'cisa-kev': [
    ['kev.json', kev],
    ['kev.csv', table(kev.vulnerabilities[0] ?? {})],
  ],
  aptnotes: [
    ['notes.json', [report]],
    ['notes.csv', table(report)],
  ],
  'markdown-report': [
    ['report.md', readFileSync(`${fixtures}markdown/report.md`, 'utf8')],
    ['level.md', markdownReport(canaries, 'amber')],
  ],
  'markdown-profile': [
    ['profile.md', readFileSync(`${fixtures}markdown/profile-without-heading.md`, 'utf8')],
    ['profiles.md', profiles],
  ],
  'web-feed': [
    ['rss.xml', rss(item)],
    ['atom.xml', atom(entry)],
    ['feed.json', json([{ id: '1', url: 'https://blog.example/c', title: 'T', content_html: '<i>x</i>' }])],
    ['rdf.xml', rdf],
  ],
  csv: [
    ['actors.csv', 'Threat Actor,Aliases,Country\nVelvet Heron,"Reed; Rush",Iran\nMarsh,,CN\n'],
    ['actors.tsv', 'Group\tSynonyms\tTools\nVelvet Heron\tReed, Rush\tHeronDoor\n'],
  ],
};

/** The sound documents of a format: made up ones, and small ones of publishers where the optional folder is there. */
export function samplesOf(kind: string): readonly Sample[] {
  const own = (inline[kind] ?? []).map(([place, content]) => ({
    place,
    text: typeof content === 'string' ? content : JSON.stringify(content),
  }));
  return [...own, ...(corpusByKind().get(kind) ?? [])];
}

let found: ReadonlyMap<string, readonly Sample[]> | undefined;

function corpusByKind(): ReadonlyMap<string, readonly Sample[]> {
  found ??= readCorpus();
  return found;
}

function readCorpus(): ReadonlyMap<string, readonly Sample[]> {
  const byKind = new Map<string, Sample[]>();
  if (!existsSync(corpus)) return byKind;
  for (const entryOf of readdirSync(corpus, { recursive: true, withFileTypes: true })) {
    if (!entryOf.isFile() || !/\.(?:json|csv|md|xml|rss|atom|txt)$/.test(entryOf.name)) continue;
    const path = `${entryOf.parentPath}/${entryOf.name}`;
    const bytes = readFileSync(path);
    if (bytes.length > maxCorpusBytes) continue;
    const text = bytes.toString();
    const kind = detectImporter(text, entryOf.name)?.kind;
    if (kind === undefined) continue;
    const list = byKind.get(kind) ?? [];
    if (list.length < maxOfCorpus) byKind.set(kind, [...list, { place: entryOf.name, text }]);
  }
  return byKind;
}
