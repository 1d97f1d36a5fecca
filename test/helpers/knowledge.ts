import type { DeskParts } from '../../src/chat/desk.ts';
import { type EntityType, isEntityType } from '../../src/domain/entity-type.ts';
import type { EntityRef, RecordClaim, RecordIndicator, SourceRecord } from '../../src/domain/record.ts';
import { type StixId, stixIdFromUuid } from '../../src/domain/stix-id.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import type { StoredChange, StoredIndicator, StoredRecord, StoredSource } from '../../src/store/types.ts';

/** `TYPE--00000000-0000-4000-8000-…` with the number at its end: plainly no one's real id. */
export function fakeId(type: EntityType, number: number): StixId {
  const id = stixIdFromUuid(type, `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  if (id === undefined) throw new Error(`no id for ${number}`);
  return id;
}

const importedAt = Date.UTC(2026, 0, 15, 6);

export function fakeSource(name: string, title: string, defaultMarking: Tlp = 'clear'): StoredSource {
  return {
    name,
    kind: 'test',
    title,
    licence: `Licence of ${title}`,
    defaultMarking,
    reliability: 'B',
    version: '1.0',
    recordCount: 0,
    importedAt,
  };
}

export function stored(source: string, record: SourceRecord): StoredRecord {
  return { source, record, contentHash: '', validFrom: importedAt, present: true, bundled: false };
}

const actor = fakeId('intrusion-set', 1);
const secondActor = fakeId('intrusion-set', 2);
const door = fakeId('malware', 11);
const peek = fakeId('tool', 12);
const attachment = fakeId('attack-pattern', 21);
const scripting = fakeId('attack-pattern', 22);
const campaign = fakeId('campaign', 31);
const report = fakeId('report', 41);
const secretReport = fakeId('report', 42);

export const ids = { actor, secondActor, door, peek, attachment, scripting, campaign, report, secretReport };

function about(id: StixId): EntityRef {
  const type = id.slice(0, id.indexOf('--'));
  return { types: isEntityType(type) ? [type] : [], id, create: false };
}

function entityRecord(
  id: StixId,
  type: EntityType,
  name: string,
  externalIds: readonly string[],
  claims: readonly RecordClaim[],
  more: Partial<SourceRecord> = {},
): SourceRecord {
  return {
    externalId: id,
    title: name,
    entity: { type, id, name, externalIds },
    url: `https://alpha.example/${externalIds[0] ?? id}`,
    modified: '2025-04-16T00:00:00.000Z',
    claims,
    ...more,
  };
}

function uses(number: number, from: StixId, to: StixId, reference?: string): SourceRecord {
  return {
    externalId: `relationship--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    title: 'uses',
    modified: '2025-03-01T00:00:00.000Z',
    claims: [
      {
        predicate: 'uses',
        subject: about(from),
        target: about(to),
        ...(reference === undefined ? {} : { reference }),
      },
    ],
  };
}

const alphaRecords: readonly SourceRecord[] = [
  entityRecord(
    actor,
    'intrusion-set',
    'APT900',
    ['G9001'],
    [
      { predicate: 'alias', text: 'Velvet Heron', relation: 'same-as', coinedBy: 'Delta Press' },
      { predicate: 'alias', text: 'Shared Name', relation: 'same-as' },
      { predicate: 'reference', url: 'https://alpha.example/paper', title: 'A paper on herons' },
    ],
  ),
  entityRecord(
    secondActor,
    'intrusion-set',
    'APT901',
    ['G9002'],
    [
      { predicate: 'alias', text: 'Shared Name', relation: 'same-as' },
      { predicate: 'attributed-to', country: 'KP', text: 'North Korea' },
    ],
  ),
  entityRecord(door, 'malware', 'HeronDoor', ['S9011'], [{ predicate: 'platform', text: 'Windows' }]),
  entityRecord(peek, 'tool', 'NetPeek', ['S9012'], []),
  entityRecord(
    attachment,
    'attack-pattern',
    'Letter with a Trap',
    ['T9021.001'],
    [{ predicate: 'tactic', text: 'initial-access' }],
  ),
  entityRecord(
    scripting,
    'attack-pattern',
    'Script Runner',
    ['T9022'],
    [{ predicate: 'tactic', text: 'execution' }],
  ),
  entityRecord(
    campaign,
    'campaign',
    'Operation Reed',
    ['C9031'],
    [
      { predicate: 'active-since', text: '2024-02' },
      { predicate: 'last-seen', text: '2024-11' },
      { predicate: 'attributed-to', text: 'APT900', target: about(actor) },
    ],
  ),
  uses(101, actor, door, 'https://delta.example/herondoor'),
  uses(102, actor, peek),
  uses(103, secondActor, peek),
  uses(104, actor, attachment),
  uses(105, actor, scripting),
  uses(106, secondActor, scripting),
  uses(107, campaign, door),
];

const betaRecords: readonly SourceRecord[] = [
  {
    externalId: '00000000-0000-4000-8000-000000000201',
    title: 'APT900',
    entity: {
      type: 'intrusion-set',
      name: 'APT 900',
      externalIds: ['misp:00000000-0000-4000-8000-000000000201'],
    },
    claims: [
      { predicate: 'alias', text: 'Velvet Heron', relation: 'same-as' },
      { predicate: 'attributed-to', country: 'IR', text: 'Iran (Islamic Republic of)', confidence: 50 },
      { predicate: 'attributed-to', sponsor: 'Ministry of Reeds', text: 'Ministry of Reeds' },
      { predicate: 'targets-sector', text: 'Telecommunications' },
      { predicate: 'targets-region', text: 'Germany', country: 'DE' },
      { predicate: 'active-since', text: '2014' },
      { predicate: 'motivation', text: 'Espionage' },
    ],
  },
];

const gammaRecords: readonly SourceRecord[] = [
  {
    externalId: 'profile-1',
    title: 'APT900',
    publisher: 'Delta Press',
    url: 'https://delta.example/apt900',
    entity: { type: 'intrusion-set', name: 'APT900', externalIds: [] },
    claims: [
      { predicate: 'alias', text: 'Velvet Heron', relation: 'overlaps', quote: 'largely like Velvet Heron' },
      { predicate: 'targets-sector', text: 'telecom' },
      { predicate: 'exploits', text: 'exploited web servers', quote: 'they broke into web servers' },
      { predicate: 'exploits', text: 'exploits', negated: true, quote: 'we saw no exploits' },
      { predicate: 'description', section: 'overview', text: 'A description in the words of Delta Press.' },
    ],
  },
  {
    externalId: 'event-1',
    title: 'Herons on the wire',
    entity: { type: 'report', id: report, name: 'Herons on the wire', externalIds: [] },
    created: '2025-06-01',
    url: 'https://gamma.example/event-1',
    claims: [{ predicate: 'reported-in', subject: about(actor) }],
  },
];

const deltaRecords: readonly SourceRecord[] = [
  {
    externalId: 'secret-1',
    title: 'Quiet herons',
    entity: { type: 'report', id: secretReport, name: 'Quiet herons', externalIds: [] },
    created: '2025-07-01',
    claims: [
      { predicate: 'reported-in', subject: about(actor) },
      { predicate: 'attributed-to', subject: about(actor), country: 'RU', text: 'Russia' },
    ],
  },
];

export const sampleSources: readonly StoredSource[] = [
  fakeSource('alpha', 'Alpha Framework'),
  fakeSource('beta', 'Beta galaxy'),
  fakeSource('gamma', 'Gamma notes', 'green'),
  fakeSource('delta', 'Delta exchange', 'amber'),
];

export const sampleRecords: readonly StoredRecord[] = [
  ...alphaRecords.map((record) => stored('alpha', record)),
  ...betaRecords.map((record) => stored('beta', record)),
  ...gammaRecords.map((record) => stored('gamma', record)),
  ...deltaRecords.map((record) => stored('delta', record)),
];

export const sampleIndicators: readonly StoredIndicator[] = [
  indicatorOf('gamma', 'event-1', 'domain', 'heron.example'),
  indicatorOf('gamma', 'event-1', 'ip-dst', '192.0.2.7', 'amber'),
  indicatorOf('delta', 'secret-1', 'domain', 'heron.example'),
  indicatorOf('delta', 'secret-1', 'domain', 'quiet.example'),
];

function indicatorOf(
  source: string,
  recordId: string,
  type: string,
  value: string,
  tlp?: Tlp,
): StoredIndicator {
  const indicator: RecordIndicator = {
    type,
    value,
    category: 'Network activity',
    lookupValues: [value],
    ...(tlp === undefined ? {} : { marking: { tlp } }),
  };
  return { source, recordId, indicator };
}

export interface SampleWorld {
  readonly records?: readonly StoredRecord[];
  readonly sources?: readonly StoredSource[];
  readonly changes?: readonly StoredChange[];
  readonly indicators?: readonly StoredIndicator[];
}

/** The sample as one audience may know it. */
export function sampleKnowledge(ceiling: Tlp, world: SampleWorld = {}): Knowledge {
  const { records = sampleRecords, sources = sampleSources } = world;
  return createKnowledgeBase({ records, sources, version: 1 }).at(ceiling);
}

export interface MemoryStore {
  readonly store: DeskParts['store'];
  /** Replaces everything and raises the version. */
  replace(world: SampleWorld): void;
  /** Makes every call reject until it is taken back by `undefined`. */
  fail(error: Error | undefined): void;
  /** How often the records were read as a whole. */
  loads(): number;
}

/** The store's reading side over plain lists. */
export function createMemoryStore(start: SampleWorld = {}): MemoryStore {
  let world = start;
  let version = 1;
  let failure: Error | undefined;
  let loads = 0;
  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  const indicatorsIn = (): readonly StoredIndicator[] => world.indicators ?? sampleIndicators;
  return {
    replace(next) {
      world = next;
      version += 1;
    },
    fail(error) {
      failure = error;
    },
    loads: () => loads,
    store: {
      async *records() {
        check();
        loads += 1;
        yield* world.records ?? sampleRecords;
      },
      async sources() {
        check();
        return world.sources ?? sampleSources;
      },
      async changes(from, to) {
        check();
        return (world.changes ?? []).filter(({ at }) => from <= at && at < to);
      },
      async firstImports() {
        check();
        return new Map((world.sources ?? sampleSources).map((source) => [source.name, source.importedAt]));
      },
      async knowledgeVersion() {
        check();
        return version;
      },
      async indicators(values, limit) {
        check();
        return indicatorsIn()
          .filter(({ indicator }) => indicator.lookupValues.some((value) => values.includes(value)))
          .slice(0, limit);
      },
      async indicatorsOf(source, recordId, limit) {
        check();
        const all = indicatorsIn().filter((one) => one.source === source && one.recordId === recordId);
        return { total: all.length, indicators: all.slice(0, limit).map(({ indicator }) => indicator) };
      },
    },
  };
}
