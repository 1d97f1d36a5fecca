import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { nameKey, parseAttackId } from '../../src/domain/name-key.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import { companionReason } from '../../src/sources/companions.ts';
import { mispEventImporter } from '../../src/sources/misp-event/index.ts';
import { mispGalaxyImporter } from '../../src/sources/misp-galaxy/index.ts';
import { detectImporter } from '../../src/sources/registry.ts';
import { stixImporter } from '../../src/sources/stix/index.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { knowledgeOf, stored } from '../knowledge/records.ts';
import { claimsOf, readCorpus } from './read-document.ts';

// What publishers' own files are known to surprise an importer with, counted in the files themselves.

interface Cluster {
  readonly uuid: string;
  readonly value: string;
  readonly description?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly related?: readonly { readonly type: string }[];
}

function raw(path: string): string {
  const bytes = readFileSync(corpusPath(path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function eventFiles(): readonly string[] {
  return [
    'misp-events/eset',
    'misp-events/pymisp-tests',
    'misp-feed/chrome-mal-ids',
    'misp-feed/derived-eset-circl',
  ]
    .flatMap((folder) => readdirSync(corpusPath(folder)).map((name) => `${folder}/${name}`))
    .filter((path) => /\.json(?:\.gz)?$/.test(path) && !path.endsWith('manifest.json'));
}

describeWithCorpus('what surprises in the galaxy of actors', () => {
  const actors = readCorpusOnce(() =>
    readCorpus(mispGalaxyImporter, 'misp-galaxy/clusters/threat-actor.json'),
  );
  const clusters = readCorpusOnce(
    () =>
      (JSON.parse(raw('misp-galaxy/clusters/threat-actor.json')) as { values: readonly Cluster[] }).values,
  );
  const recordOf = ({ uuid }: Cluster): SourceRecord | undefined =>
    actors().records.find(({ externalId }) => externalId === uuid);
  const withMeta = (key: string, type: 'text' | 'list') =>
    clusters().filter(({ meta }) =>
      type === 'list' ? Array.isArray(meta?.[key]) : typeof meta?.[key] === 'string',
    );

  it('is a country that is a text, empty or missing, with a confidence that is a text', () => {
    const written = withMeta('country', 'text');
    const given = written.filter(({ meta }) => meta?.['country'] !== '');

    expect([clusters().length - written.length, written.length - given.length]).toEqual([564, 1]);
    for (const cluster of given) {
      const confidence = cluster.meta?.['attribution-confidence'];
      expect(claimsOf(recordOf(cluster), 'attributed-to')[0]).toMatchObject({
        country: expect.stringMatching(/^[A-Z]{2}$/),
        ...(typeof confidence === 'string' ? { confidence: Number(confidence) } : {}),
      });
    }
  });

  it.each([
    ['cfr-type-of-incident', 102, 6],
    ['suspected-victims', 2, 3],
  ])('is `%s` as a text and as a list', (key, texts, lists) => {
    const predicates = key === 'suspected-victims' ? ['targets-region', 'targets-sector'] : ['motivation'];
    const all = [...withMeta(key, 'text'), ...withMeta(key, 'list')];

    expect([withMeta(key, 'text').length, withMeta(key, 'list').length]).toEqual([texts, lists]);
    for (const cluster of all) {
      const found = recordOf(cluster)?.claims.filter(({ predicate }) => predicates.includes(predicate)) ?? [];
      const kept = recordOf(cluster)?.tags ?? [];
      expect(found.length + kept.length, cluster.value).toBeGreaterThan(0);
    }
  });

  it('is an actor without a description', () => {
    const without = clusters().filter(({ description }) => (description ?? '').trim() === '');

    expect(without.filter(({ description }) => description === undefined)).toHaveLength(53);
    for (const cluster of without) expect(claimsOf(recordOf(cluster), 'description')).toEqual([]);
  });

  it('is a key that says who coined an alias', () => {
    const coined = clusters().flatMap((cluster) =>
      Object.entries(cluster.meta ?? {})
        .filter(([key]) => key.startsWith('origin:'))
        .map(([key, by]) => ({ cluster, alias: key.slice('origin:'.length), by })),
    );

    expect(coined).toHaveLength(342);
    for (const { cluster, alias, by } of coined) {
      if (parseAttackId(alias) !== undefined) continue;
      const coiners = claimsOf(recordOf(cluster), 'alias')
        .filter(({ text }) => nameKey(text) === nameKey(alias))
        .map(({ coinedBy }) => coinedBy);
      expect(coiners, `${cluster.value}: ${alias}`).toContain(String(by));
    }
  });

  it('is a name that several actors carry, which each of them keeps', () => {
    const owners = new Map<string, Set<string>>();
    for (const record of actors().records) {
      for (const { text } of [...claimsOf(record, 'name'), ...claimsOf(record, 'alias')]) {
        owners.set(nameKey(text), (owners.get(nameKey(text)) ?? new Set()).add(record.externalId));
      }
    }

    expect([...owners.values()].filter((ids) => ids.size > 1).length).toBeGreaterThanOrEqual(29);
  });

  it('is an alias in other letters, with blanks or commas about it, or in Chinese', () => {
    const names = actors().records.map((record) => claimsOf(record, 'alias'));

    for (const aliases of names) {
      const keys = aliases.map(({ text, coinedBy }) => `${nameKey(text)}|${coinedBy ?? ''}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { text } of aliases) expect(text).toMatch(/^[^\s,].*[^\s,]$/u);
    }
    const texts = names.flat().map(({ text }) => text);
    expect(texts.filter((text) => /\p{Script=Han}/u.test(text))).not.toEqual([]);
    expect(texts).toContain('TG-2884');
  });

  it('is an ATT&CK id among the names, several on one actor, one on several', () => {
    const claimed = (name: string) =>
      actors().records.find(({ title }) => title === name)?.entity?.claimedIds ?? [];
    const carriers = actors().records.filter(({ entity }) => entity?.claimedIds?.includes('G0013'));

    expect([...claimed('FIN7')].sort()).toEqual(['G0008', 'G0046']);
    expect(carriers).toHaveLength(2);
    const names = actors().records.flatMap((record) => claimsOf(record, 'alias').map(({ text }) => text));
    expect(names.filter((text) => /^G\d{4}$/.test(text))).toEqual([]);
  });

  it('is a relation of any type, to any place: each is kept', () => {
    const relations = clusters().flatMap(({ related }) => related ?? []);
    const kept = actors().records.flatMap(({ claims }) =>
      claims.filter(
        (claim) =>
          claim.predicate === 'related-to' ||
          (claim.predicate === 'uses' && (claim.target.uuid !== undefined || claim.subject !== undefined)),
      ),
    );

    expect(relations).toHaveLength(432);
    expect(actors().notices).toEqual([]);
    expect(kept.length).toBeGreaterThan(350);
  });
});

describeWithCorpus('what surprises in MISP events', () => {
  it('is each wrapper, number and empty part: every event is read', () => {
    const results = eventFiles().map((path) => readCorpus(mispEventImporter, path));

    expect(results.length).toBeGreaterThan(140);
    expect(results.flatMap(({ rejections }) => rejections)).toEqual([]);
    expect(results.every(({ records }) => records.length > 0)).toBe(true);
  });

  it('is that public events are not published and carry no marking', () => {
    const files = eventFiles().filter((path) => path.startsWith('misp-events/eset/'));
    const unpublished = files.filter((path) => /"published": ?false/.test(raw(path)));
    const unmarked = files.filter((path) => !/"name": ?"tlp:/i.test(raw(path)));

    expect([files.length, unpublished.length]).toEqual([29, 27]);
    expect(unmarked.length).toBeGreaterThan(14);
    for (const path of unmarked) {
      const { records, sources } = readCorpus(mispEventImporter, path);
      expect([records.length, records[0]?.marking, sources[0]?.defaultMarking]).toEqual([
        1,
        undefined,
        'green',
      ]);
    }
  });

  it('is the address of a person and the bytes of a file: neither comes through', () => {
    for (const path of eventFiles()) {
      const text = raw(path);
      const result = JSON.stringify(readCorpus(mispEventImporter, path));
      for (const [, email = ''] of text.matchAll(/"event_creator_email": ?"([^"]+)"/g)) {
        expect(result, path).not.toContain(email);
      }
      for (const [, data = ''] of text.matchAll(/"data": ?"([^"]{24})/g)) expect(result).not.toContain(data);
    }
  });

  it('is an event whose indicators stand in objects only', () => {
    const inObjects = eventFiles().flatMap((path) => {
      const event = (JSON.parse(raw(path)) as { Event?: { Attribute?: unknown[]; Object?: unknown[] } })
        .Event;
      return event?.Attribute?.length === 0 && (event.Object?.length ?? 0) > 0 ? [path] : [];
    });

    expect(inObjects).not.toEqual([]);
    for (const path of inObjects) {
      expect(readCorpus(mispEventImporter, path).records[0]?.indicators?.length ?? 0, path).toBeGreaterThan(
        0,
      );
    }
  });

  it("is a feed's hashes and manifest, which are no events", () => {
    for (const feed of ['chrome-mal-ids', 'derived-eset-circl']) {
      for (const name of ['hashes.csv', 'manifest.json']) {
        const head = raw(`misp-feed/${feed}/${name}`).slice(0, 65_536);
        const kind = detectImporter(head, name)?.kind;
        expect(companionReason(head)).toContain('feed');
        // MISP's own form can be looked up in when somebody asks for it.
        expect(kind).toBe(feed === 'derived-eset-circl' && name === 'hashes.csv' ? 'misp-hashes' : undefined);
      }
    }
  });
});

describeWithCorpus('what surprises in ATT&CK', () => {
  const ics = (release: string) =>
    readCorpus(stixImporter, `mitre-attack/ics-attack-${release}.stix21.json.gz`);
  const enterprise = readCorpusOnce(() =>
    readCorpus(stixImporter, 'mitre-attack/enterprise-attack-18.1.stix20.assembled.json.gz'),
  );

  it('is a group without aliases, description and creator, which was revoked', () => {
    const groups = enterprise().records.filter(({ entity }) => entity?.type === 'intrusion-set');
    const bare = groups.filter((group) => claimsOf(group, 'description').length === 0);

    expect(bare).toHaveLength(2);
    expect(bare.every(({ revoked, revokedBy }) => revoked === true && revokedBy !== undefined)).toBe(true);
  });

  it('is an alias that is the name itself, and one whose origin stands in the references', () => {
    const groups = enterprise().records.filter(({ entity }) => entity?.type === 'intrusion-set');
    const aliases = groups.flatMap((group) =>
      claimsOf(group, 'alias').map((claim) => ({ claim, name: group.title })),
    );

    expect(aliases.filter(({ claim, name }) => claim.text === name)).toEqual([]);
    expect(aliases.filter(({ claim }) => claim.citation !== undefined).length).toBeGreaterThan(200);
  });

  it('is that only campaigns have dates, and groups a country in prose alone', () => {
    const campaigns = enterprise().records.filter(({ entity }) => entity?.type === 'campaign');
    const groups = enterprise().records.filter(({ entity }) => entity?.type === 'intrusion-set');

    expect(campaigns.length).toBeGreaterThan(40);
    for (const campaign of campaigns) {
      expect(claimsOf(campaign, 'active-since')).toHaveLength(1);
      expect(claimsOf(campaign, 'last-seen')).toHaveLength(1);
    }
    expect(groups.flatMap((group) => claimsOf(group, 'active-since'))).toEqual([]);
    for (const claim of groups.flatMap((group) => claimsOf(group, 'attributed-to'))) {
      expect(claim.quote).toContain(claim.text);
    }
  });

  it('is a detection that comes from elsewhere in each release, and data sources that are all deprecated', () => {
    expect(enterprise().notices[0]?.text).toMatch(
      /691 relationship "detects" \(x-mitre-detection-strategy to/,
    );
    expect(enterprise().notices[0]?.text).toContain('38 x-mitre-data-source');
    expect(ics('17.1').notices[0]?.text).toMatch(/relationship "detects" \(x-mitre-data-component to/);
  });

  it('is what a release no longer has without saying so: each release is known for a whole one', () => {
    for (const release of ['17.1', '18.1']) {
      const bytes = gunzipSync(readFileSync(corpusPath(`mitre-attack/ics-attack-${release}.stix21.json.gz`)));
      const [first] = stixImporter.read({ place: 'x', bytes }, {});

      expect(first).toMatchObject({ kind: 'source', complete: true, source: { version: release } });
    }
  });
});

describeWithCorpus("what surprises in Unit 42's playbooks", () => {
  it("is ATT&CK's ids under other names, and reports in reports", () => {
    const { records } = readCorpus(stixImporter, 'stix-examples/unit42-playbooks/radioserpens.json');
    const techniques = records.filter(({ entity }) => entity?.type === 'attack-pattern');

    expect(techniques.every(({ title }) => !/^T\d{4}/.test(title))).toBe(true);
    expect(techniques.map(({ entity }) => entity?.externalIds[0])).toContain('T1057');
    expect(records.flatMap((record) => claimsOf(record, 'related-to')).length).toBeGreaterThan(0);
    const actor = records.find(({ entity }) => entity?.type === 'intrusion-set');
    expect(claimsOf(actor, 'alias')).toEqual([]);
  });
});

const tagged = [
  ['misp-events/pymisp-tests/existing_event.json', 'Sofacy', 'APT28'],
  ['misp-events/eset/turla__misp-turla-comrat-v4-event.json', 'Turla Group', 'Turla'],
  ['misp-events/pymisp-tests/image_event.json.gz', 'STOLEN PENCIL', 'Kimsuky'],
  [
    'misp-events/eset/oceanlotus__oceanlotus-rtf_ocx_campaigns.misp.event.json',
    'T1193',
    'Spearphishing Attachment',
  ],
] as const;

describeWithCorpus('what a tag of its day means', () => {
  const attack = 'mitre-attack/enterprise-attack-18.1.stix20.assembled.json.gz';
  const knowledge = readCorpusOnce(() =>
    knowledgeOf([
      ...readCorpus(mispGalaxyImporter, 'misp-galaxy/clusters/threat-actor.json').records.map((record) =>
        stored('misp-galaxy', record),
      ),
      ...readCorpus(stixImporter, attack)
        .records.filter(({ entity }) => entity !== undefined)
        .map((record) => stored('attack-enterprise', record)),
      ...tagged.flatMap(([path]) =>
        readCorpus(mispEventImporter, path).records.map((record) => stored('misp-x', record)),
      ),
    ]).at('green'),
  );

  it.each(tagged)('in %s, %s is %s', (path, tag, expected) => {
    const [event] = readCorpus(mispEventImporter, path).records;
    const report = knowledge().entity(event?.entity?.id ?? '');
    const named = report === undefined ? [] : knowledge().claimsAbout(report.id, 'reported-in');

    expect(event?.tags?.some((text) => text.includes(tag))).toBe(true);
    expect(named.map(({ subject }) => knowledge().entity(subject)?.name)).toContain(expected);
  });
});

/** Reads when first asked, so that a skipped suite reads nothing. */
function readCorpusOnce<T>(read: () => T): () => T {
  let value: { readonly read: T } | undefined;
  return () => {
    value ??= { read: read() };
    return value.read;
  };
}
