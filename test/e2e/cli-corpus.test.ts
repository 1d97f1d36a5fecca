import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDesk } from '../../src/chat/desk.ts';
import type { EntityType } from '../../src/domain/entity-type.ts';
import { openStore } from '../../src/store/open-store.ts';
import { silentLog } from '../../src/support/log.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { sweep, tellCounts } from '../helpers/sweep-cards.ts';
import {
  type AskFact,
  type AskLine,
  askLines,
  createTestHome,
  type Finished,
  type TestHome,
} from '../helpers/threatbrief-process.ts';

interface Counts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  readonly rejected: number;
}

interface Summary {
  readonly totals: Counts;
  readonly sources: readonly (Counts & { readonly name: string })[];
  readonly files: readonly {
    readonly place: string;
    readonly status: string;
    readonly sources: readonly string[];
    readonly reason?: string;
  }[];
  readonly rejections: readonly { readonly place: string; readonly reason: string }[];
}

function summaryOf({ stdout }: Finished): Summary {
  return JSON.parse(stdout) as Summary;
}

describeWithCorpus('the two seed documents', () => {
  let home: TestHome;
  let answer: AskLine;
  let text: string;

  beforeAll(async () => {
    home = createTestHome();
    const ran = await home.run(['ingest', corpusPath('seeds')]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const [json, card] = await Promise.all([
      home.run(['ask', '--json', 'chafer']),
      home.run(['ask', 'chafer']),
    ]);
    const [only] = askLines(json.stdout);
    if (only === undefined) throw new Error('no answer');
    answer = only;
    text = card.stdout.replace(/\s+/g, ' ');
  });
  afterAll(() => home.remove());

  const factsOf = (predicate: string): readonly AskFact[] =>
    answer.facts.filter((fact) => fact.predicate === predicate);
  const seedSources = (facts: readonly AskFact[]): AskFact['sources'] =>
    facts.flatMap(({ sources }) => sources.filter(({ source }) => source === 'seeds'));

  it('are known of APT39 when Chafer is asked for', () => {
    expect(answer).toMatchObject({
      question: 'chafer',
      outcome: 'found',
      answers: [{ name: 'APT39', externalIds: expect.arrayContaining(['G0087']) }],
    });
    const publishers = new Set(seedSources(answer.facts).map(({ publisher }) => publisher));
    expect(publishers).toEqual(new Set(['FireEye', 'Mandiant']));
    expect(text).toContain('Mandiant — seeds');
    expect(text).toContain('FireEye — seeds');
  });

  it('have their links and the report’s date among the sources', () => {
    const sources = seedSources(answer.facts);

    const references = new Set(sources.map(({ reference }) => reference));
    expect(references).toContain('https://www.mandiant.com/resources/insights/apt-groups');
    expect([...references].some((one) => one?.startsWith('https://www.fireeye.com/blog/') === true)).toBe(
      true,
    );
    expect(new Set(sources.map(({ date }) => date?.slice(0, 10)))).toContain('2019-01-29');
  });

  it('state of FireEye that Chafer overlaps, and of no one there that it is the same', () => {
    const chafer = factsOf('alias').filter(({ object }) => object.name === 'Chafer');

    const ofSeeds = chafer.filter((fact) => seedSources([fact]).length > 0);
    expect(ofSeeds.map(({ object }) => object['relation'])).toEqual(['overlaps']);
    expect(seedSources(ofSeeds)).toMatchObject([
      { publisher: 'FireEye', quote: expect.stringContaining('largely align'), tlp: 'clear' },
    ]);
    expect(text).toMatch(/Chafer — same as: [^;]*; overlaps: FireEye/);
    expect(text).toContain('Sources disagree');
  });

  it('give both of Mandiant’s statements on exploiting vulnerabilities, side by side', () => {
    const exploits = factsOf('exploits');

    const statements = exploits.map((fact) => ({
      negated: fact.object['negated'] === true,
      quotes: seedSources([fact]).map(({ publisher, quote }) => [publisher, quote]),
    }));
    expect(statements).toContainEqual({
      negated: true,
      quotes: [['Mandiant', expect.stringContaining('not observed APT39 exploit vulnerabilities')]],
    });
    expect(statements).toContainEqual({
      negated: false,
      quotes: [['Mandiant', expect.stringContaining('exploited vulnerable web servers')]],
    });
    const disagreement = text.slice(text.indexOf('Sources disagree'), text.indexOf('Also called'));
    expect(disagreement).toContain('not observed APT39 exploit vulnerabilities');
    expect(disagreement).toContain('exploited vulnerable web servers');
  });

  it('keep the marking that they carry: tlp:white is CLEAR, none is GREEN', () => {
    const markings = seedSources(answer.facts).map(({ publisher, tlp }) => `${publisher} ${tlp}`);

    expect(new Set(markings)).toEqual(new Set(['FireEye clear', 'Mandiant green']));
    expect(text).toMatch(/FireEye — seeds \(markdown\): [^[]*TLP:CLEAR/);
    expect(text).toMatch(/Mandiant — seeds \(markdown\), TLP:GREEN/);
  });

  it('hold the unmarked profile back from an audience of CLEAR, and count it', async () => {
    const [json, card] = await Promise.all([
      home.run(['ask', '--json', '--tlp', 'clear', 'chafer']),
      home.run(['ask', '--tlp', 'clear', 'chafer']),
    ]);

    const [clear] = askLines(json.stdout);
    expect(clear).toMatchObject({ outcome: 'found', answers: [{ name: 'APT39' }] });
    expect(clear?.withheld.highest).toBe('green');
    expect(clear?.withheld.count).toBeGreaterThan(0);
    const publishers = seedSources(clear?.facts ?? []).map(({ publisher }) => publisher);
    expect(new Set(publishers)).toEqual(new Set(['FireEye']));
    expect(card.stdout).toMatch(/\d+ items? withheld: TLP:GREEN/);
    for (const { stdout } of [json, card]) {
      expect(stdout).not.toMatch(/exploited vulnerable web servers|not observed APT39 exploit/);
      expect(stdout).not.toContain('mandiant.com/resources/insights/apt-groups');
    }
  });

  it('are unchanged when they come again', async () => {
    const ran = await home.run(['ingest', corpusPath('seeds'), '--json']);

    expect(ran.exitCode).toBe(0);
    expect(summaryOf(ran).totals).toMatchObject({ new: 0, changed: 0, unchanged: 2, withdrawn: 0 });
  });
});

describeWithCorpus('the whole corpus in one import', () => {
  let home: TestHome;
  let first: Finished;

  beforeAll(async () => {
    home = createTestHome();
    first = await home.run(['ingest', corpusPath(), '--json']);
  });
  afterAll(() => home.remove());

  it('ends with 0 or 1, and gives a reason for all that was not taken', () => {
    expect([0, 1]).toContain(first.exitCode);
    expect(first.stderr).toBe('');
    const { files, totals, rejections, sources } = summaryOf(first);
    for (const { place, status, reason } of files) {
      expect([place, status === 'imported' || (reason?.length ?? 0) > 10]).toEqual([place, true]);
    }
    for (const { place, reason } of rejections) expect([place, reason.length > 10]).toEqual([place, true]);
    expect(first.exitCode).toBe(totals.rejected > 0 ? 1 : 0);
    expect(rejections).toHaveLength(totals.rejected);
    expect(sources.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'attack-enterprise',
        'attack-ics',
        'misp-galaxy',
        'misp-eset',
        'misp-circl',
        'seeds',
      ]),
    );
    expect(totals.new + totals.changed + totals.unchanged).toBeGreaterThan(30_000);
  });

  it('takes every document of the kinds that are read', () => {
    const { files } = summaryOf(first);
    const below = (folder: string): readonly string[] =>
      files
        .filter(({ place }) => place.startsWith(corpusPath(folder)))
        .filter(
          ({ place }) =>
            !/(?:LICENSE|README|SOURCES|schema|manifest\.json|index\.json|hashes\.csv|expected|\/galaxies\/)/.test(
              place,
            ),
        )
        .filter(({ status }) => status !== 'imported')
        .map(({ place, reason }) => `${place}: ${reason}`);

    for (const folder of [
      'seeds',
      'misp-galaxy',
      'mitre-attack',
      'misp-events',
      'misp-feed',
      'stix-examples',
      'markdown-docs',
    ]) {
      expect(below(folder)).toEqual([]);
    }
  });

  it('finds everything unchanged the second time', async () => {
    const second = await home.run(['ingest', corpusPath(), '--json']);

    expect(second.exitCode).toBe(first.exitCode);
    const { totals, sources } = summaryOf(second);
    expect(totals).toMatchObject({ new: 0, changed: 0, withdrawn: 0 });
    expect(totals.rejected).toBe(summaryOf(first).totals.rejected);
    expect(sources.filter(({ new: added, changed, withdrawn }) => added + changed + withdrawn > 0)).toEqual(
      [],
    );
  });

  it('still answers for APT39, with the sources beside one another', async () => {
    const { stdout } = await home.run(['ask', '--stdin', '--json'], {
      input: 'APT39\nchafer\nremix kiten\nG0087\n',
    });

    const answers = askLines(stdout);
    expect(answers.map(({ outcome, answers: [top] }) => [outcome, top?.name])).toEqual(
      Array.from({ length: 4 }, () => ['found', 'APT39']),
    );
    const named = new Set(answers[0]?.facts.flatMap(({ sources }) => sources.map(({ source }) => source)));
    for (const source of ['attack-enterprise', 'misp-galaxy', 'seeds']) expect(named).toContain(source);
  });

  it('makes cards of the publishers’ own words that are sound on every platform', {
    timeout: 120_000,
  }, async () => {
    const store = await openStore({ home: join(home.folder, 'home') });
    const desk = createDesk({ store, clock: { now: () => new Date() }, log: silentLog });
    const context = await desk.contextAt('red');
    const all = [...context.knowledge.entities.values()];
    const entities = all.filter(({ type }, index) => !isMany(type) || index % 5 === 0);

    expect(await sweep(entities, context)).toEqual([]);
    expect(all.length).toBeGreaterThan(8_000);
    tellCounts(entities);
    await store.close();
  });
});

/** Of what there are thousands, a fifth is enough. */
function isMany(type: EntityType): boolean {
  return type === 'malware' || type === 'attack-pattern' || type === 'tool';
}
