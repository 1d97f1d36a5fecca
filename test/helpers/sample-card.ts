import { bold, cited, indicator, link, runs, text } from '../../src/cards/build.ts';
import type { Card } from '../../src/cards/card.ts';
import { clearText } from '../../src/cards/clear-text.ts';

const entity = 'intrusion-set--00000000-0000-4000-8000-000000000039';

const tactics = [
  'Initial Access',
  'Execution',
  'Persistence',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
];

/** A rich card of an invented actor: every kind of section, style, badge and action. */
export const sampleCard: Card = {
  title: 'APT99 (Example Kitten)',
  subtitle: runs('Invented actor from ', bold('Nowhere'), '; hits telecom and travel', cited('', [1, 2])),
  marking: 'green',
  badges: [
    { text: 'Sources disagree', tone: 'warning' },
    { text: 'Active', tone: 'attention' },
    { text: '2 sources', tone: 'neutral' },
    { text: 'Confirmed by two publishers', tone: 'good' },
  ],
  sections: [
    {
      type: 'fields',
      id: 'who',
      rank: 0,
      fields: [
        { label: 'Country', value: runs(cited('Nowhere', [1])) },
        { label: 'Also called', value: runs('Example Kitten, ', cited('Sample Spider', [2])) },
        { label: 'Hits', value: runs(cited('Telecommunications, travel, government', [1, 3])) },
        { label: 'Is it us?', value: runs(bold('Yes'), ': your sector is Telecommunications') },
      ],
    },
    {
      type: 'text',
      id: 'overview',
      heading: 'Overview',
      rank: 1,
      paragraphs: [
        runs(
          'Two publishers describe this invented actor since 2014. ',
          cited('It begins with spearphishing', [1]),
          ' and moves on with stolen accounts; see ',
          link('the first report', 'https://example.com/reports/apt99?id=1'),
          '.',
        ),
      ],
    },
    {
      type: 'list',
      id: 'checks',
      heading: 'Check first',
      rank: 1,
      items: [
        { text: runs('Sign-ins to web mail from new countries') },
        { text: runs('Connections to ', indicator('update.example.com'), ' and ', indicator('192.0.2.10')) },
        { text: runs('Scheduled tasks named ', { text: 'ExampleUpdate', style: 'code' }) },
      ],
    },
    {
      type: 'table',
      id: 'techniques',
      heading: 'Techniques by tactic',
      rank: 3,
      total: 24,
      columns: ['Tactic', 'Technique', 'Sources'],
      rows: tactics.map((tactic, index) => [
        text(tactic),
        runs(
          link(`T10${50 + index} Example technique`, `https://attack.mitre.org/techniques/T10${50 + index}/`),
        ),
        runs(cited('ATT&CK', [1])),
      ]),
    },
    {
      type: 'list',
      id: 'software',
      heading: 'Software',
      rank: 4,
      items: ['ExampleRAT', 'SampleLoader', 'Mimikatz', 'PsExec'].map((name) => ({
        text: runs(cited(name, [1])),
      })),
    },
    {
      type: 'timeline',
      id: 'reports',
      heading: 'Recent reports',
      rank: 5,
      items: [
        {
          date: '2025-03-02',
          text: runs(link('An invented report', 'https://example.com/r/1'), cited('', [3])),
        },
        { date: '2024-11', text: text('Another invented report') },
      ],
    },
  ],
  sources: [
    {
      number: 1,
      title: 'MITRE ATT&CK Enterprise',
      url: 'https://attack.mitre.org/groups/G9999/',
      date: '2025-04-16',
      marking: 'clear',
      confidence: null,
    },
    {
      number: 2,
      title: 'MISP galaxy',
      url: 'https://example.org/galaxy',
      date: '2025-03',
      marking: 'clear',
      confidence: 80,
    },
    { number: 3, title: 'ACME CERT', marking: 'green', confidence: 50 },
  ],
  withheld: { count: 2, highest: 'amber' },
  actions: [
    { type: 'command', label: 'Share', value: { verb: 'share', entity }, style: 'primary' },
    { type: 'command', label: 'More Techniques', value: { verb: 'more', entity, section: 'techniques' } },
    { type: 'command', label: 'Sources', value: { verb: 'sources', entity } },
    { type: 'link', label: 'Open in ATT&CK', url: 'https://attack.mitre.org/groups/G9999/' },
    { type: 'command', label: 'Compare', value: { verb: 'ask', question: 'compare APT99 and APT98' } },
    { type: 'command', label: 'Campaigns', value: { verb: 'more', entity, section: 'campaigns' } },
  ],
  asOf: '2025-11-20T08:00:00Z',
  fallbackText: 'APT99 (Example Kitten): an invented actor from Nowhere that hits telecom and travel.',
  notice: clearText`APT99 (Example Kitten): an invented actor from Nowhere that hits telecom and travel.`,
};

/** A choice between two invented actors, each with a button of its own. */
export const choiceCard: Card = {
  title: 'Two actors are called Kitten',
  marking: 'clear',
  badges: [],
  sections: [
    {
      type: 'list',
      id: 'choices',
      rank: 0,
      items: ['Example Kitten', 'Sample Kitten'].map((name, index) => ({
        text: runs(bold(name), ' · Nowhere'),
        action: {
          type: 'command',
          label: `Brief Me`,
          value: { verb: 'brief', entity: `intrusion-set--00000000-0000-4000-8000-00000000000${index}` },
        },
      })),
    },
  ],
  sources: [],
  withheld: { count: 0, highest: null },
  actions: [],
  asOf: '2025-11-20T08:00:00Z',
  fallbackText: 'Two actors are called Kitten: Example Kitten and Sample Kitten.',
};
