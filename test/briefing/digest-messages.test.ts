import { describe, expect, it } from 'vitest';
import { parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import { composeDigestMessages, digestItemKeys } from '../../src/briefing/digest-messages.ts';
import type { ComposedDigest, DigestRequest } from '../../src/briefing/digest-types.ts';
import type { Card } from '../../src/cards/card.ts';
import { withheldLine } from '../../src/cards/format.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import type { StoredChange, StoredRecord } from '../../src/store/types.ts';
import { createChanges } from '../helpers/changes.ts';
import { fakeId, ids, sampleKnowledge, sampleRecords, sampleSources, stored } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';
import { problemsOf } from '../helpers/sweep-cards.ts';

const now = new Date('2026-01-20T07:00:00Z');
const dayMs = 86_400_000;
const { change, claim } = createChanges(now);

const reportNew = change({ kind: 'report-new', source: 'gamma', recordId: 'event-1', marking: 'green' });
const secretNew = change({ kind: 'report-new', source: 'delta', recordId: 'secret-1', marking: 'amber' });
const secondNew = change({ kind: 'entity-new', source: 'alpha', recordId: ids.secondActor });
const doorNew = change({ kind: 'entity-new', source: 'alpha', recordId: ids.door });
const techniqueNew = change({ kind: 'entity-new', source: 'alpha', recordId: ids.scripting });

interface Wanted extends Partial<Omit<DigestRequest, 'filters' | 'changes'>> {
  readonly filters?: string;
}

function compose(changes: readonly StoredChange[], { filters = '', ...more }: Wanted = {}): ComposedDigest {
  const parsed = parseDigestFilters(filters);
  if (parsed.kind === 'bad') throw new Error(parsed.problem);
  const ceiling = more.ceiling ?? 'green';
  return composeDigestMessages({
    changes,
    knowledge: sampleKnowledge(ceiling),
    ceiling,
    window: { from: now.getTime() - 2 * dayMs, to: now.getTime() },
    filters: parsed.filters,
    interests: { sectors: [], regions: [], watched: [] },
    mutes: [],
    posted: new Map(),
    shape: 'message',
    missed: [],
    kind: 'digest',
    now,
    zone: 'Europe/Berlin',
    ...more,
  });
}

function only(digest: ComposedDigest): Card {
  expect(digest.messages).toHaveLength(1);
  const [message] = digest.messages;
  if (message === undefined) throw new Error('no message');
  return message.card;
}

const telecom = { sectors: ['telecommunications'], regions: ['europe'], watched: [] };

/** The sample with more records. */
function knowledgeWith(
  records: readonly StoredRecord[],
  ceiling: Tlp = 'green',
): { readonly knowledge: Knowledge; readonly everything: () => Knowledge } {
  const base = createKnowledgeBase({
    records: [...sampleRecords, ...records],
    sources: sampleSources,
    version: 1,
  });
  return { knowledge: base.at(ceiling), everything: () => base.at('red') };
}

function reportRecord(number: number, name: string, more: Partial<SourceRecord> = {}): SourceRecord {
  return {
    externalId: `report-${number}`,
    title: name,
    entity: { type: 'report', id: fakeId('report', number), name, externalIds: [] },
    created: '2026-01-18',
    claims: [
      { predicate: 'reported-in', subject: { types: ['intrusion-set'], id: ids.actor, create: false } },
    ],
    ...more,
  };
}

describe('composeDigestMessages', () => {
  it('puts what concerns us first, says why, its marking and every source, with buttons', () => {
    const card = only(
      compose(
        [
          claim('alpha', 'uses', 'HeronDoor', { target: ids.door }),
          claim('beta', 'alias', 'Grey Heron'),
          reportNew,
          secondNew,
        ],
        {
          interests: telecom,
        },
      ),
    );

    expect(sectionTexts(card, 'concerns')).toEqual([
      'Herons on the wire, of 2025-06-01 — names APT900 (sector Telecommunications, region Europe (Germany) · TLP:GREEN · Gamma notes)',
      'APT900: uses HeronDoor; alias “Grey Heron” (sector Telecommunications, region Europe (Germany) · TLP:CLEAR · Alpha Framework, Beta galaxy)',
    ]);
    expect(sectionTexts(card, 'profiles')).toEqual([
      'APT901: new profile, North Korea (TLP:CLEAR · Alpha Framework)',
    ]);
    expect(card.marking).toBe('green');
    expect(allActions(card).filter(({ label }) => label === 'Brief')).toHaveLength(3);
    const [first] = card.sections.flatMap((section) => (section.type === 'list' ? section.items : []));
    expect(first?.more).toEqual([
      {
        type: 'command',
        label: 'Mute',
        value: { verb: 'ask', question: expect.stringMatching(/^mute item r-[0-9a-z]{10}$/) },
      },
    ]);
    expect(problemsOf(card)).toEqual([]);
  });

  it('makes one item of what several sources tell of one thing, and one statement of one fact', () => {
    const card = only(
      compose([
        claim('alpha', 'uses', 'HeronDoor', { target: ids.door }),
        claim('beta', 'uses', 'HeronDoor', { target: ids.door }),
      ]),
    );

    expect(sectionTexts(card, 'profiles')).toEqual([
      'APT900: uses HeronDoor (TLP:CLEAR · Alpha Framework, Beta galaxy)',
    ]);
  });

  it('makes one item of one report from several sources, by title or address, and two of a series', () => {
    const title = 'A long look at herons and reeds';
    const same = [
      stored('alpha', reportRecord(71, title, { url: 'https://one.example/herons?utm_source=x' })),
      stored('beta', reportRecord(72, `OSINT - ${title}`)),
      stored('gamma', reportRecord(73, 'Reeds', { url: 'https://www.one.example/herons/' })),
      stored('beta', reportRecord(74, title, { created: '2025-06-01' })),
    ];
    const news = same.map(({ source, record }) =>
      change({ kind: 'report-new', source, recordId: record.externalId }),
    );
    const card = only(compose(news, knowledgeWith(same)));

    const lines = sectionTexts(card, 'reports');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Alpha Framework, Beta galaxy, Gamma notes');
  });

  it('says what is only mentioned as a mention', () => {
    const record = reportRecord(75, 'Made up notes on birds', {
      claims: [
        {
          predicate: 'reported-in',
          subject: { types: ['intrusion-set'], id: ids.actor, create: false },
          mentioned: true,
        },
      ],
    });
    const news = change({ kind: 'report-new', source: 'alpha', recordId: record.externalId });

    expect(
      sectionTexts(only(compose([news], knowledgeWith([stored('alpha', record)]))), 'reports')[0],
    ).toMatch(/^Made up notes on birds — mentions APT900 \(/);
  });

  it('tells exploited vulnerabilities with who exploits them, and only counts those that nobody is tied to', () => {
    const cve = fakeId('vulnerability', 81);
    const other = fakeId('vulnerability', 82);
    const listed = (id: typeof cve, name: string): SourceRecord => ({
      externalId: name,
      title: name,
      entity: { type: 'vulnerability', id, name, externalIds: [name] },
      claims: [
        { predicate: 'detail', label: 'In CISA’s KEV catalogue since', text: '2026-01-19' },
        { predicate: 'detail', label: 'Affected product', text: 'Reed Server' },
      ],
    });
    const exploit: SourceRecord = {
      externalId: 'exploit-1',
      title: 'exploits',
      claims: [
        {
          predicate: 'exploits',
          text: 'CVE-2099-0001',
          subject: { types: ['intrusion-set'], id: ids.actor, create: false },
          target: { types: ['vulnerability'], id: cve, create: false },
        },
      ],
    };
    const world = knowledgeWith([
      stored('beta', listed(cve, 'CVE-2099-0001')),
      stored('beta', listed(other, 'CVE-2099-0002')),
      stored('alpha', exploit),
    ]);
    const news = [
      change({ kind: 'entity-new', source: 'beta', recordId: 'CVE-2099-0001' }),
      change({ kind: 'entity-new', source: 'beta', recordId: 'CVE-2099-0002' }),
      claim('alpha', 'exploits', 'CVE-2099-0001', { target: cve }),
    ];

    const card = only(compose(news, world));
    const asked = only(compose(news, { ...world, filters: 'kind:vulnerability' }));

    expect(sectionTexts(card, 'vulnerabilities')).toEqual([
      'CVE-2099-0001 (Reed Server): known to be exploited since 2026-01-19 (Beta galaxy); exploited by APT900 (TLP:CLEAR · Alpha Framework, Beta galaxy)',
    ]);
    expect(sectionTexts(card, 'profiles')).toEqual([]);
    expect(sectionTexts(card, 'rest')).toEqual([
      '1 vulnerability newly known to be exploited, no actor recorded: CVE-2099-0002.',
    ]);
    expect(sectionTexts(asked, 'vulnerabilities')).toHaveLength(2);
    expect(sectionTexts(only(compose(news, { ...world, interests: telecom })), 'concerns')).toHaveLength(1);
  });

  it('counts the rest and names new sources', () => {
    const source = change({ kind: 'source-new', source: 'beta', recordId: '', title: 'Beta galaxy' });
    const card = only(compose([techniqueNew, source]));

    expect(sectionTexts(card, 'rest')).toEqual([
      'Also new or changed: 1 technique.',
      'New source: Beta galaxy (1 record).',
    ]);
  });

  it('says nothing twice, says what is new since, and says again what was taken back in between', () => {
    const uses = claim('alpha', 'uses', 'HeronDoor', { target: ids.door });
    const first = compose([uses]);
    const posted = new Map(first.items.map(({ key, hash }) => [key, hash]));
    const echo = compose([claim('beta', 'uses', 'HeronDoor', { target: ids.door })], { posted });
    const more = compose([{ ...uses, source: 'beta' }, claim('beta', 'alias', 'Grey Heron')], { posted });
    const withdrawn = compose([{ ...uses, kind: 'claim-withdrawn' }], { posted });
    const lost = new Map(withdrawn.items.map(({ key, hash }) => [key, hash]));

    expect(echo.isEmpty).toBe(true);
    expect(sectionTexts(only(more), 'profiles')).toEqual([
      'APT900, since last told: alias “Grey Heron” (TLP:CLEAR · Beta galaxy)',
    ]);
    expect(sectionTexts(only(withdrawn), 'profiles')[0]).toMatch(
      /^APT900, since last told: no longer: uses HeronDoor/,
    );
    expect(sectionTexts(only(compose([uses], { posted: lost })), 'profiles')[0]).toMatch(/uses HeronDoor/);
  });

  it('does not tell a report again that another source brings later, but for whom it names besides', () => {
    const title = 'A long look at herons and reeds';
    const one = stored('alpha', reportRecord(71, title));
    const two = stored(
      'beta',
      reportRecord(72, title, {
        claims: [ids.actor, ids.secondActor].map((id) => ({
          predicate: 'reported-in' as const,
          subject: { types: ['intrusion-set' as const], id, create: false },
        })),
      }),
    );
    const world = knowledgeWith([one, two]);
    const first = compose([change({ kind: 'report-new', source: 'alpha', recordId: 'report-71' })], world);
    const posted = new Map(first.items.map(({ key, hash }) => [key, hash]));
    const later = compose([change({ kind: 'report-new', source: 'beta', recordId: 'report-72' })], {
      ...world,
      posted,
    });

    expect(sectionTexts(only(later), 'reports')).toEqual([
      `${title}, since last told — also names APT901 (TLP:CLEAR · Beta galaxy)`,
    ]);
    expect(sectionTexts(only(first), 'reports')[0]).toContain('names APT900');
  });

  it('leaves out what came and went within the window', () => {
    const uses = claim('alpha', 'uses', 'HeronDoor', { target: ids.door });
    const gone = { ...uses, id: uses.id + 1_000, kind: 'claim-withdrawn' } as const;

    expect(compose([uses, gone]).isEmpty).toBe(true);
  });

  it('leaves out and counts what is muted: an item, an actor, a source', () => {
    const changes = [reportNew, claim('alpha', 'uses', 'HeronDoor'), secondNew];
    const [key = ''] = compose([secondNew]).items.map((item) => item.key);
    const mute = (kind: 'item' | 'actor' | 'source', target: string): readonly string[] => {
      const card = only(compose(changes, { mutes: [{ kind, target, label: target, until: null }] }));
      return [
        ...sectionTexts(card, 'reports'),
        ...sectionTexts(card, 'profiles'),
        ...sectionTexts(card, 'rest'),
      ].map((text) => text.split(/[ :]/)[0] ?? '');
    };

    expect(mute('item', key)).toEqual(['Herons', 'APT900', '1']);
    expect(mute('actor', ids.actor)).toEqual(['APT901', '2']);
    expect(mute('source', 'Gamma')).toEqual(['APT901', 'APT900', '1']);
  });

  it('tells a watcher what is watched and nothing else', () => {
    const changes = [reportNew, claim('alpha', 'uses', 'HeronDoor'), secondNew, techniqueNew];
    const watching = { ...telecom, watched: [ids.actor] };
    const card = only(compose(changes, { kind: 'watch', interests: watching }));
    const nothing = compose(changes, { kind: 'watch' });

    expect(card.title).toBe('What you watch has changed');
    expect(sectionTexts(card, 'concerns').map((text) => text.split(' (')[0])).toEqual([
      'Herons on the wire, of 2025-06-01 — names APT900',
      'APT900: uses HeronDoor',
    ]);
    expect(readCard(card)).toMatch(/watched APT900.*watched, sector/s);
    expect(sectionTexts(card, 'rest')).toEqual([]);
    expect(nothing.isEmpty).toBe(true);
  });

  it('counts what the ceiling forbids, whatever filters, watches and mutes look for', () => {
    const { knowledge, everything } = knowledgeWith([]);
    const changes = [reportNew, secretNew];
    const count = (more: Parameters<typeof compose>[1]) =>
      only(compose(changes, { knowledge, everything, ...more })).withheld.count;
    const mutes = [{ kind: 'actor', target: ids.actor, label: '', until: null }] as const;

    expect(only(compose(changes)).withheld).toEqual({ count: 1, highest: 'amber' });
    for (const filters of [
      'country:iran',
      'country:north-korea',
      'name:secret',
      'name:qqqq',
      '-actor:APT900',
    ])
      expect(count({ filters }), filters).toBe(1);
    expect(count({ mutes })).toBe(1);
    expect(count({ filters: 'kind:technique' })).toBe(0);
    // Whether a source that nobody here knows tells anything is nobody's business either.
    expect(count({ filters: 'source:nosuch' })).toBe(1);
    const watching = { ...telecom, watched: [ids.actor] };
    expect(count({ kind: 'watch', interests: watching })).toBe(0);
  });

  it('says up to which marking of several something is withheld', () => {
    const changes = [
      reportNew,
      secretNew,
      { ...secretNew, id: 99, recordId: 'other', marking: 'red' as const },
    ];
    const { withheld } = only(compose(changes));

    expect(withheld).toEqual({ count: 2, highest: 'red', isMixed: true });
    expect(withheldLine(withheld)).toBe('2 items withheld: up to TLP:RED');
  });

  it('keeps to a ceiling that its filters ask for, and refuses to be composed from more', () => {
    const changes = [reportNew, secondNew];
    const clear = compose(changes, { filters: 'tlp:clear', knowledge: sampleKnowledge('clear') });

    expect(sectionTexts(only(clear), 'reports')).toEqual([]);
    expect(only(clear).withheld).toEqual({ count: 1, highest: 'green' });
    expect(() => compose(changes, { filters: 'tlp:clear' })).toThrow(/more than its readers may know/);
  });

  it('is one line when nothing is new, and says what was missed in any case', () => {
    const empty = compose([], { filters: 'sector:telecom' });
    const missed = compose([], { missed: [now.getTime() - 2 * dayMs, now.getTime() - dayMs] });

    expect(empty.isEmpty).toBe(true);
    expect(empty.items).toEqual([]);
    expect(sectionTexts(only(empty), 'nothing')).toEqual([
      'Nothing new since 18 Jan 08:00 Europe/Berlin · sector:telecom.',
    ]);
    expect(missed.isEmpty).toBe(false);
    expect(sectionTexts(only(missed), 'nothing')[0]).toContain(
      '2 earlier digests were not delivered (18 Jan 08:00, 19 Jan 08:00); this one covers them.',
    );
  });

  it('makes a thread of a long digest: a short parent, a reply a section, each item once', () => {
    const reports = Array.from({ length: 14 }, (_, at) =>
      stored('alpha', reportRecord(100 + at, `Made up paper number ${at} on birds`)),
    );
    const news = reports.map(({ record }) =>
      change({ kind: 'report-new', source: 'alpha', recordId: record.externalId }),
    );
    const digest = compose([...news, secondNew, doorNew], {
      ...knowledgeWith(reports),
      shape: 'thread',
      subscription: 'abc',
    });
    const [parent, ...replies] = digest.messages;

    expect(digest.messages.map(({ role }) => role)).toEqual(['parent', 'reply', 'reply']);
    expect(parent && sectionTexts(parent.card, 'counts')).toEqual([
      expect.stringMatching(/^New and changed reports: 14 — .*, \+10 more$/),
      'Changed profiles: 2 — APT901, HeronDoor',
    ]);
    expect(replies.map(({ card }) => card.title)).toEqual([
      'New and changed reports: 14',
      'Changed profiles: 2',
    ]);
    expect(digest.items).toHaveLength(12);
    for (const { card } of digest.messages) expect(problemsOf(card)).toEqual([]);
    expect(compose([reportNew, secondNew], { shape: 'thread' }).messages.map(({ role }) => role)).toEqual([
      'single',
    ]);
  });

  it('keeps one message short, and counts what is left over', () => {
    const reports = Array.from({ length: 40 }, (_, at) =>
      stored('alpha', reportRecord(100 + at, `Made up paper number ${at} on birds`)),
    );
    const news = reports.map(({ record }) =>
      change({ kind: 'report-new', source: 'alpha', recordId: record.externalId }),
    );
    const card = only(compose([...news, secondNew], knowledgeWith(reports)));
    const list = card.sections.find(({ id }) => id === 'reports');

    expect(sectionTexts(card, 'reports')).toHaveLength(4);
    expect(list?.total).toBe(40);
    expect(card.actions[0]).toMatchObject({
      value: { verb: 'more', question: 'digest 2026-01-18T07:00:00.000Z..2026-01-20T07:00:00.000Z' },
    });
    expect(problemsOf(card)).toEqual([]);
  });

  it('gives a push text that says something, in CLEAR names only', () => {
    const fallback = (changes: readonly StoredChange[], more: Wanted = {}): string =>
      only(compose(changes, more)).fallbackText;
    const uses = claim('alpha', 'uses', 'HeronDoor');

    expect(fallback([uses, reportNew], { interests: telecom })).toBe('2 items concern us: APT900, …');
    expect(fallback([reportNew])).toBe('1 report.');
    expect(fallback([{ ...uses, marking: 'green' }], { interests: telecom })).toBe('1 item concerns us.');
    expect(fallback([], { filters: 'name:secret' })).toBe('Nothing new since 18 Jan 08:00 Europe/Berlin.');
    expect(fallback([], { kind: 'watch', missed: [1] })).toBe(
      'Nothing that you watch has changed since 18 Jan 08:00 Europe/Berlin. 1 earlier digest not delivered.',
    );
  });

  it.each([
    ['actor:"velvet heron"', 1],
    ['actor:G9001', 1],
    ['actor:"shared name"', 1],
    ['actor:APT901', 0],
    ['technique:T9022', 1],
    ['uses:NetPeek', 1],
    ['motivation:espionage', 1],
    ['motivation:financial', 0],
    ['region:europe', 1],
    ['region:asia', 0],
    ['target:germany', 1],
    ['country:"middle east"', 1],
    ['name:heron', 1],
    ['kind:report,vulnerability', 1],
    ['kind:actor', 0],
    ['-kind:report', 0],
    ['-tlp:green', 0],
    ['tlp:green', 1],
    ['-region:europe', 0],
  ])('takes %s for a filter on what a report names', (filters, count) => {
    const { messages } = compose([reportNew], { filters });

    expect(messages.flatMap(({ card }) => sectionTexts(card, 'reports'))).toHaveLength(count);
  });

  it('gives every key beforehand by which earlier posts are looked up', () => {
    const changes = [reportNew, secondNew, techniqueNew];
    const keys = digestItemKeys({
      changes,
      knowledge: sampleKnowledge('green'),
      ceiling: 'green',
      filters: [],
    });

    expect(keys).toEqual(expect.arrayContaining(compose(changes).items.map(({ key }) => key)));
    expect(keys).toHaveLength(3);
  });

  it('puts reports of today before old ones that are only new here, whose day it tells', () => {
    const dated = (number: number, day: string) =>
      reportRecord(number, `Report ${number}`, { modified: `${day}T00:00:00Z` });
    const records = [dated(81, '2019-05-03'), dated(82, '2026-01-18'), dated(83, '2025-12-20')];
    const world = knowledgeWith(records.map((record) => stored('alpha', record)));
    const news = records.map(({ externalId }) =>
      change({ kind: 'report-new', source: 'alpha', recordId: externalId }),
    );

    const card = only(compose(news, world));

    const titles = sectionTexts(card, 'reports').map((text) => text.split(' — ')[0]);
    expect(titles).toEqual(['Report 82', 'Report 83', 'Report 81, of 2019-05-03']);
  });

  it('puts an actor that nobody knew before first', () => {
    const more = claim('alpha', 'uses', 'HeronDoor', { target: ids.door });

    const card = only(compose([more, secondNew], {}));

    expect(sectionTexts(card, 'profiles').map((text) => text.split(':')[0])).toEqual(['APT901', 'APT900']);
  });
});
