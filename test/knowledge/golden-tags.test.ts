import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RecordClaim } from '../../src/domain/record.ts';
import { createKnowledgeBase } from '../../src/knowledge/knowledge-base.ts';
import { tagClaims } from '../../src/sources/tag-claims.ts';
import type { StoredRecord } from '../../src/store/types.ts';
import { bundledRecords } from '../data/bundled-records.ts';
import { corpusPath, describeWithCorpus, hasCorpus } from '../helpers/corpus.ts';
import { source, stored } from './records.ts';

/** What each tag leads to on the bundled data, in words: one event a tag. */
function meanings(tags: readonly string[]): ReadonlyMap<string, string> {
  const { records, sources } = bundledRecords();
  const claims = tags.map((tag) => tagClaims([tag], () => undefined)[0]);
  const events = claims.flatMap((claim, index): StoredRecord[] => {
    if (claim === undefined) return [];
    const entity = { type: 'report', name: `Event ${index}`, externalIds: [`EVENT-${index}`] } as const;
    return [stored('events', { externalId: `${index}`, title: entity.name, entity, claims: [claim] })];
  });
  const knowledge = createKnowledgeBase({
    records: [...records, ...events],
    sources: [...sources, source('events')],
    version: 1,
  }).at('clear');
  const labelOf = (id: string): string => {
    const entity = knowledge.entity(id);
    const [first] = entity?.externalIds ?? [];
    return `${entity?.type} ${entity?.name}${first === undefined || first.startsWith('misp:') ? '' : ` (${first})`}`;
  };
  const words = (claim: RecordClaim | undefined, index: number): string => {
    if (claim === undefined) return 'text';
    if (claim.predicate === 'targets-sector') return `sector ${claim.text}`;
    if (claim.predicate === 'targets-region') return `place ${claim.text}`;
    const report = knowledge.entity(`EVENT-${index}`);
    if (report === undefined) throw new Error('the event is missing');
    const [found] = knowledge.claimsAbout(report.id, 'reported-in');
    if (found !== undefined) return labelOf(found.subject);
    const [lost] = knowledge.unresolvedIn(report.id);
    return lost === undefined || lost.candidates.length === 0
      ? 'unresolved'
      : `ambiguous: ${lost.candidates.map(labelOf).toSorted().join(' or ')}`;
  };
  return new Map(tags.map((tag, index) => [tag, words(claims[index], index)]));
}

describe('tags of other days', () => {
  it('lead to what they mean now, to nothing, or to several that are named', () => {
    const expected: readonly (readonly [string, string])[] = [
      // ESET's and MISP's first name for APT28; a synonym now.
      ['misp-galaxy:threat-actor="Sofacy"', 'intrusion-set APT28 (G0007)'],
      ['misp-galaxy:threat-actor="TeleBots"', 'intrusion-set Sandworm Team (G0034)'],
      // The entry is called Turla today, and no source lists the old value.
      ['misp-galaxy:threat-actor="Turla Group"', 'intrusion-set Turla (G0010)'],
      ['misp-galaxy:threat-actor="STOLEN PENCIL"', 'intrusion-set Kimsuky (G0094)'],
      ['misp-galaxy:threat-actor="Lazarus"', 'intrusion-set Lazarus Group (G0032)'],
      // ATT&CK has a group of that name, the galaxy gives it to APT17.
      [
        'misp-galaxy:threat-actor="Axiom"',
        'ambiguous: intrusion-set APT17 (G0025) or intrusion-set Axiom (G0001)',
      ],
      [
        'misp-galaxy:threat-actor="Winnti"',
        'ambiguous: intrusion-set APT41 (G0096) or intrusion-set Winnti Group (G0044)',
      ],
      [
        'misp-galaxy:threat-actor="Andariel"',
        'ambiguous: intrusion-set Andariel (G0138) or intrusion-set Lazarus Group (G0032)',
      ],
      // With its id there is no doubt.
      ['misp-galaxy:mitre-intrusion-set="Axiom - G0001"', 'intrusion-set Axiom (G0001)'],
      // Revoked into the sub-technique in 2020.
      ['misp-galaxy:mitre-attack-pattern="T1193"', 'attack-pattern Spearphishing Attachment (T1566.001)'],
      [
        'misp-galaxy:mitre-enterprise-attack-attack-pattern="Spearphishing Attachment - T1193"',
        'attack-pattern Spearphishing Attachment (T1566.001)',
      ],
      // A comma is no separator.
      ['misp-galaxy:sector="Government, Administration"', 'sector Government, Administration'],
      ['misp-galaxy:threat-actor="Nobody Ever"', 'unresolved'],
      ['misp-galaxy:guidelines="Something else"', 'text'],
    ];

    expect([...meanings(expected.map(([tag]) => tag))]).toEqual(expected);
  });
});

/** Every `misp-galaxy:` tag that stands anywhere in a folder of JSON files, each once, in order. */
function tagsBelow(folder: string): readonly string[] {
  if (!hasCorpus) return [];
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.json(?:\.gz)?$/.test(entry.name)) continue;
    const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
    collectTags(JSON.parse((entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')), found);
  }
  return [...found].sort();
}

function collectTags(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'name' && typeof item === 'string' && item.startsWith('misp-galaxy:')) found.add(item);
    else collectTags(item, found);
  }
}

describeWithCorpus('every galaxy tag of the events in the corpus', () => {
  it('leads to what the table says, each line of which was checked by hand', () => {
    const path = fileURLToPath(new URL('./golden/tags.txt', import.meta.url));
    const found = meanings(tagsBelow(corpusPath('misp-events')));
    const lines = [...found].map(([tag, meaning]) => `${tag} => ${meaning}`);

    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${lines.join('\n')}\n`);

    expect(lines).toEqual(readFileSync(path, 'utf8').trimEnd().split('\n'));
  });
});
