/** Cards in the shape of the publisher's, about nobody. */
export const heronCard = {
  actor: 'Velvet Heron, APT 900',
  names: [
    { name: 'Velvet Heron', 'name-giver': 'Acme Labs' },
    { name: 'APT 900', 'name-giver': 'Mandiant' },
    { name: 'Reed (Group, Old)', 'name-giver': '?' },
    { name: 'velvet heron', 'name-giver': 'self given' },
  ],
  country: ['Iran', '[Middle East]', '[Unknown]', 'others'],
  sponsor: 'State-sponsored, Ministry of Reeds',
  motivation: ['Information theft and espionage', 'Financial gain'],
  'first-seen': '2018 Autumn',
  description:
    '(Acme) A group that wades.<br />It waits &amp; strikes.\n\nA subgroup of {{Marsh Group, Hidden Marsh}}. Also see {{Subgroup: Earth Rail}}.</br /><script>alert(1)</script>',
  'observed-sectors': ['Telecommunications', 'Electronics and journalists', 'others', 'x'.repeat(200)],
  'observed-countries': [
    'USA',
    'Czech',
    'Southeast Asia',
    'Europe, Central Asia and Latin America',
    'and others',
    'Atlantis',
  ],
  tools: ['HeronDoor', 'Cain & Abel', 'several 0-days for IE', 'CVE-2017-11882'],
  operations: [
    {
      date: '2019-03',
      activity: 'Operation “Reed”\nTarget: a bank.\nhttps://heron.example/reed\nhttps://heron.example/reed-2',
    },
    { date: '2018 Summer', activity: 'Waded <b>quietly</b> with {{HeronDoor}}' },
    { activity: 'Something without a date' },
    { date: '2020' },
  ],
  'counter-operations': [{ date: '2021-06', activity: 'The marsh was drained' }],
  information: ['https://heron.example/a', 'ftp://heron.example/b', 'not an address'],
  'mitre-attack': ['https://attack.mitre.org/groups/G9001/'],
  playbook: ['https://heron.example/playbook'],
  uuid: '00000000-0000-4000-8000-00000000E001',
  'last-card-change': '2024-05-06',
};

export const toolCard = {
  tool: 'HeronDoor',
  names: [{ name: 'HeronDoor' }, { name: 'HDoor' }],
  description: 'A backdoor that opens when a heron calls.',
  category: 'Malware',
  type: ['Backdoor', 'Info stealer'],
  information: ['https://heron.example/door'],
  'mitre-attack': ['https://attack.mitre.org/software/S9011/'],
  malpedia: ['https://malpedia.example/heron'],
  uuid: '00000000-0000-4000-8000-00000000e002',
  'last-card-change': '2023-01-02',
};

export const listing = (...values: readonly unknown[]): object => ({
  authors: ['A test'],
  category: 'actor',
  name: 'Cards of nobody',
  type: 'threat-actor',
  source: 'https://heron.example/',
  tlp: 'white',
  license: 'Free for tests',
  'last-db-change': '2024-06-07',
  values,
});
