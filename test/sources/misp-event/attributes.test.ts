import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordIndicator } from '../../../src/domain/record.ts';
import { mispEventImporter } from '../../../src/sources/misp-event/index.ts';
import { claimsOf, type ReadResult, readWith } from '../read-document.ts';

const uuid = '00000000-0000-4000-8000-00000000e001';

function readEvent(members: Record<string, unknown>): ReadResult {
  return readWith(mispEventImporter, { Event: { uuid, info: 'Sample', Attribute: [], ...members } });
}

function indicatorOf(attribute: Record<string, unknown>): RecordIndicator | undefined {
  const indicators = readEvent({ Attribute: [attribute] }).records[0]?.indicators ?? [];
  expect(indicators.length).toBeLessThan(2);
  return indicators[0];
}

describe('an attribute that can be looked for', () => {
  const hash = (length: number): string => 'ab'.repeat(length / 2);

  it.each([
    ['domain', 'Evil[.]Example.org', ['evil.example.org']],
    ['hostname', 'www.evil.example.org', ['www.evil.example.org']],
    ['domain|ip', 'evil.example.org|192.0.2.1', ['evil.example.org', '192.0.2.1']],
    ['ip-dst', '192.0.2.1', ['192.0.2.1']],
    ['ip-src', '2001:DB8::1', ['2001:db8::1']],
    ['ip-dst|port', '192.0.2.1|8443', ['192.0.2.1']],
    ['ip-src|port', '192.0.2.1|53', ['192.0.2.1']],
    ['hostname|port', 'evil.example.org|443', ['evil.example.org']],
    ['url', 'hxxps://Evil.example.org/A?b=C', ['https://evil.example.org/a?b=c', 'evil.example.org']],
    ['uri', '/gate.php', ['/gate.php']],
    ['md5', hash(32).toUpperCase(), [hash(32)]],
    ['sha256', hash(64), [hash(64)]],
    ['filename', 'C:\\Evil.EXE', ['c:\\evil.exe']],
    ['filename|sha1', `evil|name.exe|${hash(40)}`, ['evil|name.exe', hash(40)]],
    ['filename|ssdeep', 'evil.exe|3:AbC:d', ['evil.exe', '3:abc:d']],
    ['malware-sample', `evil.exe|${hash(32)}`, ['evil.exe', hash(32)]],
    ['ssdeep', '3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C', ['3:axgbicflgvnhbgcl6wcrfqev:axghsnhxlsr2c']],
    ['imphash', hash(32), [hash(32)]],
    ['ja3-fingerprint-md5', hash(32), [hash(32)]],
    ['jarm-fingerprint', hash(62), [hash(62)]],
    ['btc', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', ['1boatslrhtknngkdxeeobr76b53lettpyt']],
    ['xmr', '4'.repeat(95), ['4'.repeat(95)]],
    ['email-src', 'Sender@evil.example.org', ['sender@evil.example.org']],
    ['email-reply-to', 'reply@evil.example.org', ['reply@evil.example.org']],
    ['mutex', 'Global\\M6Br', ['global\\m6br']],
    ['regkey', 'HKLM\\Software\\Evil', ['hklm\\software\\evil']],
    ['regkey|value', 'HKLM\\Run|C:\\a|b.exe', ['hklm\\run', 'c:\\a|b.exe']],
    ['regkey|value', 'HKLM\\Run|1', ['hklm\\run']],
    ['AS', 'AS64500', ['as64500']],
    ['AS', '64500', ['as64500']],
    ['mac-address', 'AA-BB-CC-DD-EE-FF', ['aa:bb:cc:dd:ee:ff']],
    ['user-agent', 'Evil/1.0', ['evil/1.0']],
    ['x509-fingerprint-sha1', hash(40), [hash(40)]],
    ['pattern-in-file', 'evil-marker', ['evil-marker']],
    ['vulnerability', 'MS17-010', ['ms17-010']],
  ])('is found by what it is: %s %s', (type, value, expected) => {
    expect(indicatorOf({ type, value })?.lookupValues).toEqual(expected);
  });

  it.each(['yara', 'snort', 'sigma', 'bro', 'zeek', 'stix2-pattern', 'kusto-query'])(
    'is kept but not looked up as it stands: a rule for %s',
    (type) => {
      const indicator = indicatorOf({ type, value: 'rule sample {\n condition: true\n}' });

      expect([indicator?.type, indicator?.lookupValues]).toEqual([type, []]);
    },
  );

  it.each([
    'attachment',
    'boolean',
    'comment',
    'counter',
    'cpe',
    'datetime',
    'float',
    'hex',
    'http-method',
    'malware-type',
    'mime-type',
    'pgp-public-key',
    'port',
    'size-in-bytes',
    'weakness',
    'whois-registrar',
  ])('is none of type %s, which identifies nothing', (type) => {
    expect(indicatorOf({ type, value: 'something' })).toBeUndefined();
  });

  it('says that it was refuted, and detects nothing then', () => {
    const tags = [{ name: 'false-positive:confirmed="TRUE"' }];
    const attribute = { type: 'domain', value: 'a.example.org', to_ids: true, comment: 'C2', Tag: tags };

    expect(indicatorOf(attribute)).toMatchObject({
      detectable: false,
      comment: 'confirmed false positive; C2',
    });
  });
});

describe('people and victims in an event', () => {
  const canary = 'canary-7f3a';
  const personal = [
    ['first-name', 'Person'],
    ['full-name', 'Person'],
    ['passport-number', 'Person'],
    ['text', 'Person'],
    ['phone-number', 'Person'],
    ['target-user', 'Targeting data'],
    ['target-email', 'Targeting data'],
    ['target-org', 'Targeting data'],
    ['comment', 'Targeting data'],
    ['whois-registrant-name', 'Attribution'],
    ['whois-registrant-phone', 'Attribution'],
    ['email-dst', 'Payload delivery'],
    ['email-dst-display-name', 'Payload delivery'],
    ['email-body', 'Payload delivery'],
    ['email-header', 'Payload delivery'],
    ['cc-number', 'Financial fraud'],
  ] as const;

  it.each(personal)('are not kept: %s in %s', (type, category) => {
    const result = readEvent({ Attribute: [{ type, category, value: `${canary}@example.org` }] });

    expect(result.records).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain(canary);
  });

  it.each(['person', 'identity', 'employee', 'credential', 'corporate-asset', 'victim'])(
    'are not kept: the object %s',
    (name) => {
      const parts = [
        { type: 'ip-src', object_relation: 'ip', value: `192.0.2.1`, comment: canary },
        { type: 'text', object_relation: 'username', value: canary },
        { type: 'email-src', object_relation: 'email', value: `${canary}@example.org`, to_ids: true },
      ];

      const result = readEvent({ Object: [{ name, Attribute: parts }] });

      expect(JSON.stringify(result)).not.toContain(canary);
      expect(result.records[0]?.indicators).toBeUndefined();
    },
  );

  it('tell which sectors and places were aimed at, and nothing else', () => {
    const parts = [
      { type: 'target-location', object_relation: 'regions', value: 'BY' },
      { type: 'text', object_relation: 'sectors', value: 'Diplomacy' },
      { type: 'text', object_relation: 'name', value: canary },
    ];

    const [record] = readEvent({
      Object: [{ name: 'victim', Attribute: parts }],
      Attribute: [{ type: 'target-location', category: 'Targeting data', value: 'Middle East' }],
    }).records;

    expect(claimsOf(record, 'targets-region')).toMatchObject([
      { text: 'Middle East' },
      { text: 'Belarus', country: 'BY' },
    ]);
    expect(claimsOf(record, 'targets-sector')).toMatchObject([{ text: 'Diplomacy' }]);
    expect(JSON.stringify(record)).not.toContain(canary);
  });

  it('differ from mailboxes that malware writes to, which are looked for', () => {
    const value = 'drop@evil.example.org';

    expect(indicatorOf({ type: 'email-dst', category: 'Network activity', value })?.value).toBe(value);
    expect(indicatorOf({ type: 'email-dst', category: 'Payload delivery', value, to_ids: true })?.value).toBe(
      value,
    );
    const to = [{ type: 'email-dst', object_relation: 'to', value, to_ids: true }];
    expect(readEvent({ Object: [{ name: 'email', Attribute: to }] }).records[0]?.indicators).toBeUndefined();
  });
});

describe('what must never leave an event', () => {
  it('is found nowhere in what is yielded, wherever it stands', () => {
    const secret = 'canary-9c41';
    const data = Buffer.from(secret).toString('base64');
    const attribute = { type: 'md5', value: 'ab'.repeat(16), data, event_creator_email: secret };
    const event = {
      uuid,
      info: 'Sample',
      event_creator_email: secret,
      Attribute: [attribute, { type: 'attachment', value: 'picture.png', data }],
      Object: [
        { name: 'file', Attribute: [{ type: 'malware-sample', value: `a.exe|${'ab'.repeat(16)}`, data }] },
      ],
      ShadowAttribute: [{ type: 'domain', value: `${secret}.example.org` }],
      Sighting: [{ source: secret, Organisation: { name: secret } }],
      RelatedEvent: [{ Event: { info: secret } }],
      EventReport: [{ name: secret, content: secret, deleted: true }],
      CryptographicKey: [{ key_data: secret }],
      User: { email: secret },
      SharingGroup: { name: secret, Organisation: [{ name: secret }] },
    };
    const deleted = { type: 'domain', value: `${secret}.example.org` };
    const gone = [
      { ...deleted, deleted: true },
      { ...deleted, deleted: '1' },
      { ...deleted, deleted: 1 },
    ];

    const result = readEvent({
      ...event,
      Attribute: [...event.Attribute, ...gone],
      Object: [...event.Object, { name: 'file', deleted: true, Attribute: [deleted] }],
    });

    const told = JSON.stringify(result);
    expect(result.records[0]?.indicators).toHaveLength(2);
    expect(told).not.toContain(secret);
    expect(told).not.toContain(data);
  });
});

describe('what an attribute names', () => {
  it('is a vulnerability that is exploited, and that the event reports', () => {
    const [record] = readEvent({ Attribute: [{ type: 'vulnerability', value: 'cve-2023-5631' }] }).records;
    const target = {
      types: ['vulnerability'],
      externalId: 'CVE-2023-5631',
      name: 'CVE-2023-5631',
      create: true,
    };

    expect(claimsOf(record, 'exploits')).toMatchObject([{ target }]);
    expect(claimsOf(record, 'reported-in')).toMatchObject([{ subject: target }]);
    expect(record?.indicators).toBeUndefined();
  });

  it('is an actor or a campaign, which the name alone makes no entity of', () => {
    const [record] = readEvent({
      Attribute: [
        { type: 'threat-actor', category: 'Attribution', value: 'EXAMPLE BEAR' },
        { type: 'campaign-name', category: 'Attribution', value: 'Operation Sample' },
      ],
    }).records;

    expect(claimsOf(record, 'reported-in').map(({ subject }) => subject)).toEqual([
      { types: ['intrusion-set', 'campaign'], name: 'EXAMPLE BEAR', create: false },
      { types: ['campaign', 'intrusion-set'], name: 'Operation Sample', create: false },
    ]);
  });

  it('is what its galaxies say, also in an object, with the confidence of its own tags', () => {
    const galaxy = {
      type: 'malpedia',
      GalaxyCluster: [{ uuid, value: 'EXAMPLEDOOR', type: 'malpedia', meta: { external_id: ['S9999'] } }],
    };
    const attribute = {
      type: 'sha256',
      value: 'ab'.repeat(32),
      Galaxy: [galaxy],
      Tag: [{ name: 'Admiralty-Scale:information-credibility=4' }],
    };

    const [record] = readEvent({ Object: [{ name: 'file', Attribute: [attribute] }] }).records;

    expect(claimsOf(record, 'reported-in')).toMatchObject([
      { subject: { uuid, externalId: 'S9999', name: 'EXAMPLEDOOR' }, confidence: 25 },
    ]);
  });
});

describe('the reports of an event', () => {
  const content = [
    '# EXAMPLE BEAR strikes',
    '',
    'It **uses** `EXAMPLEDOOR` and [a loader](https://blog.example.org/post), see @[attribute](00000000-0000-4000-8000-000000000001).',
    '',
    '| a | b |',
    '|---|---|',
    '* @[tag](misp-galaxy:threat-actor="SAMPLE CRANE")',
    '![picture](https://blog.example.org/p.png)',
  ].join('\r\n');

  it('are descriptions in plain text, in which names are looked for', () => {
    const [record] = readEvent({ EventReport: [{ name: 'x', content }] }).records;

    const [text] = claimsOf(record, 'description');
    expect(text).toMatchObject({ section: 'report' });
    expect(text?.text).toBe(
      'EXAMPLE BEAR strikes\n\nIt uses EXAMPLEDOOR and a loader (https://blog.example.org/post), see .\n\na b\n\n- SAMPLE CRANE\npicture',
    );
    expect(record?.mentionsIn).toBe(`Sample\n\n${text?.text}`);
  });

  it('are not read when they are deleted, empty or no text', () => {
    const [record] = readEvent({
      EventReport: [{ content, deleted: '1' }, { content: ' ' }, { content: 5 }, null],
    }).records;

    expect(claimsOf(record, 'description')).toEqual([]);
  });

  it('cost no more time than their length, whatever stands in them', () => {
    const pieces = fc.constantFrom(
      '[',
      '](',
      '@[tag](',
      '**',
      '*',
      '|',
      '`',
      '#',
      '\n',
      '(',
      ')',
      'a',
      ' ',
      '> ',
      '![',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { records } = readEvent({ EventReport: [{ content: parts.join('').repeat(400) }] });

        expect(records).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('tags of an event that say how sure it is', () => {
  const confidence = (...names: readonly string[]) =>
    readEvent({ Tag: names.map((name) => ({ name })) }).records[0]?.confidence;

  it.each([
    [['admiralty-scale:source-reliability="b"'], 75],
    [['ADMIRALTY-SCALE:Source-Reliability=B', 'admiralty-scale:information-credibility="3"'], 50],
    [['admiralty-scale:source-reliability="f"', 'admiralty-scale:information-credibility="6"'], undefined],
    [['estimative-language:likelihood-probability="Very-Likely"'], 80],
    [['estimative-language:confidence-in-analytic-judgment="moderate"'], 55],
    [['misp:confidence-level="rarely-confident"'], 25],
    [['misp:confidence-level="confidence-cannot-be-evaluated"'], undefined],
    [['osint:certainty="93"'], 93],
    [['osint:certainty=93'], 93],
    [['osint:certainty="300"'], undefined],
    [['osint:certainty="93"', 'false-positive:risk="high"'], 25],
    [['osint:certainty="93"', 'false-positive:risk="low"'], 93],
    [['false-positive:risk="medium"'], 50],
    [['false-positive:confirmed="true"'], 0],
    [['workflow:state="incomplete"', 'circl:topic="finance"'], undefined],
  ])('%j give %s', (names, expected) => {
    expect(confidence(...names)).toBe(expected);
  });

  it('are told in words beside other tags that say something', () => {
    const names = [
      'osint:source-type="blog-post"',
      'admiralty-scale:source-reliability="b"',
      'threatmatch:incident-type="Supply Chain Compromise"',
      'threatmatch:sector="Energy, Utilities & Mining"',
      'workflow:todo="review-for-false-positive"',
      'acme:impact="high"',
      'tlp:white',
      'PAP:GREEN',
      'a plain word',
    ];
    const [record] = readEvent({ Tag: names.map((name) => ({ name })) }).records;

    expect(claimsOf(record, 'detail').map(({ label, text }) => [label, text])).toEqual([
      ['Kind of source', 'blog post'],
      ['Source reliability', 'B, usually reliable'],
      ['Kind of incident', 'Supply Chain Compromise'],
      ['To do', 'review for false positive'],
      ['acme:impact', 'high'],
    ]);
    expect(claimsOf(record, 'targets-sector')).toMatchObject([{ text: 'Energy, Utilities & Mining' }]);
    expect(record?.tags).toEqual(expect.arrayContaining(names));
  });
});
