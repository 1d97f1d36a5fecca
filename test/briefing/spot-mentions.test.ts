import { describe, expect, it } from 'vitest';
import { createSpotter } from '../../src/briefing/spot/spot-mentions.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import { webFeedImporter } from '../../src/sources/web-feed/index.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { ids, sampleKnowledge } from '../helpers/knowledge.ts';
import { readCorpus } from '../sources/read-document.ts';

const bundled: Knowledge = bundledKnowledgeBase().at('green');
const spot = createSpotter(bundled);

function named(text: string): readonly string[] {
  return spot(text).map(({ name }) => name);
}

describe('what a text names', () => {
  it.each([
    ['We link the activity to Remix Kitten (APT39, ITG07).', ['APT39']],
    ['APT28, APT29 and FIN7', ['APT28', 'APT29', 'FIN7']],
    ['Volt Typhoon: 활동 정리. VANGUARD PANDA in a water utility.', ['Volt Typhoon']],
    ['Initial access was T1566.001. C2 was slow.', ['Spearphishing Attachment']],
    ['They exploit CVE-2017-11882 and cve‑2026‑0001.', ['CVE-2017-11882', 'CVE-2026-0001']],
    ['Remexi and njRAT are malware.', ['Remexi', 'njRAT']],
    ['The attackers, known as MuddyWater, sent phishing mails.', ['MuddyWater']],
    ['Agent Tesla and Cobalt Strike in a ransomware attack', ['Agent Tesla', 'Cobalt Strike']],
  ])('is found in %j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it.each([
    ['everyday words', 'Our lead engineer will play back the silence period of the group.'],
    ['everyday words with capitals', 'Play is the word. The malware will Lead to Silence.'],
    [
      'persons and companies',
      'Donald Trump and Netflix were hacked by ransomware, Microsoft and Cylance say.',
    ],
    [
      'names of software in a text about something else',
      'Use a Chopstick, said Lucifer to Euclid in August.',
    ],
    [
      'names in addresses',
      'https://blog.example/apt28-and-remexi?x=APT29 someone@apt28.example www.fin7.example',
    ],
    [
      'techniques of one word and common technical words',
      'PowerShell, Phishing, Kerberoasting, Software and 0-day malware',
    ],
    ['names with another number', 'APT280, FIN71, T15660 and CVE-2017-1 are malware'],
    ['nothing', ''],
  ])('is nothing for %s', (_name, text) => {
    expect(named(text)).toEqual([]);
  });

  it('leaves out a name that several carry, unless the word beside it says which is meant', () => {
    expect(named('Winnti malware news')).not.toContain('Winnti Group');
    expect(named('Winnti, APT41 or Axiom? On names')).toEqual(['APT41']);
    expect(named('The Snake malware of the Turla group').length).toBeGreaterThan(0);
  });

  it('names each thing once, in the order of the text', () => {
    expect(named('APT29 came; APT28 (Fancy Bear) too, then Cozy Bear. CVE-2017-11882')).toEqual([
      'APT29',
      'APT28',
      'CVE-2017-11882',
    ]);
  });

  it('keeps fifty of a long list, actors first', () => {
    const cves = Array.from({ length: 80 }, (_, at) => `CVE-2099-${1000 + at}`);

    const found = named(`${cves.join(', ')} and APT39`);

    expect(found).toHaveLength(50);
    expect(found.at(-1)).toBe('APT39');
  });

  it('makes an entity of a CVE id, not of a name that is described', () => {
    expect(spot('CVE-2026-0001 and APT39')).toMatchObject([
      { type: 'vulnerability', create: true },
      { type: 'intrusion-set', create: false },
    ]);
  });

  it('finds only what the audience may know, and takes no title of a report for a name', () => {
    const text = 'Herons on the wire: APT900 and HeronDoor malware, Quiet herons';

    expect(createSpotter(sampleKnowledge('red'))(text).map(({ id }) => id)).toEqual([ids.actor, ids.door]);
  });

  it('reads a hundred KB of any text in little time', () => {
    const started = performance.now();
    for (const filler of [
      'a',
      'APT28 ',
      '@',
      'a@',
      ', ',
      'CVE-',
      'https://',
      'malware ',
      'T1566.',
      '<',
      'É',
    ]) {
      spot(filler.repeat(Math.ceil(120_000 / filler.length)));
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describeWithCorpus('the feeds of the corpus', () => {
  const feed = (path: string) => readCorpus(webFeedImporter, `rss-atom/${path}`).records;

  it('name what they are about', () => {
    const records = [...feed('synthetic/threat-blog.rss'), ...feed('synthetic/threat-blog.atom')];

    expect(records.map(({ mentionsIn }) => named(mentionsIn ?? ''))).toEqual([
      ['APT39', 'Remexi', 'Spearphishing Attachment'],
      ['APT28'],
      ['CVE-2026-0001', 'CVE-2026-0002'],
      ['APT41'],
      [],
      ['Kimsuky', 'BabyShark'],
      ['Volt Typhoon'],
    ]);
  });

  it('name nothing where they are about food, flats, gulp, the news of the day or podcasts', () => {
    const names = [
      'atom-customfields.atom',
      'content-encoded.rss',
      'craigslist.rss',
      'encoding.rss',
      'feedburner.atom',
      'guardian.rss',
      'gulp-atom.atom',
      'heraldsun.rss',
      'instant-article.rss',
      'pagination-links.rss',
      'item-itunes-episodeType.rss',
      'reddit-atom.rss',
      'reddit.rss',
      'rss-1.rss',
    ];
    const found = names.flatMap((name) =>
      feed(`rss-parser-tests/${name}`).flatMap(({ mentionsIn }) => named(mentionsIn ?? '')),
    );

    expect(corpusPath('rss-atom')).not.toBe('');
    expect(found).toEqual([]);
  });
});
