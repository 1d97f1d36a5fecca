import { uuid } from './world.ts';

/** A small good document of each format, by the importer's kind. */
const byKind = {
  stix: JSON.stringify({
    type: 'bundle',
    id: `bundle--${uuid(0)}`,
    objects: [
      { type: 'malware', id: `malware--${uuid(1)}`, name: 'Made Up', modified: '2024-01-01T00:00:00.000Z' },
      { type: 'intrusion-set', id: `intrusion-set--${uuid(2)}`, name: 'Paper Tiger', aliases: ['Papier'] },
      {
        type: 'relationship',
        id: `relationship--${uuid(3)}`,
        relationship_type: 'uses',
        source_ref: `intrusion-set--${uuid(2)}`,
        target_ref: `malware--${uuid(1)}`,
      },
    ],
  }),
  'misp-galaxy': JSON.stringify({
    authors: ['Nobody'],
    category: 'tool',
    description: 'Made up',
    name: 'Tool',
    source: 'Nobody',
    type: 'tool',
    uuid: uuid(800),
    version: 3,
    values: [{ uuid: uuid(10), value: 'Entry', meta: { synonyms: ['Other'], country: 'KP' } }],
  }),
  'misp-event': JSON.stringify({
    Event: {
      uuid: uuid(20),
      info: 'Made up event',
      date: '2024-01-01',
      timestamp: '1704067200',
      Tag: [{ name: 'tlp:green' }],
      Attribute: [{ type: 'domain', value: 'a.example.org', category: 'Network activity', to_ids: true }],
    },
  }),
  'misp-taxonomy': JSON.stringify({
    namespace: 'made-up',
    description: 'Made up',
    version: 1,
    predicates: [{ value: 'one', expanded: 'One' }],
  }),
  'microsoft-names': JSON.stringify([
    { 'Threat actor name': 'Paper Typhoon', 'Origin/Threat': 'China', 'Other names': 'PAPER TIGER' },
  ]),
  'etda-cards': JSON.stringify({
    name: 'Threat Group Cards',
    source: 'Made up',
    values: [{ actor: 'Paper Tiger', names: [{ name: 'Papier', 'name-giver': 'Nobody' }], uuid: uuid(30) }],
  }),
  'cisa-kev': JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: '2024.01.01',
    count: 1,
    vulnerabilities: [{ cveID: 'CVE-2024-0001', vulnerabilityName: 'Made up', dateAdded: '2024-01-01' }],
  }),
  aptnotes: JSON.stringify([
    {
      Filename: 'a',
      Title: 'A report',
      Source: 'Nobody',
      Link: 'https://example.org/a',
      'SHA-1': '0'.repeat(40),
      Date: '01/01/2024',
      Year: '2024',
    },
  ]),
  'web-feed':
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><item><guid>1</guid><title>A post</title></item></channel></rss>',
  'markdown-report':
    '# Event: A made up report\n\n- **Date:** 2024-01-01\n\n## Indicators\n\n- domain: a.example.org\n',
  'markdown-profile':
    '# Paper Tiger\n\nSuspected attribution: Nowhere\n\nOverview: made up.\n\nTarget sectors: none.\n',
  csv: 'name,aliases\nPaper Tiger,Papier\n',
};

export const samples: Readonly<Record<string, string>> = {
  ...byKind,
  'misp-instance': byKind['misp-event'],
};
