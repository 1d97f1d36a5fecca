import { describe, expect, it } from 'vitest';
import type { EntityType } from '../../src/domain/entity-type.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { SourceInfo } from '../../src/domain/source.ts';
import { stixIdFromUuid } from '../../src/domain/stix-id.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { withMentions } from '../../src/ingest/mentions.ts';
import type { IngestSummary, Mention, SpotMentions } from '../../src/ingest/types.ts';
import { bundle, createWorld, malware, uuid, type World } from './world.ts';

const source: SourceInfo = {
  name: 'example',
  kind: 'web-feed',
  title: 'Example',
  licence: 'Made up',
  defaultMarking: 'green',
  reliability: 'F',
};

function mention(number: number, name: string, type: EntityType = 'intrusion-set'): Mention {
  const id = stixIdFromUuid(type, uuid(number));
  if (id === undefined) throw new Error('no id');
  return { type, id, name };
}

const post: SourceRecord = {
  externalId: 'post',
  title: 'A post',
  entity: { type: 'report', name: 'A post', externalIds: [] },
  claims: [],
  mentionsIn: 'Some words.',
};

describe('names found in the words of a record', () => {
  it('become claims that are marked as mentioned, and the words are gone', async () => {
    const asked: unknown[] = [];
    const spot: SpotMentions = async (...question) => {
      asked.push(question);
      return [mention(1, 'Made Up')];
    };

    const record = await withMentions({ ...post, marking: { tlp: 'amber' } }, source, spot);

    expect(asked).toEqual([['Some words.', 'amber']]);
    expect(record).not.toHaveProperty('mentionsIn');
    expect(record.claims).toEqual([
      {
        predicate: 'reported-in',
        mentioned: true,
        subject: {
          types: ['intrusion-set'],
          id: `intrusion-set--${uuid(1)}`,
          name: 'Made Up',
          create: false,
        },
      },
    ]);
  });

  it("are looked for at the source's marking where the record has none, and nowhere without a finder", async () => {
    const ceilings: string[] = [];
    await withMentions(post, source, async (_, ceiling) => {
      ceilings.push(ceiling);
      return [];
    });

    expect(ceilings).toEqual(['green']);
    expect(await withMentions(post, source, undefined)).toEqual({ ...post, mentionsIn: undefined });
  });

  it('are left out where the record names them already, by id, UUID or name', async () => {
    const refs = [
      { types: ['intrusion-set'], id: mention(1, '').id, create: false },
      { types: ['intrusion-set', 'malware'], uuid: uuid(2), create: false },
      { types: ['malware'], name: 'made up three', create: true },
    ] as const;
    const record = {
      ...post,
      claims: refs.map((subject) => ({ predicate: 'reported-in', subject }) as const),
    };
    const found = [
      mention(1, 'One'),
      mention(2, 'Two'),
      mention(3, 'Made Up Three', 'malware'),
      mention(4, 'Four'),
    ];

    const { claims } = await withMentions(record, source, async () => found);

    expect(claims.slice(3)).toMatchObject([{ mentioned: true, subject: { name: 'Four' } }]);
  });
});

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>
<item><guid>1</guid><title>Made Up 1 is back</title><link>https://example.org/1</link></item></channel></rss>`;

/** Finds what the store has by that name, as a command does that looks once. */
function ingestWithNames(world: World, paths: readonly string[]): Promise<IngestSummary> {
  let known: Promise<readonly Mention[]> | undefined;
  const load = async (): Promise<readonly Mention[]> => {
    const records = await world.records();
    return records.some(({ record }) => record.title === 'Made Up 1')
      ? [mention(1, 'Made Up 1', 'malware')]
      : [];
  };
  const spot: SpotMentions = async (text) => {
    known ??= load();
    return (await known).filter(({ name }) => text.includes(name));
  };
  return ingestPaths(paths, {}, { store: world.store, clock: { now: () => new Date() }, spot });
}

async function mentionsIn(world: World): Promise<number> {
  const claims = (await world.records()).flatMap(({ record }) => record.claims);
  return claims.filter((claim) => claim.predicate === 'reported-in' && claim.mentioned === true).length;
}

describe('the order of documents', () => {
  it('does not matter: words are searched when all names are in', async () => {
    const world = await createWorld();
    world.write('a-feed.xml', feed);
    world.write('b-names.json', bundle(malware(1)));

    const summary = await ingestWithNames(world, [world.folder]);

    expect(summary.files.map(({ place }) => place.slice(world.folder.length + 1))).toEqual([
      'a-feed.xml',
      'b-names.json',
    ]);
    expect(await mentionsIn(world)).toBe(1);
  });

  it('lets words be searched again when names came since, and not otherwise', async () => {
    const world = await createWorld();
    const path = world.write('a-feed.xml', feed);
    await ingestWithNames(world, [path]);
    const before = await mentionsIn(world);
    await ingestWithNames(world, [world.write('b-names.json', bundle(malware(1)))]);

    const { totals } = await ingestWithNames(world, [path]);
    const again = await ingestWithNames(world, [path]);

    expect([before, await mentionsIn(world)]).toEqual([0, 1]);
    expect(totals).toMatchObject({ changed: 1 });
    expect(again.totals).toMatchObject({ changed: 0, unchanged: 1 });
  });
});
